"""The host's pages, under /redaktion/. Each file of views adds its own lines."""

from django.urls import include, path

from samverka.web import converters  # noqa: F401  (registers <pid:…>)

from . import (
    corrections,
    gallery,
    health,
    home,
    imports,
    messages,
    organisations,
    people,
    questionnaire_draft,
    questionnaire_items,
    questionnaire_lists,
    questionnaire_publishing,
    questionnaires,
    results,
    terms,
    urls_reports,
    urls_rounds,
)

_DRAFT = "frageformular/<slug:slug>/utkast/"

urlpatterns = [
    path("", home.home, name="editorial"),
    path("meddelanden/", messages.outbox, name="editorial_messages"),
    path("meddelanden/<pid:message>/forsok-igen/", messages.send_again, name="editorial_message_retry"),
    path("meddelanden/mallar/", messages.previews, name="editorial_message_previews"),
    path("meddelanden/mallar/<str:code>/<str:language>/", messages.preview, name="editorial_message_preview"),
    path(
        "meddelanden/mallar/<str:code>/<str:language>/html/",
        messages.preview_html,
        name="editorial_message_preview_html",
    ),
    path("halsa/", health.health, name="editorial_health"),
    path("halsa/forsok-igen/", health.retry_job, name="editorial_job_retry"),
    path("halsa/avbryt/", health.cancel_job, name="editorial_job_cancel"),
    path("galleri/", gallery.gallery, name="editorial_gallery"),
    path("personer/", people.people, name="editorial_people"),
    path("personer/<pid:person>/ta-roll/", people.take_role, name="editorial_people_take"),
    path("personer/<pid:person>/nollstall/", people.reset_second_factor, name="editorial_people_reset"),
    path("organisationer/", organisations.editorial_organisations, name="editorial_organisations"),
    path("organisationer/ny/", organisations.editorial_organisation_add, name="editorial_organisation_add"),
    path("organisationer/<pid:pid>/", organisations.editorial_organisation, name="editorial_organisation"),
    path(
        "organisationer/<pid:pid>/lage/",
        organisations.editorial_organisation_state,
        name="editorial_organisation_state",
    ),
    path(
        "organisationer/<pid:pid>/skydd/",
        organisations.editorial_organisation_protection,
        name="editorial_organisation_protection",
    ),
    path("import/", imports.editorial_imports, name="editorial_imports"),
    path("import/<pid:pid>/", imports.editorial_import, name="editorial_import"),
    path("import/<pid:pid>/las-in/", imports.editorial_import_confirm, name="editorial_import_confirm"),
    path("import/<pid:pid>/rapport.json", imports.editorial_import_report, name="editorial_import_report"),
    path("frageformular/", questionnaires.editorial_questionnaires, name="editorial_questionnaires"),
    path(
        "frageformular/nytt/", questionnaire_publishing.editorial_questionnaire_new, name="editorial_questionnaire_new"
    ),
    path("frageformular/<slug:slug>/", questionnaires.editorial_questionnaire, name="editorial_questionnaire"),
    path(
        "frageformular/<slug:slug>/version/<int:number>.xlsx",
        questionnaires.editorial_questionnaire_export,
        name="editorial_questionnaire_export",
    ),
    path("frageformular/<slug:slug>/andra/", questionnaires.editorial_draft_start, name="editorial_draft_start"),
    path(_DRAFT, questionnaire_draft.editorial_draft, name="editorial_draft"),
    path(f"{_DRAFT}gor/", questionnaire_draft.editorial_draft_act, name="editorial_draft_act"),
    path(f"{_DRAFT}prova/", questionnaire_draft.editorial_draft_try, name="editorial_draft_try"),
    path(f"{_DRAFT}rubrik/", questionnaire_draft.editorial_draft_head, name="editorial_draft_head"),
    path(f"{_DRAFT}lagg-till/", questionnaire_items.editorial_draft_add, name="editorial_draft_add"),
    path(f"{_DRAFT}del/<str:code>/", questionnaire_items.editorial_draft_item, name="editorial_draft_item"),
    path(f"{_DRAFT}del/<str:code>/flytta/", questionnaire_draft.editorial_draft_move, name="editorial_draft_move"),
    path(f"{_DRAFT}vallistor/", questionnaire_lists.editorial_draft_lists, name="editorial_draft_lists"),
    path(f"{_DRAFT}vallistor/ny/", questionnaire_lists.editorial_draft_list, name="editorial_draft_list_new"),
    path(f"{_DRAFT}vallista/<str:name>/", questionnaire_lists.editorial_draft_list, name="editorial_draft_list"),
    path(f"{_DRAFT}oversatt/", questionnaire_publishing.editorial_draft_texts, name="editorial_draft_texts"),
    path(f"{_DRAFT}publicera/", questionnaire_publishing.editorial_draft_publish, name="editorial_draft_publish"),
    path(f"{_DRAFT}kasta/", questionnaire_publishing.editorial_draft_discard, name="editorial_draft_discard"),
    path("resultat/", results.editorial_results, name="editorial_results"),
    path("resultat/<slug:slug>/", results.editorial_results_round, name="editorial_results_round"),
    path("resultat/<slug:slug>/publicera/", results.editorial_results_publish, name="editorial_results_publish"),
    path("kartlaggningar/", include(urls_rounds)),
    path("rapporter/", include(urls_reports)),
    path("synpunkter/", corrections.editorial_corrections, name="editorial_corrections"),
    path("synpunkter/<pid:correction>/", corrections.editorial_correction, name="editorial_correction"),
    path("villkor/", terms.editorial_terms, name="editorial_terms"),
    path("villkor/ladda-ner.<str:format>", terms.editorial_terms_export, name="editorial_terms_export"),
    path("begaran/", corrections.editorial_claims, name="editorial_claims"),
    path("begaran/<pid:claim>/", corrections.editorial_claim_answer, name="editorial_claim_answer"),
]
