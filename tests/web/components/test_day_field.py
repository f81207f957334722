"""Every day in a form is chosen in the browser's own calendar, and told in one way when it is wrong."""

import pytest
from django import forms

from samverka.web.components.day_field import day_field
from samverka.web.workspace.forms_collaborations import ShareForm
from samverka.web.workspace.forms_organisation import CloseUnitForm, UnitForm


@pytest.mark.parametrize(
    ("form", "name"), [(UnitForm, "valid_from"), (CloseUnitForm, "valid_to"), (ShareForm, "comments_until")]
)
def test_day_is_chosen_in_the_browsers_calendar(form: type[forms.Form], name: str) -> None:
    html = str(form(initial={name: "2027-03-12"})[name])
    assert 'type="date"' in html
    assert 'value="2027-03-12"' in html
    assert "Skriv så här" not in str(form()[name].help_text)


def test_day_that_is_none_is_told_with_an_example() -> None:
    class Form(forms.Form):
        when = day_field("När")

    assert Form({"when": "i morgon"}).errors["when"] == ["Skriv dagen som år-månad-dag, till exempel 2027-03-12."]
