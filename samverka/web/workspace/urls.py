"""The workspace: the organisation one acts for stands first in every address."""

from django.urls import include, path

from samverka.web import converters  # noqa: F401  (registers <pid:…>)

from . import (
    collaborations,
    invitations,
    our_list,
    our_surveys,
    overview,
    papers,
    terms,
    urls_diary,
    urls_meeting,
    urls_organisation,
    urls_outcomes,
    urls_progress,
    urls_start,
)
from .newsletters import letters, routing

urlpatterns = [
    path("", overview.choose, name="workspace"),
    path("samverkan/<pid:collaboration>/", overview.collaboration_by_id, name="collaboration_by_id"),
    path("<pid:org>/", overview.overview, name="workspace_overview"),
    path("<pid:org>/inbjudan/<pid:invitation>/", invitations.answer, name="answer_invitation"),
    path("<pid:org>/samverkan/", our_list.our_collaborations, name="our_collaborations"),
    path("<pid:org>/samverkan/alla.<str:format>", our_list.our_collaborations_export, name="our_collaborations_export"),
    path("<pid:org>/samverkan/<pid:collaboration>/", include(urls_progress)),
    path("<pid:org>/kartlaggning/", our_surveys.our_surveys, name="our_surveys"),
    path("<pid:org>/kartlaggning/<pid:asked>/", our_surveys.our_survey_own, name="our_survey_own"),
    path("<pid:org>/kartlaggning/<pid:asked>/jamfort.pdf", our_surveys.our_survey_own_pdf, name="our_survey_own_pdf"),
    path("<pid:org>/utskick/", include("samverka.web.workspace.newsletters.urls")),
    path("<pid:org>/villkor/", terms.our_terms, name="our_terms"),
    path("<pid:org>/villkor/fraga/", terms.our_terms_ask, name="our_terms_ask"),
    path("<pid:org>/villkor/<pid:acceptance>.pdf", terms.our_terms_pdf, name="our_terms_pdf"),
    path("<pid:org>/samverkan/<pid:collaboration>/diarienummer/", collaborations.diary_number, name="diary_number"),
    path("<pid:org>/samverkan/<pid:collaboration>/", include(urls_diary)),
    path("<pid:org>/samverkan/<pid:collaboration>/<str:which>.pdf", papers.collaboration_pdf, name="collaboration_pdf"),
    path("<pid:org>/samverkan/<pid:collaboration>/", include(urls_meeting)),
    path("", include("samverka.web.workspace.knowledge.urls")),
    path("<pid:org>/skriv-till-foreningar/", letters.our_letter_new, name="our_letter_new"),
    path("<pid:org>/vem-far-utskick/", routing.our_routing, name="our_routing"),
    *urls_organisation.urlpatterns,
    *urls_outcomes.urlpatterns,
    *urls_start.urlpatterns,
]
