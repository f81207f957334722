"""What a collaboration is called, as one types it."""

from typing import Any

from django.forms import CharField, Widget

LONGEST = 120


class TitleField(CharField):
    """A short name. What is too long is told in words: a browser would cut it off and say nothing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST, **kwargs)

    def widget_attrs(self, widget: Widget) -> dict[str, Any]:
        """Return the input's attributes, without the browser's own limit."""
        attrs: dict[str, Any] = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs
