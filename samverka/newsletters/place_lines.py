"""Two lines about the receiver's own municipality or region, in each language: only what everybody may know.

First what is new in the knowledge bank from there, else from a neighbour in the county; then how similar
municipalities answered in the newest published round of the mapping. Asked for many at once, in few queries.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverka.knowledge.models import Page
from samverka.organisations.enums import Kind
from samverka.organisations.models import Organisation
from samverka.questionnaires.enums import NO, YES
from samverka.surveys.enums import RoundSide
from samverka.surveys.models import Response, Round
from samverka.surveys.own import FEW
from samverka.surveys.queries.classes import municipal_group_of, municipal_groups

#: What counts as new, and the question that is told of.
NEW = timedelta(days=180)
QUESTION = "ok_plan"


class Lines(NamedTuple):
    """The lines in each language; none where nothing is known."""

    sv: tuple[str, ...]
    en: tuple[str, ...]


def lines_for(organisation: Organisation) -> Lines:
    """Return the lines for one organisation."""
    return lines_for_all([organisation])[organisation.pk]


def lines_for_all(organisations: Sequence[Organisation]) -> dict[int, Lines]:
    """Return {the organisation's key: its lines}, in as many queries for 300 as for one."""
    known = _Known(organisations)
    return {one.pk: Lines(_in("sv", known, one), _in("en", known, one)) for one in organisations}


def _in(language: str, known: "_Known", organisation: Organisation) -> tuple[str, ...]:
    with translation.override(language):
        lines = (known.from_here(organisation), known.beside_others(organisation))
        return tuple(line for line in lines if line)[:2]


class _Known:
    """What is public about all the places that are asked for."""

    def __init__(self, organisations: Sequence[Organisation]) -> None:
        counties = {one.county_id or _county(one.municipality_id) for one in organisations} - {None, ""}
        keys = {one.pk for one in organisations}
        pages = Page.objects.published().filter(kind="example", published_at__gte=timezone.now() - NEW)
        told = pages.order_by("-published_at", "-pk").values_list(
            "title", "municipality", "municipality__display_name", "county", "owner", "language"
        )
        self._pages = [row for row in told if row[4] in keys or (row[3] or _county(row[1])) in counties]
        self._survey = _Survey()

    def from_here(self, organisation: Organisation) -> str:
        """Return what is new from the organisation's own place, or else from the county."""
        place, county = organisation.municipality_id, organisation.county_id or _county(organisation.municipality_id)
        own = [row for row in self._pages if row[4] == organisation.pk or (place and row[1] == place)]
        if own:
            return _own_line(organisation, [row[0] for row in own])
        near = next((row for row in self._pages if county and (row[3] or _county(row[1])) == county), None)
        if near is None:
            return ""
        if near[2]:
            return _("Nytt exempel från {neighbour} i ert län: ”{title}”.").format(neighbour=near[2], title=near[0])
        return _("Nytt exempel från ert län: ”{title}”.").format(title=near[0])

    def beside_others(self, organisation: Organisation) -> str:
        """Return how similar ones answered, and whether this one did."""
        return self._survey.line(organisation)


def _own_line(organisation: Organisation, titles: Sequence[str]) -> str:
    said = ngettext(
        "Från {name} finns {n} nytt exempel: ”{title}”.",
        "Från {name} finns {n} nya exempel. Det senaste heter ”{title}”.",
        len(titles),
    )
    return said.format(name=organisation.name, n=len(titles), title=titles[0])


def _county(municipality: str | None) -> str:
    """Return the county's code: a municipality's begins with it."""
    return (municipality or "")[:2]


class _Survey:
    """The newest round of public bodies whose results everybody reads, by municipal group and county."""

    def __init__(self) -> None:
        rounds = Round.objects.real().filter(published_at__isnull=False, side=RoundSide.PUBLIC)
        newest = rounds.select_related("version__questionnaire").order_by("-opened_at", "-pk")
        self._round: Round | None = newest.first()
        self._answers: dict[int, Any] = {}
        self._place: dict[int, str] = {}
        if self._round is None:
            return
        told = Response.objects.filter(
            round=self._round, organisation__kind=Kind.MUNICIPALITY, organisation__isnull=False
        ).values_list("organisation", f"answers__{QUESTION}", "organisation__municipality")
        for body, answer, municipality in told:
            self._answers[body], self._place[body] = answer, municipality or ""
        self._group = municipal_group_of()
        self._names, self._title = dict[str, dict[str, str]](), dict[str, str]()
        for language in ("sv", "en"):
            with translation.override(language):
                self._names[language], self._title[language] = municipal_groups(), str(self._round)

    def line(self, organisation: Organisation) -> str:
        """Return the line, or "" where too few similar ones have answered, and for regions and agencies."""
        if self._round is None or organisation.kind != Kind.MUNICIPALITY:
            return ""
        group = self._group.get(organisation.municipality_id or "")
        names = self._names[translation.get_language() or "sv"]
        if group and (said := self._said(organisation, lambda place: self._group.get(place) == group)):
            return _("Bland kommuner som er ({group}): {said}").format(group=names.get(group, group), said=said)
        county = organisation.county_id or _county(organisation.municipality_id)
        if county and (said := self._said(organisation, lambda place: _county(place) == county)):
            return _("I ert län: {said}").format(said=said)
        return ""

    def _said(self, organisation: Organisation, similar: Callable[[str], bool]) -> str:
        told = [
            answer for body, answer in self._answers.items()
            if similar(self._place[body]) and answer in {YES, NO}
        ]  # fmt: skip
        if len(told) < FEW:
            return ""
        said = _("{yes} av {base} har en handlingsplan för sin överenskommelse med föreningslivet").format(
            yes=sum(answer == YES for answer in told), base=len(told)
        )
        return f"{said}{self._own(organisation)} ({self._title[translation.get_language() or 'sv']})."

    def _own(self, organisation: Organisation) -> str:
        own = self._answers.get(organisation.pk)
        if organisation.pk not in self._answers:
            return _(", ni har inte svarat")
        return {YES: _(", ni också"), NO: _(", ni har ingen")}.get(own, "") if isinstance(own, str) else ""
