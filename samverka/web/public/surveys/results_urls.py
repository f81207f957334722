"""Addresses of results, reports and open data; after the fixed addresses of rounds, since a slug stands in them."""

from django.urls import path

from . import lookup, report, results, results_data

urlpatterns = [
    path("kartlaggning/", results.rounds, name="surveys"),
    path("kartlaggning/jamfor/", results.comparison, name="survey_compare"),
    path("kartlaggning/organisationer/", lookup.survey_lookup, name="survey_lookup"),
    path("kartlaggning/<slug:slug>/", results.results, name="survey_results"),
    path("kartlaggning/<slug:slug>/karta/<str:code>/", results.answer_map, name="survey_map"),
    path("kartlaggning/<slug:slug>/rapport/", report.survey_report, name="survey_report"),
    path("kartlaggning/<slug:slug>/rapport.pdf", report.survey_report_pdf, name="survey_report_pdf"),
    path("kartlaggning/<slug:slug>/rapport/<int:number>/", report.survey_report_edition, name="survey_report_edition"),
    path(
        "kartlaggning/<slug:slug>/rapport-<int:number>.pdf",
        report.survey_report_edition_pdf,
        name="survey_report_edition_pdf",
    ),
    path("oppna-data/kartlaggning/", results_data.data_index, name="survey_data_index"),
    path("oppna-data/kartlaggning/alla/kartlaggningen.<str:format>", results_data.data_all, name="survey_data_all"),
    path("oppna-data/kartlaggning/<slug:slug>.<str:format>", results_data.data, name="survey_data"),
    path("oppna-data/kartlaggning/<slug:slug>/kodbok/", results_data.codebook, name="survey_codebook"),
    path("oppna-data/kartlaggning/<slug:slug>/kodbok.csv", results_data.codebook_csv, name="survey_codebook_csv"),
]
