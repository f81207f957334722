"""A browser without scripts that has opened a form: it sends back what the page holds."""

import re
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from samverka.surveys.links import asked_key
from samverka.surveys.models import Asked


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, Any] = {}
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name = found.get("name") or ""
        if tag == "textarea":
            self._area, self.values[name] = name, ""
        if tag != "input" or not name:
            return
        is_ticked = found.get("type") in {"radio", "checkbox"}
        if is_ticked and "checked" not in found:
            return
        value = found.get("value") or ("on" if is_ticked else "")
        if is_ticked or name in self.values:
            there = self.values.get(name, [])
            self.values[name] = [*(there if isinstance(there, list) else [there]), value]
        else:
            self.values[name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data


def fields(page: str) -> dict[str, Any]:
    """Return what the form #svar would send as it stands."""
    form = re.search(r'<form[^>]* id="svar".*?</form>', page, re.DOTALL)
    assert form, page
    reader = _Fields()
    reader.feed(form.group())
    return reader.values


class Respondent:
    """Somebody who has opened a form and said their name."""

    def __init__(self, asked: Asked, name: str = "Karin", *, path: str = "") -> None:
        self.client = Client()
        self.path = path or f"/kartlaggning/svara/{asked_key(asked)}/"
        begun = self.client.post(self.path, {"name": name})
        assert begun.status_code == 302, begun.content.decode()

    @staticmethod
    def receipt(asked: Asked) -> str:
        """Return the receipt of an answer."""
        return Client().get(f"/kartlaggning/svara/{asked_key(asked)}/kvitto/").content.decode()

    def open(self, page: str = "") -> str:
        """Return a page of the form."""
        answer = self.client.get(self.path + page)
        assert answer.status_code == 200, answer
        return answer.content.decode()

    def send(self, block: str, drawn: dict[str, Any] | None = None, **typed: Any) -> Any:
        """Send a block as it was drawn (now, unless given) with some of it changed; `do` is the button."""
        values = {**(drawn if drawn is not None else fields(self.open(f"{block}/"))), "do": "save"}
        values |= {name.replace("__", ":"): value for name, value in typed.items()}
        return self.client.post(f"{self.path}{block}/", {name: value for name, value in values.items() if value != []})

    def save(self, block: str, name: str, value: Any, base: int = 0) -> Any:
        """Save one answer as the script does."""
        return self.client.post(f"{self.path}{block}/svar/", {f"v:{name}": base, name: value})
