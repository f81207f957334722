"""The addresses of reports as analysts write them."""

from django.urls import path

from samverka.web import converters  # noqa: F401  (registers <pid:…>)

from . import report_parts, report_publishing, reports

_PART = "<pid:report>/del/<pid:block>/"

urlpatterns = [
    path("", reports.editorial_reports, name="editorial_reports"),
    path("ny/", reports.editorial_report_start, name="editorial_report_start"),
    path("<pid:report>/", reports.editorial_report, name="editorial_report"),
    path("<pid:report>/gor/", reports.editorial_report_act, name="editorial_report_act"),
    path("<pid:report>/uppgifter/", reports.editorial_report_facts, name="editorial_report_facts"),
    path("<pid:report>/lagg-till/", report_parts.editorial_report_add, name="editorial_report_add"),
    path(_PART, report_parts.editorial_report_part, name="editorial_report_part"),
    path(f"{_PART}utkast/", report_parts.editorial_report_part_draft, name="editorial_report_part_draft"),
    path(f"{_PART}utkast/kasta/", report_parts.editorial_report_part_drop, name="editorial_report_part_drop"),
    path("<pid:report>/las/", report_publishing.editorial_report_preview, name="editorial_report_preview"),
    path("<pid:report>/utkast.pdf", report_publishing.editorial_report_paper, name="editorial_report_paper"),
    path("<pid:report>/publicera/", report_publishing.editorial_report_publish, name="editorial_report_publish"),
    path("<pid:report>/dra-tillbaka/", report_publishing.editorial_report_withdraw, name="editorial_report_withdraw"),
]
