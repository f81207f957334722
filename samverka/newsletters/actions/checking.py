"""What tries the links of an issue and asks about its From domain: asked for by a person, done by a job."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samverka.kernel.errors import NotVisible
from samverka.kernel.mail import outbox

from ..checks import domain_of, links_in
from ..domain_check import Resolver, check_domain
from ..emails import IssueToMyself
from ..fetching import link_fault
from ..models import DomainCheck, Issue, LinkCheck
from ..own_links import is_own, own_fault
from ..rendering import render_issue
from .checks import locked_draft, note

MOST_LINKS = 60


@transaction.atomic
def ask_for_checks(*, by: Any, issue_id: str) -> Issue:
    """Let a job try the links and ask about the domain. Raises NotAllowed, NotVisible, Refused."""
    from ..tasks import check_issue

    found = locked_draft(by, issue_id)
    note("issue.checks_asked", found, by=by)
    check_issue.defer(issue_id=found.pk)
    return found


def run_checks(*, by: Any, issue_id: int, resolver: Resolver | None = None) -> None:
    """Try every link, and ask about the domain; each result is kept as it comes. `by` is None: the system.

    No transaction is open while others are asked.
    """
    issue = Issue.objects.filter(pk=issue_id).first()
    if issue is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        _keep_domain(issue.from_address or settings.DEFAULT_FROM_EMAIL, resolver)
        asked = links_in(issue)[:MOST_LINKS]
        for url in asked:
            fault = own_fault(url) if is_own(url) else link_fault(url)
            told = {"fault": fault[:200], "checked_at": timezone.now()}
            LinkCheck.objects.update_or_create(issue=issue, url=url[:1000], defaults=told)
        LinkCheck.objects.filter(issue=issue).exclude(url__in=asked).delete()


def _keep_domain(address: str, resolver: Resolver | None) -> None:
    found = [
        {"what": one.what, "state": one.state, "said": one.said, "record_name": one.record_name, "record": one.record}
        for one in check_domain(address, resolver=resolver)
    ]
    told = {"found": found, "checked_at": timezone.now()}
    DomainCheck.objects.update_or_create(domain=domain_of(address), defaults=told)


@transaction.atomic
def send_to_myself(*, by: Any, issue_id: str, language: str) -> None:
    """Send the issue as it stands to the person who asks. Raises NotAllowed, NotVisible, Refused."""
    found = locked_draft(by, issue_id)
    if not found.texts.filter(language=language).exists():
        raise NotVisible
    letter = render_issue(found, language)
    with translation.override(language):
        why = _(
            "Det här är ett prov som du har skickat till dig själv. Länkarna här nere fungerar i det riktiga mejlet."
        )
    message = IssueToMyself.of(letter, web=letter.web["web"], why=why)
    outbox.send(message, to=by.email, language=language, reply_to=found.reply_to)
    note("issue.sent_to_myself", found, by=by)
