from django import forms

from samverka.web.components.forms import error_links, field_view
from samverka.web.components.gallery import SampleForm


def test_required_fields_say_nothing_and_the_others_say_so(draw):
    html = draw("{% form_fields form %}", form=SampleForm())
    assert "Föreningens namn</label>" in html
    assert "Organisationsnummer" in html.split("(frivilligt)")[0]


def test_help_and_error_describe_the_input(draw):
    html = draw("{% form_fields form %}", form=SampleForm({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_error_summary_comes_first_and_links_to_the_inputs(draw):
    html = draw("{% form_fields form %}", form=SampleForm({}))
    assert html.index("error-summary") < html.index("<label")
    assert 'href="#id_name"' in html
    assert 'href="#id_answer_0"' in html
    assert "Tre saker behöver rättas" in html


def test_error_links_name_the_field_and_put_the_forms_own_first():
    class Pair(forms.Form):
        a = forms.CharField(label="Från")

        def clean(self):
            raise forms.ValidationError("Datumen krockar.")

    links = error_links(Pair({}))
    assert links[0] == ("", "Datumen krockar.")
    assert links[1][0] == "id_a"
    assert links[1][1].startswith("Från: ")


def test_text_that_is_too_long_is_told_in_plain_words_with_its_length():
    class Short(forms.Form):
        text = forms.CharField(label="Text", max_length=2_000)
        file = forms.FileField(label="Vilken fil?")

    form = Short({"text": "a" * 62_999})
    said = "Texten är för lång: 62\xa0999 tecken, högst 2\xa0000."
    assert field_view(form["text"]).errors == [said]
    links = [words for _target, words in error_links(form)]
    assert links[0] == f"Text: {said}"
    assert links[1].startswith("Vilken fil? ")


def test_radio_group_is_a_fieldset_with_a_label_for_each_choice(draw):
    html = draw("{% form_field form.answer %}", form=SampleForm())
    assert "<fieldset" in html
    assert '<label for="id_answer_0">Ja, gärna</label>' in html
    assert html.count('class="ds-input"') == 3


def test_hidden_field_has_no_label(draw):
    class Hidden(forms.Form):
        version = forms.IntegerField(widget=forms.HiddenInput)

    assert field_view(Hidden()["version"]).kind == "hidden"
    assert "<label" not in draw("{% form_fields form %}", form=Hidden())


def test_form_and_group_of_the_renderer_look_the_same(draw, settings):
    settings.FORM_RENDERER = "samverka.web.components.forms.FormRenderer"
    form = SampleForm(renderer=None)
    assert "ds-field" in draw("{{ form }}", form=form)
    assert "ds-field" in draw("{{ form.name.as_field_group }}", form=form)


def test_users_text_is_escaped(draw):
    html = draw("{% form_fields form %}", form=SampleForm({"name": '"><script>', "about": "</textarea><b>"}))
    assert "<script>" not in html
    assert "<b>" not in html


def test_what_is_left_out_is_asked_for_in_plain_words():
    class Form(forms.Form):
        why = forms.CharField(label="Varför?")
        kind = forms.ChoiceField(label="Slag", choices=[("", "Välj …"), ("a", "A")])
        file = forms.FileField(label="Fil")
        own = forms.CharField(label="Namn", error_messages={"required": "Skriv vad ni heter."})

    said = ["Varför? Skriv något här.", "Slag: Välj ett av svaren.", "Fil: Välj en fil.", "Namn: Skriv vad ni heter."]
    assert [message for _target, message in error_links(Form({}))] == said


def test_field_that_another_answer_asks_for_is_not_called_optional(draw):
    class Form(forms.Form):
        needed_by_choice = ("title",)
        title = forms.CharField(required=False)
        note = forms.CharField(required=False)

    assert "(frivilligt)" not in draw('{% form_fields form "title" %}', form=Form())
    assert "(frivilligt)" in draw('{% form_fields form "note" %}', form=Form())


def test_help_is_escaped(draw):
    class Form(forms.Form):
        number = forms.CharField(help_text="Till exempel <b>FN</b>")

    assert "Till exempel &lt;b&gt;FN&lt;/b&gt;" in draw("{% form_fields form %}", form=Form())
