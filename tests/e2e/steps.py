"""What a person does in the browser, and what one looks at afterwards."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

from samverka.kernel.mail import outbox
from samverka.kernel.models import SinkMail

#: Where pictures of the pages are kept, for whoever wants to look at them; drawing them all takes minutes.
SCREENS = Path(settings.BASE_DIR) / "var" / "screens" if os.environ.get("SAMVERKA_SCREENS") else None
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE_OPTIONS = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
#: Chromium takes no picture of a page much taller than this (pixels).
TALLEST = 12_000
CODE = re.compile(r"\b\d{4} \d{4}\b")


@dataclass
class Site:
    """The running site: its address, its mails, and what browsers complained of."""

    address: str
    complaints: list[str] = field(default_factory=list)

    def listen_to(self, page: Page) -> None:
        """Note errors of the page's console (refused by the content security policy among them) and of its scripts."""

        def heard(message: ConsoleMessage) -> None:
            # A status of 400 or more is an answer of ours that the test itself looks at.
            if message.type == "error" and "the server responded with a status of" not in message.text:
                self.complaints.append(f"{page.url}: {message.text}")

        page.on("console", heard)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))

    def deliver_mail(self) -> None:
        """Send what waits in the outbox, in place of the worker."""
        for message_id in outbox.waiting_ids():
            assert outbox.deliver(message_id)

    def mails(self, address: str = "") -> list[SinkMail]:
        """Return the mails that have been sent, newest first; to one address if given."""
        self.deliver_mail()
        return [mail for mail in SinkMail.objects.order_by("-id") if address in mail.to_addresses]


def sign_in(page: Page, site: Site, address: str, name: str = "", *, start: str = "/konto/logga-in/") -> None:
    """Sign in by the code that is mailed to `address`; a new person says their `name` on the way."""
    if start:
        page.goto(start)
    page.get_by_label("E-postadress").first.fill(address)
    page.get_by_role("button", name="Skicka en kod").click()
    page.wait_for_url("**/konto/logga-in/kod/**")
    found = CODE.search(site.mails(address)[0].text)
    assert found, "the mail holds no code"
    page.get_by_label("Kod").first.fill(found.group())
    page.get_by_role("button", name="Logga in", exact=True).last.click()
    page.wait_for_url(re.compile(r"^(?!.*/konto/logga-in/)"))
    if name and "/konto/valkommen/" in page.url:
        page.get_by_label("Namn").first.fill(name)
        page.get_by_role("button", name="Fortsätt").click()
        page.wait_for_url(re.compile(r"^(?!.*/konto/valkommen/)"))


def enter_as(context: BrowserContext, site: Site, cookie: str) -> None:
    """Give the browser a session made beforehand, where signing in is not what is tested."""
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site.address}])


def link_in(mail: SinkMail, containing: str) -> str:
    """Return the path of the link in a mail's text that holds `containing`."""
    found = next(url for url in re.findall(r"https?://\S+", mail.text) if containing in url)
    return found.removeprefix(settings.BASE_URL)


def shot(page: Page, name: str) -> None:
    """Wait until the page is there, and keep a picture of it: all of it, or its beginning where it is very long."""
    # A click may have begun to open the next page: there is nothing to measure before it has a heading.
    page.wait_for_load_state()
    page.locator("h1").first.wait_for()
    keep_picture(page, name, whole=page.evaluate("document.documentElement.scrollHeight") < TALLEST)


def keep_picture(page: Page, name: str, *, whole: bool = True) -> None:
    """Keep a picture of the page as it stands under var/screens/, where SAMVERKA_SCREENS is set."""
    if SCREENS is None:
        return
    SCREENS.mkdir(parents=True, exist_ok=True)
    width = page.viewport_size["width"] if page.viewport_size else 0
    page.screenshot(path=SCREENS / f"{name}-{width}.png", full_page=whole)


def axe_faults(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2.2 AA on the page, one line a fault."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    violations = page.evaluate("async options => (await axe.run(options)).violations", AXE_OPTIONS)
    return [
        f"{violation['id']}: {violation['help']} – {node['target']} {node['html'][:160]}"
        for violation in violations
        for node in violation["nodes"]
    ]


def frame_faults(page: Page, language: str, site_name: str) -> list[str]:
    """Return what is wrong with the page's frame: headings, language, title, width."""
    facts = page.evaluate(
        """() => ({
            headings: document.querySelectorAll('h1').length,
            language: document.documentElement.lang,
            title: document.title,
            wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
            outside: [...document.querySelectorAll('body *')]
                .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
                .slice(0, 3).map(e => e.outerHTML.slice(0, 120)),
        })"""
    )
    faults = []
    if facts["headings"] != 1:
        faults.append(f"{facts['headings']} headings h1")
    if facts["language"] != language:
        faults.append(f"lang={facts['language']}")
    # "Page – Site"; the front page: "Site – what it is".
    if site_name not in (parts := facts["title"].split(" – ")) or not all(parts) or len(parts) < 2:
        faults.append(f"title: {facts['title']}")
    if facts["wide"] > 0:
        faults.append(f"{facts['wide']} px too wide: {facts['outside']}")
    return faults
