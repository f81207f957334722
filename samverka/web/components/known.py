"""What is known of a collaboration, as pairs of label and words."""

from django.utils.translation import gettext as _

from samverka.collaborations.enums import Form
from samverka.collaborations.facts import facts_of, in_words, period
from samverka.collaborations.models import Collaboration
from samverka.processes.enums import SocietyLevel


def facts_to_show(collaboration: Collaboration, *, only_said: bool = False) -> list[tuple[str, str]]:
    """Return what is known of form, field, place, level and period, with their labels; what is empty is left out.

    `only_said`: for who is asked, and is not helped by a form that is not decided yet.
    """
    facts = facts_of(collaboration)
    words = in_words(facts)
    form = "" if only_said and set(facts.forms) <= {Form.UNDECIDED} else words["forms"]
    pairs = [
        (_("Form"), form),
        (_("Område"), words["areas"]),
        (_("Plats"), _place(collaboration, words["place"])),
        (_("Samhällsnivå"), words["society_level"]),
        (_("När"), period(words)),
    ]
    return [(label, value) for label, value in pairs if value]


def _place(collaboration: Collaboration, named: str) -> str:
    """Return the place; the whole country only where the matter is a national one, else nobody has said so."""
    whole = collaboration.society_level == SocietyLevel.NATIONAL
    return named or (_("Hela landet") if whole else _("Inte angiven"))
