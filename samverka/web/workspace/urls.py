"""The workspace: the organisation one acts for stands first in every address."""

from django.urls import path

from samverka.web import converters  # noqa: F401  (registers <pid:…>)

from . import collaborations, entries, invitations, overview, papers, terms, urls_organisation

urlpatterns = [
    path("", overview.choose, name="workspace"),
    path("samverkan/<pid:collaboration>/", overview.collaboration_by_id, name="collaboration_by_id"),
    path("<pid:org>/", overview.overview, name="workspace_overview"),
    path("<pid:org>/inbjudan/<pid:invitation>/", invitations.answer, name="answer_invitation"),
    path("<pid:org>/villkor/", terms.our_terms, name="our_terms"),
    path("<pid:org>/villkor/fraga/", terms.our_terms_ask, name="our_terms_ask"),
    path("<pid:org>/villkor/<pid:acceptance>.pdf", terms.our_terms_pdf, name="our_terms_pdf"),
    path("<pid:org>/samverkan/", collaborations.our_collaborations, name="our_collaborations"),
    path("<pid:org>/samverkan/ny/", collaborations.start, name="start_collaboration"),
    path("<pid:org>/samverkan/<pid:collaboration>/", collaborations.collaboration, name="collaboration"),
    path("<pid:org>/samverkan/<pid:collaboration>/bjud-in/", collaborations.invite, name="invite_party"),
    path("<pid:org>/samverkan/<pid:collaboration>/diarienummer/", collaborations.diary_number, name="diary_number"),
    path(
        "<pid:org>/samverkan/<pid:collaboration>/inbjudan/<pid:invitation>/ta-tillbaka/",
        collaborations.withdraw_invitation,
        name="invitation_withdraw",
    ),
    path("<pid:org>/samverkan/<pid:collaboration>/gemensamt/", entries.joint_note, name="joint_note"),
    path("<pid:org>/samverkan/<pid:collaboration>/anteckning/", entries.write, name="entry_write"),
    path("<pid:org>/samverkan/<pid:collaboration>/anteckning/<pid:entry>/", entries.change, name="entry_change"),
    path("<pid:org>/samverkan/<pid:collaboration>/anteckning/<pid:entry>/dela/", entries.share, name="entry_share"),
    path(
        "<pid:org>/samverkan/<pid:collaboration>/anteckning/<pid:entry>/stryk/", entries.withdraw, name="entry_withdraw"
    ),
    path(
        "<pid:org>/samverkan/<pid:collaboration>/anteckning/<pid:entry>/versioner/",
        entries.history,
        name="entry_history",
    ),
    path("<pid:org>/samverkan/<pid:collaboration>/<str:which>.pdf", papers.collaboration_pdf, name="collaboration_pdf"),
    *urls_organisation.urlpatterns,
]
