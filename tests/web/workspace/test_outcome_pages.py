"""The pages of what the steps leave behind, through their addresses."""

import re
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from samverka.collaborations import actions
from samverka.collaborations.models import Commitment, Decision, Mandate, Outcome, Party
from samverka.organisations.models import Membership
from samverka.processes.reading import SHIPPED, published_model
from samverka.web.workspace.left_behind import left_behind_panel
from tests.collaborations.test_left_behind import CODES
from tests.people import person
from tests.web.workspace.pages import at, without_tags, words
from tests.world import World, client_of, seat_of

TODAY = timezone.localdate()


def panel(world: World, name: str, step: str) -> str:
    """What the panel of a step says to a named person."""
    html = render_to_string(
        "workspace/collaborations/_left_behind.html", left_behind_panel(seat_of(world.together, name), step)
    )
    return without_tags(html)


@pytest.mark.parametrize("name", ["karin", "rut", "yusuf"])
def test_panel_is_drawn_for_every_step(world: World, name: str) -> None:
    model = published_model(SHIPPED)
    assert model is not None
    for code in CODES:
        said = panel(world, name, code)
        step = model.step(code)
        assert step is not None
        assert step.leaves.label in said
        assert "None" not in said, code


def test_panel_tells_what_is_said_by_whom_and_who_reads_it(world: World) -> None:
    said = panel(world, "rut", "3.2")
    assert "Trettio barn varje tisdag" in said
    assert "Senast ändrat av Yusuf Provsson för Exempelby byalag" in said
    assert "Läses av: Exempelby kommun, Exempelby byalag och Grannby kommun (när de tackat ja)" in said
    assert "Ändra" not in said, "a registrar only reads"
    assert "Tidigare versioner" in said


def test_panel_shows_the_own_and_who_is_silent(world: World) -> None:
    said = panel(world, "karin", "3.1")
    assert "Kommunens behov" in said
    assert "Byalagets behov" not in said
    assert "Har inte delat något här än" in said
    assert "Dela med alla parter" in said
    assert "Kommunens behov" not in panel(world, "rut", "3.1")


def test_panel_puts_answers_beside_each_other_and_marks_the_widest_gap(world: World) -> None:
    karin = seat_of(world.together, "karin")
    answers = {"answers": {"dialogue": {"answer": "5"}, "quality": {"answer": "3", "comment": "Vi vet inte säkert."}}}
    actions.save_outcome(by=karin, step="6.3", values=answers, joint=False, version=0)
    said = panel(world, "karin", "6.3")
    assert "Dialog Här svarar ni mest olika" in said
    assert said.count("Här svarar ni mest olika") == 1
    assert "Stämmer dåligt Vi väntar på svar." in said
    assert "Stämmer helt" in said
    assert "Här svarar ni mest olika" not in panel(world, "yusuf", "6.3"), "the municipality has not shared its answers"


@pytest.mark.parametrize(
    ("step", "told"),
    [("4.2", "Öppna biblioteket"), ("5.2", "Öppna biblioteket"), ("6.1", "Öppna biblioteket"),
     ("2.2", "Karin Provsson"), ("4.5", "Vi är med"), ("7.1", "Vi är med"), ("2.5", "Kontakt: Yusuf Provsson"),
     ("2.4", "Inget diarienummer")],
)  # fmt: skip
def test_panel_shows_rows_of_their_own(world: World, step: str, told: str) -> None:
    assert told in panel(world, "yusuf", step)


def test_panel_of_the_first_commitment_has_those_that_came_up_there(world: World) -> None:
    assert "Öppna biblioteket" not in panel(world, "karin", "5.1")
    ours = [world.together.public_party.public_id]
    actions.make_commitment(by=seat_of(world.together, "karin"), what="Sätta upp lapp", owners=ours, question="5.1.2")
    assert "Sätta upp lapp" in panel(world, "karin", "5.1")


@pytest.mark.parametrize("code", CODES)
def test_form_is_filled_in_saved_and_read_again(world: World, karin: Client, code: str) -> None:
    """Every step of the model: the form opens, takes a value in every box, and shows it again."""
    path = at(world, f"dagbok/{code}/lamnar/")
    page = karin.get(path)
    if page.status_code == 302:
        assert code in {"2.2", "2.5", "4.5"}, "only where all of it is rows of their own"
        return
    form = page.context["form"]
    data = {"version": form["version"].value()} | {
        name: value_for(form, name) for name in form.fields if name != "version"
    }
    saved = karin.post(path, data)
    assert saved.status_code == 302, saved.context["form"].errors
    again = karin.get(path).context["form"]
    for name in form.fields:
        if name != "version":
            assert again[name].value() == data[name], name
    assert Outcome.objects.filter(step=code, changed_by=world.person("karin")).exists()


def value_for(form: Any, name: str) -> Any:
    """Something that fits in a field of the form."""
    field = form.fields[name]
    kind = type(field).__name__
    if kind == "DateField":
        return "2027-03-12"
    if kind == "MultipleChoiceField":
        return [field.choices[1][0]]
    return field.choices[1][0] if kind == "ChoiceField" else f"Något om {name}"


def test_each_text_box_of_the_form_names_its_readers_right_before_it(
    world: World, karin: Client, yusuf: Client
) -> None:
    for client, org, step, readers in (
        (karin, "municipality", "3.2", "Exempelby kommun, Exempelby byalag och Grannby kommun (när de tackat ja)"),
        (karin, "municipality", "3.1", "Exempelby kommun"),
        (yusuf, "association", "6.3", "Exempelby kommun, Exempelby byalag och Grannby kommun (när de tackat ja)"),
    ):
        page = client.get(at(world, f"dagbok/{step}/lamnar/", org=org)).content.decode()
        boxes = re.findall(r'class="outcome-form__part.*?<textarea', page, flags=re.DOTALL)
        assert boxes
        for box in boxes:
            said = " ".join(re.sub(r"<[^>]+>", " ", box).split())
            assert f"Läses av: {readers} " in said + " "


def test_form_carries_its_key_for_the_draft(world: World, karin: Client) -> None:
    for path, key in (
        ("dagbok/3.2/lamnar/", "o:3.2"),
        ("dagbok/6.3/lamnar/tillsammans/", "o:6.3j"),
        ("ataganden/ny/", "c:new"),
        (f"ataganden/{world.ids['commitment']}/andra/", f"c:{world.ids['commitment']}"),
    ):
        assert f'data-autosave="{key}"' in karin.get(at(world, path)).content.decode()


def test_form_says_what_is_wrong_first_and_keeps_what_was_typed(world: World, karin: Client) -> None:
    page = karin.post(at(world, "dagbok/3.2/lamnar/"), {"version": "2", "goal": "Nytt mål", "check_on": "i höst"})
    assert page.status_code == 422
    said = page.content.decode()
    assert said.index("error-summary") < said.index("Nytt mål")
    assert "Skriv dagen som år-månad-dag" in said
    assert "i höst" in said


def test_two_who_write_at_once_see_both_texts_and_can_save_again(world: World, karin: Client) -> None:
    page = karin.post(at(world, "dagbok/3.2/lamnar/"), {"version": "1", "goal": "Karins mål", "signs": "Kö"})
    assert page.status_code == 409
    said = words(page)
    assert "Yusuf Provsson sparade" in said
    assert "Trettio barn varje tisdag" in said
    assert "Karins mål" in said
    assert 'name="version" value="2"' in page.content.decode()
    assert "Läses av:" in said
    karin.post(at(world, "dagbok/3.2/lamnar/"), {"version": "2", "goal": "Karins mål", "signs": "Kö"})
    assert Outcome.objects.get(step="3.2").values["goal"] == "Karins mål"


def test_colleagues_who_answer_at_once_see_both_answers(world: World, yusuf: Client) -> None:
    page = yusuf.post(
        at(world, "dagbok/6.3/lamnar/", org="association"),
        {"version": "0", "dialogue_answer": "4", "dialogue_comment": "Bättre nu"},
    )
    assert page.status_code == 409
    assert "Dialog: Stämmer dåligt. Vi väntar på svar." in words(page)
    assert "Dialog: Stämmer bra. Bättre nu" in words(page)


def test_own_is_saved_and_shared_in_two_acts(world: World, karin: Client, yusuf: Client) -> None:
    path = at(world, "dagbok/3.1/lamnar/")
    sent = karin.post(path, {"version": "1", "needs": "Fler besökare", "then": "share"})
    outcome = Outcome.objects.get(public_id=world.ids["our_needs"])
    assert outcome.circle == "party"
    assert sent["Location"].endswith(f"/lamnar/{outcome.public_id}/dela/")
    page = karin.get(sent["Location"])
    assert "allmän handling" in words(page)
    assert "När du delar kan Exempelby byalag och Grannby kommun (när de tackat ja) läsa det." in words(page)
    assert "Fler besökare" not in panel(world, "yusuf", "3.1")
    karin.post(sent["Location"], {"version": "2"})
    assert "Fler besökare" in panel(world, "yusuf", "3.1")
    assert "Kommunens behov" not in words(
        yusuf.get(at(world, f"dagbok/3.1/lamnar/{outcome.public_id}/versioner/", org="association"))
    )


def test_preparation_fills_the_first_joint_form(world: World, karin: Client) -> None:
    Outcome.objects.create(
        collaboration=world.together.collaboration, party=world.together.public_party, step="3.3",
        values={"expected": "Att vi hämtar barnen"},
    )  # fmt: skip
    page = karin.get(at(world, "dagbok/3.3/lamnar/"))
    assert "Rutorna är ifyllda med er förberedelse" in words(page)
    assert "Att vi hämtar barnen" in words(page)
    assert "Att vi hämtar barnen" not in words(
        client_of(world.person("yusuf")).get(at(world, "dagbok/3.3/lamnar/", org="association"))
    )


def test_steps_of_rows_lead_to_their_pages(world: World, karin: Client) -> None:
    assert karin.get(at(world, "dagbok/2.2/lamnar/"))["Location"].endswith("/mandat/")
    assert karin.get(at(world, "dagbok/4.5/lamnar/"))["Location"].endswith("/beslut/")


@pytest.mark.parametrize("page", ["ataganden/ny/", "mandat/nytt/", "beslut/nytt/", "om/andra/"])
def test_days_are_chosen_in_a_calendar(world: World, karin: Client, page: str) -> None:
    html = karin.get(at(world, page)).content.decode()
    days = re.findall(r'<input[^>]*name="(?:due_on|valid_until|decided_on|answer_on|starts_on|ends_on)"[^>]*>', html)
    assert days
    assert all('type="date"' in day for day in days)


def test_mandates_stand_by_party_and_who_has_none_is_told(world: World, yusuf: Client) -> None:
    said = words(yusuf.get(at(world, "mandat/", org="association")))
    assert "Karin Provsson" in said
    assert "Lokalen på tisdagar" in said
    assert "Har inte skrivit något mandat än: Civilsamhällesorganisation: Exempelby byalag" in said


def test_mandate_is_written_changed_and_ended(world: World, yusuf: Client) -> None:
    data = {"person": "Yusuf", "may_promise": "5 000 kronor", "valid_until": "2027-04-01", "version": "0"}
    yusuf.post(at(world, "mandat/nytt/", org="association"), data)
    mandate = Mandate.objects.get(person="Yusuf")
    path = at(world, f"mandat/{mandate.public_id}/", org="association")
    yusuf.post(path, data | {"version": "1", "may_promise": "Ingenting"})
    conflict = yusuf.post(path, data | {"version": "1", "may_promise": "Allt"})
    assert conflict.status_code == 409
    assert "Ingenting" in words(conflict)
    yusuf.post(f"{path}avsluta/", {})
    assert "Ingenting" not in words(yusuf.get(at(world, "mandat/", org="association")))


@pytest.mark.parametrize(
    ("valid_until", "told"),
    [
        ("2027-12-31", "går ut före nästa val"),
        ("2031-01-01", "gäller till efter nästa val"),
        ("", "inget slutdatum"),
    ],
)
def test_decision_says_whether_it_outlives_the_mandate_period(
    world: World, karin: Client, valid_until: str, told: str
) -> None:
    Decision.objects.all().delete()
    data = {
        "what": "Vi är med", "decided_by": "Fritidsnämnden", "decided_on": TODAY.isoformat(), "reference": "FN 12",
        "valid_until": valid_until, "idempotency_key": "d1",
    }  # fmt: skip
    for _again in range(2):
        karin.post(at(world, "beslut/nytt/"), data)
    said = words(karin.get(at(world, "beslut/")))
    assert told in said
    assert "FN 12" in said
    assert "Nästa val till kommuner och regioner är 8 september 2030." in said
    assert Decision.objects.count() == 1


def test_elections_say_nothing_of_an_associations_decision(world: World, yusuf: Client) -> None:
    Decision.objects.all().delete()
    data = {"what": "Ja", "decided_by": "Styrelsen", "decided_on": TODAY.isoformat(), "valid_until": "2027-12-31"}
    yusuf.post(at(world, "beslut/nytt/", org="association"), data)
    assert "före nästa val" not in words(yusuf.get(at(world, "beslut/", org="association")))


def test_struck_decision_stays_with_its_reason(world: World, karin: Client, yusuf: Client) -> None:
    path = at(world, f"beslut/{world.ids['decision']}/stryk/")
    assert karin.post(path, {"reason": ""}).status_code == 422
    karin.post(path, {"reason": "Fel paragraf"})
    page = yusuf.get(at(world, "beslut/", org="association"))
    assert "<s>Vi är med</s>" in page.content.decode()
    assert "Fel paragraf" in words(page)


def test_alone_the_pages_say_that_one_waits_for_another(world: World, karin: Client) -> None:
    Party.objects.filter(pk=world.together.civil_party.pk).update(state="withdrawn")
    for model in (Commitment, Mandate, Decision):
        model.objects.all().delete()
    for page in ("ataganden/", "mandat/", "beslut/", "ataganden/ny/", "mandat/nytt/", "beslut/nytt/"):
        assert "tackat ja" in words(karin.get(at(world, page))), page
    data = {"what": "Ensam", "owners": [world.together.public_party.public_id]}
    assert karin.post(at(world, "ataganden/ny/"), data).status_code == 422
    said = words(karin.get(at(world, "dagbok/3.3/lamnar/")))
    assert "stannar hos er" in said
    assert "gå vidare till att dela" not in said


def test_purpose_of_a_preparation_says_who_will_read_it(world: World, karin: Client) -> None:
    Party.objects.filter(pk=world.together.civil_party.pk).update(state="withdrawn")
    assert "Läses av: Exempelby kommun och den ni bjuder in" in words(karin.get(at(world, "dagbok/1.1/lamnar/")))


def test_five_parties_are_counted_where_few_have_answered(world: World) -> None:
    village = world.together.village
    for number in range(4):
        organisation = village.association.__class__.objects.create(
            name=f"Förening {number}", kind="association", invented=True
        )
        Membership.objects.create(user=person(f"F{number}"), organisation=organisation, role="administrator")
        Party.objects.create(
            collaboration=world.together.collaboration,
            organisation=organisation,
            state="active",
            joined_at=timezone.now(),
        )
    said = panel(world, "karin", "6.3")
    assert "Ni läser svar från 1 av 6 parter." in said
    assert "Har inte delat något här än" not in said


def draft(world: World, key: str, base: int, **values: str) -> Any:
    return actions.save_draft(
        by=seat_of(world.together, "karin"), key=key, values=values, base_version=base, revision=0
    )


def test_form_begins_with_the_draft_and_saving_ends_it(world: World, karin: Client) -> None:
    draft(world, "o:3.2", 2, goal="Halvskrivet mål")
    page = karin.get(at(world, "dagbok/3.2/lamnar/"))
    assert "Halvskrivet mål" in words(page)
    assert "Halvskrivet mål" not in words(
        client_of(world.person("yusuf")).get(at(world, "dagbok/3.2/lamnar/", org="association"))
    )
    sent = {"version": "2", "goal": "Färdigt mål", "draft_key": "o:3.2", "draft_revision": "1"}
    karin.post(at(world, "dagbok/3.2/lamnar/"), sent)
    assert "Halvskrivet mål" not in words(karin.get(at(world, "dagbok/3.2/lamnar/")))


def test_draft_of_a_promise_keeps_who_was_ticked(world: World, karin: Client) -> None:
    both = [party.public_id for party in (world.together.public_party, world.together.civil_party)]
    draft(world, "c:new", 0, what="Halvt löfte", owners="\n".join(both))
    assert karin.get(at(world, "ataganden/ny/")).content.decode().count(" checked") == 2


@pytest.mark.parametrize(
    ("key", "base", "overtaken"), [("o:3.2", 1, True), ("o:3.2", 2, False), ("o:6.3j", 0, False), ("c:new", 0, False)]
)
def test_draft_is_told_when_somebody_else_has_saved(world: World, key: str, base: int, *, overtaken: bool) -> None:
    assert draft(world, key, base, goal="x").overtaken is overtaken


def test_draft_of_a_promise_is_told_too(world: World) -> None:
    assert draft(world, f"c:{world.ids['commitment']}", 7, what="x").overtaken


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("dagbok/3.2/lamnar/", {"version": "2", "goal": "Barnet 811228-9874 kommer"}),
        ("mandat/nytt/", {"version": "0", "person": "Karin", "take_home": "811228-9874"}),
        ("beslut/nytt/", {"what": "811228-9874", "decided_by": "Nämnden", "decided_on": "2026-11-01"}),
    ],
)
def test_personal_identity_number_is_asked_about_once(
    world: World, karin: Client, path: str, data: dict[str, str]
) -> None:
    page = karin.post(at(world, path), data)
    assert page.status_code == 422
    assert "verkar innehålla ett personnummer" in words(page)
    assert 'name="keep_numbers"' in page.content.decode()
    assert karin.post(at(world, path), data | {"keep_numbers": "on"}).status_code == 302
