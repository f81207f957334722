"""Dull organisations, with their index as the actions keep it."""

import itertools
from typing import Any

from samverka.organisations.indexing import store_index
from samverka.organisations.models import ActivityField, Contact, Function, Organisation, RegisterSource
from samverka.organisations.revision import touch_register
from samverka.places.models import Municipality

_numbers = itertools.count(1)


def organisation(
    name: str = "", *, kind: str = "association", place: str = "", fields: Any = (), **values: Any
) -> Organisation:
    """Return an organisation; `place` is a municipality's code, `fields` are ICNPO codes."""
    if place:
        values |= {"municipality_id": place, "county_id": Municipality.objects.get(pk=place).county_id}
    made = Organisation.objects.create(name=name or f"Förening {next(_numbers)}", kind=kind, **values)
    made.fields.set(ActivityField.objects.filter(scheme="icnpo", code__in=list(fields)))
    store_index(made)
    touch_register()
    return made


def protected_organisation(name: str = "Kvinnojouren Gryning") -> Organisation:
    """Return a protected organisation that has one of everything that may not show."""
    source = RegisterSource.objects.create(name="Kirunamarkör/FRI", municipality_id="2584", system="FRI")
    made = organisation(
        name,
        place="2584",
        protected=True,
        org_number="8024348610",
        org_number_status="valid",
        postal_code="981 99",
        postal_town="Ortmarkör",
        web_address="https://webbmarkor.example/",
        email="info@mejlmarkor.example",
        phone="0980-11 22 33",
        labels_stated=["Etikettmarkör"],
        umbrella_stated="Paraplymarkör",
        source=source,
        source_key="namn:x",
    )
    Contact.objects.create(
        organisation=made, name="Personmarkör Ek", role="Ordförande", email="p@personmarkor.example", public=True
    )
    Function.objects.create(organisation=made, kind="office", email="kansli@funktionsmarkor.example")
    made.identifiers.create(scheme="LOK", value="Nummermarkör")
    made.earlier_names.create(name="Kvinnojouren i Namnmarkör")
    store_index(made)
    return made


#: What is found nowhere that the public can see.
HIDDEN = [
    "Kiruna",
    "2584",
    "802434",
    "Ortmarkör",
    "webbmarkor",
    "mejlmarkor",
    "0980-11",
    "Etikettmarkör",
    "Paraplymarkör",
    "Namnmarkör",
    "Personmarkör",
    "personmarkor",
    "funktionsmarkor",
    "Nummermarkör",
    "Kirunamarkör",
    "981 99",
]
