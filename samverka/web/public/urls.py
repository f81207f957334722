"""Pages that anyone can read. Each file of views has its own lines."""

from django.urls import path

from samverka.web import converters  # noqa: F401  (registers <pid:…> and <name:…>)

from . import about, claims, corrections, front, invitations, organisations, places, prepare, roles, search, sink

urlpatterns = [
    path("", front.front, name="front"),
    path("sok/", search.search, name="search"),
    path("kod/", invitations.enter_code, name="enter_code"),
    path("inbjudan/", invitations.by_code, name="invitation_by_code"),
    path("inbjudan/<str:token>/", invitations.invitation, name="invitation"),
    path("forbered/", prepare.prepare, name="prepare"),
    path("forbered/dagordning/", prepare.prepare_agenda, name="prepare_agenda"),
    path("forbered/dagordning.pdf", prepare.prepare_agenda_pdf, name="prepare_agenda_pdf"),
    path("forbered/arbetsbok.<str:format>", prepare.prepare_workbook, name="prepare_workbook"),
    path("forbered/inbjudan/", prepare.prepare_invitation, name="prepare_invitation"),
    path("forbered/bjud-in/", prepare.prepare_start, name="prepare_start"),
    path("om/", about.about, name="about"),
    path("om/allman-handling/", about.public_documents, name="about_public_documents"),
    path("om/roller/", roles.roles, name="about_roles"),
    path("om/registrator/", about.registrars, name="about_registrars"),
    path("tillganglighet/", about.accessibility, name="accessibility"),
    path("integritet/", about.privacy, name="privacy"),
    path("kontakt/", about.contact, name="contact"),
    path("status/", about.status, name="status"),
    path("utveckling/post/", sink.mails, name="mail_sink"),
    path("utveckling/post/<str:mail>/", sink.mail, name="mail_sink_mail"),
    path("utveckling/post/<str:mail>/html/", sink.html, name="mail_sink_html"),
    path("organisationer/", organisations.organisations, name="organisations"),
    path("organisationer/ny/", organisations.organisation_add, name="organisation_add"),
    path("organisationer/ladda-ner.<str:format>", organisations.organisations_export, name="organisations_export"),
    path("organisationer/<pid:pid>/", organisations.organisation, name="organisation_by_id"),
    path("organisationer/<pid:pid>/stammer-inte/", corrections.organisation_correction, name="organisation_correction"),
    path("organisationer/<pid:pid>/foretrad/", claims.organisation_claim, name="organisation_claim"),
    path("organisationer/<pid:pid>/foretrad/kod/", claims.organisation_claim_code, name="organisation_claim_code"),
    path("organisationer/<pid:pid>/foretrad/fraga/", claims.organisation_claim_ask, name="organisation_claim_ask"),
    path("organisationer/<pid:pid>-<name:name>/", organisations.organisation, name="organisation"),
    path("platser/", places.places, name="places"),
    path("platser/<str:path>/", places.place, name="place"),
]
