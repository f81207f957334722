"""When one is told by mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samverka.collaborations.enums import NoticePace


class NoticesForm(forms.Form):
    """When, for every collaboration where nothing else is chosen."""

    pace = forms.ChoiceField(
        label=_("När vill du ha mejl om det som är nytt?"), choices=NoticePace.choices, widget=forms.RadioSelect
    )


class NoticesHereForm(forms.Form):
    """When, in one collaboration; AS_FOR_ALL is what is chosen for all."""

    AS_FOR_ALL = "all"

    pace = forms.ChoiceField(label=_("När vill du ha mejl om det som är nytt?"), widget=forms.RadioSelect)
    with_matter = forms.BooleanField(
        label=_("Skicka med texten i mejlet"),
        help_text=_(
            "Området är känsligt. Därför säger mejlen annars bara att något är nytt. "
            "Välj det här bara om ingen annan läser din e-post."
        ),
        required=False,
    )

    def __init__(self, *args: Any, for_all: str, sensitive: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = NoticePace(for_all or NoticePace.USUAL).label
        as_for_all = gettext("Som för alla mina samverkan. Nu: {now}").format(now=now)
        self.fields["pace"].choices = [(self.AS_FOR_ALL, as_for_all), *NoticePace.choices]  # type: ignore[attr-defined]
        if not sensitive:
            del self.fields["with_matter"]

    @property
    def chosen(self) -> NoticePace | None:
        """What was chosen; None for what is chosen for all."""
        pace = self.cleaned_data["pace"]
        return None if pace == self.AS_FOR_ALL else NoticePace(pace)
