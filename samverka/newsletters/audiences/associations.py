"""Associations of a register list, and lists of one's own. Only addresses of organisations, never of persons."""

from collections.abc import Iterator
from urllib.parse import parse_qs

from django.utils.translation import gettext as _
from django.utils.translation import override

from samverka.organisations.addresses import looks_private
from samverka.organisations.enums import CIVIL_KINDS
from samverka.organisations.filters import RegisterFilters
from samverka.organisations.models import Organisation
from samverka.organisations.register import selected_ids

from ..enums import Audience
from ..models import ListedAddress
from .chosen import Addressee, Segment


def associations(segment: Segment) -> Iterator[Addressee]:
    """Give the addresses of a list of associations: protected ones are left out (users.md R10), and addresses that may
    be a person's own, unless the association shows its address to all.
    """
    found = selected_ids(RegisterFilters.from_query(parse_qs(segment.query)))
    rows = Organisation.objects.filter(pk__in=found, kind__in=CIVIL_KINDS, state="active", protected=False)
    for row in rows.exclude(email="").order_by("sort_key", "pk").only("email", "email_public", "name", "language"):
        if row.email_public or not looks_private(row.email):
            yield Addressee(row.email, Audience.ASSOCIATION, organisation=row.pk, why=_why(row.name))


def _why(name: str) -> str:
    with override("sv"):
        return _("%(name)s finns med sin adress i registret över föreningar.") % {"name": name}


def listed(segment: Segment) -> Iterator[Addressee]:
    """Give the addresses of one of the sender's own lists; an organisation that is protected is left out of it too."""
    rows = ListedAddress.objects.filter(list__public_id=segment.list, list__removed_at=None)
    with override("sv"):
        why = _("Er adress finns i avsändarens egen lista.")
    for row in rows.select_related("organisation"):
        if row.organisation is None or not row.organisation.protected:
            yield Addressee(row.email, Audience.ASSOCIATION, organisation=row.organisation_id, why=why)
