"""Addresses of our organisation's own pages: facts, units, offices, contacts, people, log."""

from django.urls import path

from samverka.web import converters  # noqa: F401  (registers <pid:…>)

from . import log, organisation, organisation_contacts, organisation_units, people

OURS = "<pid:org>/organisation/"

urlpatterns = [
    path(OURS, organisation.our_organisation, name="our_organisation"),
    path(f"{OURS}uppgifter/", organisation.our_facts, name="our_facts"),
    path(f"{OURS}verksamhet/", organisation.our_fields, name="our_fields"),
    path(f"{OURS}kan-och-behover/", organisation.our_offers, name="our_offers"),
    path(f"{OURS}kan-och-behover/<pid:offer>/ta-bort/", organisation.our_offer_withdraw, name="our_offer_withdraw"),
    path(f"{OURS}skydd/", organisation.our_protection, name="our_protection"),
    path(f"{OURS}stammer-inte/", organisation.our_corrections, name="our_corrections"),
    path(f"{OURS}stammer-inte/<pid:correction>/", organisation.our_correction, name="our_correction"),
    path(f"{OURS}enheter/", organisation_units.our_units, name="our_units"),
    path(f"{OURS}enheter/ny/", organisation_units.our_unit_add, name="our_unit_add"),
    path(f"{OURS}enheter/<pid:unit>/", organisation_units.our_unit, name="our_unit"),
    path(f"{OURS}enheter/<pid:unit>/avsluta/", organisation_units.our_unit_close, name="our_unit_close"),
    path(f"{OURS}funktioner/", organisation_units.our_functions, name="our_functions"),
    path(
        f"{OURS}funktioner/<pid:function>/bekrafta/",
        organisation_units.our_function_confirm,
        name="our_function_confirm",
    ),
    path(
        f"{OURS}funktioner/<pid:function>/ta-bort/",
        organisation_units.our_function_withdraw,
        name="our_function_withdraw",
    ),
    path(f"{OURS}kontakter/", organisation_contacts.our_contacts, name="our_contacts"),
    path(f"{OURS}kontakter/ny/", organisation_contacts.our_contact_add, name="our_contact_add"),
    path(f"{OURS}kontakter/<pid:contact>/", organisation_contacts.our_contact, name="our_contact"),
    path(
        f"{OURS}kontakter/<pid:contact>/bekrafta/",
        organisation_contacts.our_contact_confirm,
        name="our_contact_confirm",
    ),
    path(
        f"{OURS}kontakter/<pid:contact>/ta-bort/",
        organisation_contacts.our_contact_withdraw,
        name="our_contact_withdraw",
    ),
    path(f"{OURS}personer/", people.our_people, name="our_people"),
    path(f"{OURS}personer/bjud-in/", people.our_people_invite, name="our_people_invite"),
    path(f"{OURS}personer/begaran/<pid:claim>/", people.our_claim_answer, name="our_claim_answer"),
    path(f"{OURS}personer/<pid:membership>/roll/", people.our_person_role, name="our_person_role"),
    path(f"{OURS}personer/<pid:membership>/avsluta/", people.our_role_end, name="our_role_end"),
    path(f"{OURS}logg/", log.our_log, name="our_log"),
    path(f"{OURS}logg/ladda-ner.<str:format>", log.our_log_export, name="our_log_export"),
]
