"""Addresses of how a collaboration begins and ends, and of who is at the table."""

from django.urls import path

from samverka.web import converters  # noqa: F401  (registers <pid:…>)

from . import about, at_the_table, inviting, starting

OURS = "<pid:org>/samverkan/"
ONE = f"{OURS}<pid:collaboration>/"

urlpatterns = [
    path("gast/<pid:collaboration>/", at_the_table.guest_reading, name="guest_reading"),
    path(f"{OURS}ny/", starting.start, name="start_collaboration"),
    path(f"{OURS}forbered/", starting.prepare_alone, name="prepare_alone"),
    path(f"{OURS}pagaende/", starting.record_collaboration, name="record_collaboration"),
    path(f"{ONE}bjud-in/", inviting.invite, name="invite_party"),
    path(f"{ONE}inbjudan/<pid:invitation>/ta-tillbaka/", inviting.withdraw_invitation, name="invitation_withdraw"),
    path(f"{ONE}foljer-med/", inviting.take_along, name="take_along"),
    path(f"{ONE}om/", about.collaboration_about, name="collaboration_about"),
    path(f"{ONE}om/andra/", about.collaboration_facts, name="collaboration_facts"),
    path(f"{ONE}om/avsluta/", about.collaboration_end, name="collaboration_end"),
    path(f"{ONE}om/oppna/", about.collaboration_reopen, name="collaboration_reopen"),
    path(f"{ONE}om/kontakt/", at_the_table.collaboration_contact, name="collaboration_contact"),
    path(f"{ONE}om/gaster/ny/", at_the_table.guest_invite, name="guest_invite"),
    path(f"{ONE}om/gaster/<pid:guest>/avsluta/", at_the_table.guest_end, name="guest_end"),
    path(f"{ONE}om/parter/", at_the_table.named_parties, name="named_parties"),
    path(f"{ONE}om/parter/<pid:named>/", at_the_table.named_party, name="named_party"),
]
