"""The addresses of a desk, the same for the host and for a public body."""

from django.urls import URLPattern, path

from samverka.web import converters  # noqa: F401  (registers <pid:…>)

from . import heads, issues, lists, parts, previews, record, saved_templates, senders, sending
from .desk import Wrap, may_read_record

_PART = "<pid:issue>/del/<pid:block>/"


def routes(prefix: str, wrap: Wrap) -> list[URLPattern]:
    """Return the addresses with names that begin with `prefix`, each view behind the desk's rule."""
    pages = (
        ("nytt/", issues.issue_start, "issue_start"),
        ("avsandare/", senders.issue_sender, "issue_sender"),
        ("<pid:issue>/", issues.issue_outline, "issue"),
        ("<pid:issue>/gor/", issues.issue_act, "issue_act"),
        ("<pid:issue>/kasta/", issues.issue_discard, "issue_discard"),
        ("<pid:issue>/uppgifter/", heads.issue_facts, "issue_facts"),
        ("<pid:issue>/diarienummer/", heads.issue_number, "issue_number"),
        ("<pid:issue>/rubrik/<str:language>/", heads.issue_text, "issue_text"),
        ("<pid:issue>/ren-text/<str:language>/", heads.issue_plain, "issue_plain"),
        ("<pid:issue>/lagg-till/<str:language>/", parts.issue_add, "issue_add"),
        (_PART, parts.issue_part, "issue_part"),
        (f"{_PART}utkast/", parts.issue_part_draft, "issue_part_draft"),
        (f"{_PART}utkast/kasta/", parts.issue_part_drop, "issue_part_drop"),
        ("<pid:issue>/titta/<str:language>/", previews.issue_preview, "issue_preview"),
        ("<pid:issue>/titta/<str:language>/html/", previews.issue_preview_html, "issue_preview_html"),
        ("<pid:issue>/mottagare/", sending.issue_audience, "issue_audience"),
        ("<pid:issue>/skicka/", sending.issue_send, "issue_send"),
        ("<pid:issue>/lage/", sending.issue_progress, "issue_progress"),
        ("<pid:issue>/lage/gor/", sending.issue_sending_act, "issue_sending_act"),
        ("<pid:issue>/logg/", sending.issue_log, "issue_log"),
        ("<pid:issue>/logg.<str:format>", sending.issue_log_export, "issue_log_export"),
        ("listor/", lists.issue_lists, "issue_lists"),
        ("listor/<pid:recipients>/ta-bort/", lists.issue_list_remove, "issue_list_remove"),
        ("mallar/", saved_templates.issue_templates, "issue_templates"),
        ("mallar/<pid:template>/", saved_templates.issue_template, "issue_template"),
        ("<pid:issue>/mall/", saved_templates.issue_template_save, "issue_template_save"),
        ("<pid:issue>/kontroll/", previews.issue_checks, "issue_checks"),
    )
    found = [path(address, wrap(view), name=f"{prefix}_{name}") for address, view, name in pages]
    return [
        *found,
        path("", wrap(issues.issue_list, may_read_record), name=f"{prefix}_issues"),
        path("<pid:issue>/handling/", wrap(record.issue_record, may_read_record), name=f"{prefix}_issue_record"),
    ]
