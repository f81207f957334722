"""What actions ask first."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from samverka.kernel.errors import Refused

from ..editing import EditingError
from ..enums import VersionState
from ..models import SLUG, Version

#: Words that stand in addresses beside the names of questionnaires.
TAKEN = frozenset({"nytt"})


def check_slug(slug: str) -> None:
    """Raise Refused for what cannot stand in an address."""
    if len(slug) > 60 or not re.match(SLUG, slug) or slug in TAKEN:
        raise Refused(
            _("Namnet får bara ha a–z, siffror och bindestreck, högst 60 tecken: kartlaggning-2027."), field="slug"
        )


@contextmanager
def refused_edits() -> Iterator[None]:
    """Turn an EditingError inside the block into Refused, at its field."""
    try:
        yield
    except EditingError as error:
        raise Refused(str(error), field=error.field or None) from error


def locked_draft(draft: Version) -> Version:
    """Return the draft as it is now, held until the transaction ends. Raises Refused when it is no draft any more."""
    found: Version | None = (
        Version.objects.select_for_update(of=("self",))
        .select_related("questionnaire")
        .filter(pk=draft.pk, state=VersionState.DRAFT)
        .first()
    )
    if found is None:
        raise Refused(_("Utkastet finns inte längre: det har publicerats eller kastats. Börja ett nytt."))
    return found
