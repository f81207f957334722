"""The workspace: the organisation one acts for stands first in every address."""

from django.urls import path

from . import collaborations, entries, invitations, overview, papers, urls_organisation

urlpatterns = [
    path("", overview.choose, name="workspace"),
    path("samverkan/<str:collaboration>/", overview.collaboration_by_id, name="collaboration_by_id"),
    path("<str:org>/", overview.overview, name="workspace_overview"),
    path("<str:org>/inbjudan/<str:invitation>/", invitations.answer, name="answer_invitation"),
    path("<str:org>/samverkan/", collaborations.our_collaborations, name="our_collaborations"),
    path("<str:org>/samverkan/ny/", collaborations.start, name="start_collaboration"),
    path("<str:org>/samverkan/<str:collaboration>/", collaborations.collaboration, name="collaboration"),
    path("<str:org>/samverkan/<str:collaboration>/bjud-in/", collaborations.invite, name="invite_party"),
    path("<str:org>/samverkan/<str:collaboration>/diarienummer/", collaborations.diary_number, name="diary_number"),
    path(
        "<str:org>/samverkan/<str:collaboration>/inbjudan/<str:invitation>/ta-tillbaka/",
        collaborations.withdraw_invitation,
        name="invitation_withdraw",
    ),
    path("<str:org>/samverkan/<str:collaboration>/gemensamt/", entries.joint_note, name="joint_note"),
    path("<str:org>/samverkan/<str:collaboration>/anteckning/", entries.write, name="entry_write"),
    path("<str:org>/samverkan/<str:collaboration>/anteckning/<str:entry>/", entries.change, name="entry_change"),
    path("<str:org>/samverkan/<str:collaboration>/anteckning/<str:entry>/dela/", entries.share, name="entry_share"),
    path(
        "<str:org>/samverkan/<str:collaboration>/anteckning/<str:entry>/stryk/", entries.withdraw, name="entry_withdraw"
    ),
    path(
        "<str:org>/samverkan/<str:collaboration>/anteckning/<str:entry>/versioner/",
        entries.history,
        name="entry_history",
    ),
    path("<str:org>/samverkan/<str:collaboration>/<str:which>.pdf", papers.collaboration_pdf, name="collaboration_pdf"),
    *urls_organisation.urlpatterns,
]
