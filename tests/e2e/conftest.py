"""The browser and the site it visits: a live server of this process over a database of its own, one a test.

Chromium is the machine's own. Playwright keeps an event loop running in the test's thread, so Django is told that its
database may be used there; nothing of the site itself is asynchronous.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.test.testcases import LiveServerThread
from django.test.utils import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import databases

from .steps import Site

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip
SINK = "samverka.kernel.mail.sink.SinkBackend"
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for all browser tests of this worker; it leaves with the last of them."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    chromium = shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS, headless=True)
        yield running
        running.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def site(request: pytest.FixtureRequest, browser: Browser, django_db_blocker: Any) -> Iterator[Site]:
    """A running site with its own clone of the database, real transactions and the mail sink. A test that takes
    `made_world` too has the world in it.
    """
    like = request.getfixturevalue("made_world").database if "made_world" in request.fixturenames else ""
    with django_db_blocker.unblock(), databases.clone(of=like):
        server = LiveServerThread("localhost", StaticFilesHandler)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        if server.error:
            raise server.error
        here = f"http://localhost:{server.port}"
        # pytest-django keeps mails in memory; here they go where `make run` lets them go.
        with override_settings(BASE_URL=here, ALLOWED_HOSTS=["localhost"], EMAIL_BACKEND=SINK):
            try:
                yield Site(settings.BASE_URL)
            finally:
                server.terminate()
                connections.close_all()


@pytest.fixture
def open_context(browser: Browser, site: Site) -> Iterator[Callable[..., BrowserContext]]:
    """Opens a browser of one's own: `open_context(PHONE, dark=True)`. All are closed after the test."""
    opened: list[BrowserContext] = []

    def open_one(viewport: dict[str, int] = WIDE, *, dark: bool = False, **options: Any) -> BrowserContext:
        context = browser.new_context(
            viewport=viewport, base_url=site.address, color_scheme="dark" if dark else "light", locale="sv-SE",
            accept_downloads=True, reduced_motion="reduce", **options,
        )  # fmt: skip
        context.set_default_timeout(10_000)
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture
def open_page(open_context: Callable[..., BrowserContext], site: Site) -> Callable[..., Page]:
    """Opens a page in a browser of its own; what its console complains of fails the test through `site.complaints`."""

    def open_one(viewport: dict[str, int] = WIDE, *, dark: bool = False, **options: Any) -> Page:
        page = open_context(viewport, dark=dark, **options).new_page()
        site.listen_to(page)
        return page

    return open_one
