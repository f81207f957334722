from django import forms

from samverka.web.components.circles import CircleField

COMMITTEE, VILLAGE = "Fritidsnämnden i Exempelby", "Exempelby byalag"


def field(**given):
    base = {
        "label": "Vad ska bli bättre?", "part": "Fritidsnämnden", "side": "public",
        "party_readers": [COMMITTEE], "all_readers": [COMMITTEE, VILLAGE],
    }  # fmt: skip
    return CircleField(**(base | given))


def test_nothing_is_chosen_before_the_writer_chooses(draw):
    html = draw("{% circle_field f %}", f=field())
    assert html.count('type="radio"') == 3
    assert "checked" not in html.replace("aria-checked", "")
    assert "Välj först vem som ska kunna läsa." in html


def test_readers_are_named_for_every_circle(draw):
    html = draw("{% circle_field f %}", f=field())
    assert "Läses av: bara du" in html
    assert f"Läses av: {COMMITTEE}<" in html
    assert f"Läses av: {COMMITTEE} och {VILLAGE}" in html
    assert "Bara vi i Fritidsnämnden" in html


def test_readers_stand_before_the_text_and_describe_it(draw):
    html = draw("{% circle_field f %}", f=field(help="Skriv kort.", errors=["Skriv något."]))
    assert html.index("Läses av:") < html.index("<textarea")
    assert 'aria-describedby="id_text_readers id_text_helptext id_text_error"' in html


def test_sharing_with_a_public_body_says_what_it_becomes(draw):
    html = draw("{% circle_field f %}", f=field())
    assert f"När du delar kan {VILLAGE} läsa det. Då blir det en allmän handling" in html
    assert 'href="/om/allman-handling/"' in html


def test_sharing_without_a_public_body_promises_no_public_record(draw):
    html = draw("{% circle_field f %}", f=field(public_record=False))
    assert "allmän handling" not in html


def test_chosen_and_closed_circles_show(draw):
    html = draw("{% circle_field f %}", f=field(selected="party", closed=["me"]))
    assert 'value="party" checked' in html
    assert 'value="me" disabled' in html


def test_it_is_built_from_a_form_with_what_was_sent(draw):
    class EntryForm(forms.Form):
        circle = forms.ChoiceField(choices=[("me", ""), ("party", ""), ("all", "")])
        text = forms.CharField(label="Er anteckning")

    form = EntryForm({"circle": "", "text": "  </textarea> "})
    form.is_valid()
    built = CircleField.from_form(form, part="Byalaget", side="civil", party_readers=[VILLAGE], all_readers=[VILLAGE])
    assert built.circle_errors
    html = draw("{% circle_field f %}", f=built)
    assert 'aria-describedby="id_circle_error"' in html
    assert "&lt;/textarea&gt;" in html


def test_read_by_names_the_readers_or_only_oneself(draw):
    assert f"Läses av: {COMMITTEE} och {VILLAGE}" in draw("{% read_by n %}", n=[COMMITTEE, VILLAGE])
    assert "Läses av: bara du" in draw("{% read_by n %}", n=[])


def test_many_readers_are_counted_and_unfold(draw):
    page = draw("{% read_by n %}", n=[f"Förening {number}" for number in range(40)])
    assert page.index("<summary") < page.index("Läses av: 40 parter") < page.index("</summary>")
    assert "Förening 38 och Förening 39" in page


def test_many_readers_of_a_circle_unfold_too(draw):
    html = draw("{% circle_field f %}", f=field(all_readers=[COMMITTEE, *(f"Förening {n:02}" for n in range(39))]))
    assert "Läses av: 40 parter" in html
    assert html.count("Förening 37 och Förening 38") == 1
    assert "När du delar kan de 39 andra parterna läsa det." in html
