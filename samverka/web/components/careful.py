"""A form that asks before it keeps or sends a personal identity number."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from samverka.kernel.personal_numbers import mentions


class Careful:
    """A form that comes back once, with a question, when it mentions a personal identity number (users.md R10).

    The page includes `components/forms/keep_numbers.html`, where the writer chooses to go on.
    """

    asks_about_numbers = False
    keep_numbers = {"label": _("Spara ändå, det är inget personnummer eller det behövs")}

    def clean(self) -> dict[str, Any]:
        """Ask before a personal identity number is kept."""
        form: Any = self
        data: dict[str, Any] = super().clean() or form.cleaned_data  # type: ignore[misc]
        said = "\n".join(value for value in data.values() if isinstance(value, str))
        if mentions(said) and not form.data.get("keep_numbers"):
            self.asks_about_numbers = True
            form.add_error(
                None,
                _("Texten verkar innehålla ett personnummer. Ta bort det, eller kryssa i att den ska sparas ändå."),
            )
        return data
