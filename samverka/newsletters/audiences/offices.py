"""Offices of public bodies: where each has said that it wants it, else at the office that was chosen."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from urllib.parse import parse_qs

from django.utils.translation import gettext as _
from django.utils.translation import override

from samverka.organisations.enums import PUBLIC_KINDS, FunctionKind
from samverka.organisations.filters import RegisterFilters
from samverka.organisations.models import Function, Organisation
from samverka.organisations.register import selected_ids
from samverka.places.models import PlaceClass
from samverka.surveys.models import Response, Round

from ..enums import Audience
from ..models import Route, Routing
from .chosen import Addressee, Segment

#: Where the chosen office is missing, the first of these that there is; at last the body's registered address.
ORDER = (
    FunctionKind.REGISTRAR, FunctionKind.OFFICE, FunctionKind.EXECUTIVE_BOARD, FunctionKind.CONTACT_CENTRE,
    FunctionKind.COORDINATOR, FunctionKind.COMMITTEE,
)  # fmt: skip
#: The question of the mapping whose "yes" says that a body has an agreement.
AGREEMENT = "overenskommelse"


def offices(segment: Segment) -> Iterator[Addressee]:
    """Give the addresses of a segment of public bodies, the body's own choice before ours."""
    bodies = bodies_of(segment)
    keys = [body.pk for body in bodies]
    routes, functions = _routes(keys, segment.fields), _functions(keys)
    copies = set(Routing.objects.filter(organisation__in=keys, copy=True).values_list("organisation", flat=True))
    for body in bodies:
        yield from _to(body, routes[body.pk], _office(body, functions[body.pk], segment.function), body.pk in copies)


def bodies_of(segment: Segment) -> list[Organisation]:
    """Return the public bodies of a segment, by name."""
    found = selected_ids(RegisterFilters.from_query(parse_qs(segment.query)))
    rows = Organisation.objects.filter(pk__in=found, kind__in=PUBLIC_KINDS, state="active")
    if segment.place_class:
        places = PlaceClass.objects.filter(pk=segment.place_class).values("municipalities")
        rows = rows.filter(kind="municipality", municipality__in=places)
    for asked, answers in ((segment.answered, {}), (segment.agreement, {f"answers__{AGREEMENT}": "yes"})):
        if asked:
            said = Response.objects.filter(round=_latest_round(), organisation__isnull=False, **answers)
            keys = said.values("organisation")
            rows = rows.filter(pk__in=keys) if asked == "yes" else rows.exclude(pk__in=keys)
    return list(rows.order_by("sort_key", "pk"))


def _latest_round() -> Round | None:
    """Return the latest round of bodies whose results everybody may read: a segment tells nothing that is not open."""
    rounds = Round.objects.real().filter(published_at__isnull=False)
    found: Round | None = rounds.filter(responses__organisation__isnull=False).order_by("-published_at").first()
    return found


def _routes(keys: Sequence[int], fields: Sequence[int]) -> dict[int, list[Route]]:
    """Return the routes that apply: those of the issue's fields, or where there are none those for all."""
    found: dict[int, list[Route]] = defaultdict(list)
    for route in Route.objects.filter(organisation__in=keys, withdrawn_at=None):
        found[route.organisation_id].append(route)
    for key, routes in found.items():
        for_fields = [route for route in routes if route.field_id in fields]
        found[key] = for_fields or [route for route in routes if route.field_id is None]
    return found


def _functions(keys: Sequence[int]) -> dict[int, list[Function]]:
    found: dict[int, list[Function]] = defaultdict(list)
    for function in Function.objects.filter(organisation__in=keys, withdrawn_at=None, unit=None):
        found[function.organisation_id].append(function)
    return found


def _office(body: Organisation, functions: Sequence[Function], wanted: str) -> tuple[str, str]:
    """Return the address and name of the office that gets it when the body has said nothing."""
    first = [kind for kind in ORDER if kind == wanted] + [kind for kind in ORDER if kind != wanted]
    by_kind = {function.kind: function for function in functions}
    for kind in first:
        if kind in by_kind:
            return by_kind[kind].email, str(by_kind[kind].get_kind_display())
    return body.email, ""


def _to(body: Organisation, routes: Sequence[Route], office: tuple[str, str], copy: bool) -> Iterator[Addressee]:
    with override("sv"):
        for route in routes:
            why = _("%(body)s har sagt att det som rör det här ska till er.") % {"body": body.name}
            yield Addressee(route.email, Audience.OFFICIAL, organisation=body.pk, why=why, function=route.name)
        address, name = office
        if address and (copy or not routes):
            why = _("Ni är %(office)s för %(body)s. Välj vem hos er som ska få det nästa gång.") % {
                "office": name.lower() or _("kontaktadress"), "body": body.name,
            }  # fmt: skip
            yield Addressee(address, Audience.OFFICIAL, organisation=body.pk, why=why, function=name)
