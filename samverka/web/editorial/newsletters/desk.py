"""Where one writes issues: the host's desk in the editorial pages, and a public body's own in the workspace.

The pages are the same; a desk says whose issues they are, how its pages' addresses begin and how the frame looks.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samverka.kernel.access import View, consumes, requires
from samverka.kernel.errors import NotVisible
from samverka.newsletters.models import Issue, Sender
from samverka.newsletters.queries import host_sender, issue_called, sender_of
from samverka.newsletters.rules import can_read_records, can_send_dispatches, can_send_for_host
from samverka.organisations.models import Organisation
from samverka.organisations.queries import Acting
from samverka.web.workspace.acting import acting_organisation


@dataclass(frozen=True)
class Desk:
    """Whose issues are written here. `sender` is None before anybody has said who sends, `acting` at the host's."""

    sender: Sender | None
    organisation: Organisation | None
    acting: Acting | None = None

    @property
    def layout(self) -> str:
        """The frame that its pages stand in."""
        return "layout/workspace.html" if self.acting else "layout/editorial.html"

    def url(self, name: str, *args: Any) -> str:
        """Return the address of one of its pages: "issue_part" with the issue's and the block's id."""
        if self.acting:
            return reverse(f"our_{name}", args=[self.acting.organisation.public_id, *args])
        return reverse(f"editorial_{name}", args=args)

    @property
    def home(self) -> tuple[str, str]:
        """What the trail begins with: label and address."""
        if self.acting:
            return self.acting.organisation.name, reverse(
                "workspace_overview", args=[self.acting.organisation.public_id]
            )
        return _("Redaktion"), reverse("editorial")

    def issue(self, public_id: str) -> Issue:
        """Return one of its issues. Raises NotVisible."""
        if self.organisation is None:
            raise NotVisible
        return issue_called(self.organisation, public_id)

    def context(self, **more: Any) -> dict[str, Any]:
        """Return what every page of the desk sees."""
        return {"desk": self, "acting": self.acting, **more}


@consumes()
def host_desk(_user: Any) -> Desk:
    """Return the host's desk."""
    found = host_sender()
    return Desk(found, found.organisation if found else None)


@consumes("org")
def own_desk(user: Any, org: str) -> Desk:
    """Return the desk of the organisation that stands in the address. Raises NotVisible without a membership."""
    acting = acting_organisation(user, org=org)
    return Desk(sender_of(acting.organisation), acting.organisation, acting)


def may_write_here(user: Any, desk: Desk) -> bool:
    """Write and send at the desk."""
    return can_send_dispatches(user, desk.acting) if desk.acting else can_send_for_host(user)


def may_read_record(user: Any, desk: Desk) -> bool:
    """See what was sent and to whom: those who write, and the registrar."""
    return can_read_records(user, desk.acting) if desk.acting else can_send_for_host(user)


Wrap = Callable[..., View]


def at_host(view: View, rule: Callable[[Any, Desk], bool] = may_write_here) -> View:
    """Return the view of the editorial pages."""
    return requires(rule, load=host_desk)(view)


def at_own(view: View, rule: Callable[[Any, Desk], bool] = may_write_here) -> View:
    """Return the view of the workspace."""
    return requires(rule, load=own_desk)(view)
