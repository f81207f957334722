"""What a collaboration is called, as one types it."""

from typing import Any

from django.forms import CharField, Widget
from django.utils.translation import gettext_lazy as _

LONGEST = 120


class TitleField(CharField):
    """A short name. What is too long is told in words: a browser would cut it off and say nothing."""

    default_error_messages = {
        "max_length": _("Texten är för lång: %(show_value)d tecken. Skriv högst %(limit_value)d.")
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST, **kwargs)
        # The validator has words of its own, and asks for none of the field's.
        for validator in self.validators:
            if getattr(validator, "code", "") == "max_length":
                validator.message = self.error_messages["max_length"]  # type: ignore[attr-defined]

    def widget_attrs(self, widget: Widget) -> dict[str, Any]:
        """Return the input's attributes, without the browser's own limit."""
        attrs: dict[str, Any] = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs
