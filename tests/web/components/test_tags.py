import datetime
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils import timezone, translation

from samverka.web.components import lists, words


def test_trail_puts_start_first_and_marks_the_page(draw):
    html = draw('{% trail "Organisationer" "/organisationer/" "Byalaget" %}')
    assert html.index('href="/"') < html.index('href="/organisationer/"') < html.index("Byalaget")
    assert '<span aria-current="page">Byalaget</span>' in html


def test_trail_in_english_leads_to_the_english_front_page(draw):
    with translation.override("en"):
        assert 'href="/en/"' in draw('{% trail "Here" %}')


def test_page_heading_has_one_h1_and_escapes(draw):
    html = draw("{% page_heading name %}", name="<b>Byalaget</b>")
    assert html.count("<h1>") == 1
    assert "&lt;b&gt;" in html


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "Ingen organisation"), (1, "En organisation"), (3, "Tre organisationer"), (1308, "1\xa0308 organisationer")],
)
def test_result_count_is_said_in_words(draw, count, said):
    text = '{% result_count n one="en organisation" many="{n} organisationer" none="ingen organisation" %}'
    assert said in draw(text, n=count)


def test_pagination_keeps_filters_and_says_where_one_is(draw):
    page = Paginator(range(612), 50).page(2)
    html = draw("{% pagination page %}", path="/organisationer/?q=by%C3%A5&sida=2", page=page)
    assert "Sida 2 av 13" in html
    assert 'href="?q=by%C3%A5&amp;sida=1" rel="prev"' in html
    assert 'href="?q=by%C3%A5&amp;sida=3" rel="next"' in html


def test_pagination_is_silent_on_a_single_page(draw):
    assert draw("{% pagination page %}", page=Paginator(range(3), 50).page(1)).strip() == ""


def test_chips_take_away_their_filter_and_start_paging_over():
    query = QueryDict("kommun=1280&kommun=0180&q=by&sida=3")
    chips = lists.chips(query, {"kommun": ("Kommun", {"1280": "Malmö stad"})})
    assert [(c.name, c.value, c.remove_url) for c in chips] == [
        ("Kommun", "Malmö stad", "?kommun=0180&q=by"),
        ("Kommun", "0180", "?kommun=1280&q=by"),
    ]


def test_chip_tells_what_the_link_does(draw):
    html = draw("{% filter_chips chips %}", chips=[lists.Chip("Kommun", "Malmö stad", "?")])
    assert "Ta bort filtret" in html
    assert "Kommun: Malmö stad" in html


def test_facet_folds_what_is_beyond_and_shows_what_is_chosen():
    query = QueryDict("omrade=c")
    facet = lists.facet(query, "omrade", "Område", [("a", "A", 1), ("b", "B", 2), ("c", "C", 3)], shown=1)
    assert [o.label for o in facet.first] == ["A", "C"]
    assert [o.url for o in facet.first] == ["?omrade=c&omrade=a", "?"]
    assert [o.label for o in facet.rest] == ["B"]


def test_table_says_its_columns_again_for_narrow_screens(draw):
    columns = [lists.Column("Namn", sorted="ascending", sort_url="?s=namn"), lists.Column("Antal", numeric=True)]
    rows = lists.rows(columns, [[lists.Cell("Byalaget", "/b/", "civil"), 3]])
    html = draw('{% data_table columns rows "Organisationer" %}', columns=columns, rows=rows)
    assert 'data-label="Antal" class="is-number"' in html
    assert 'aria-sort="ascending"' in html
    assert 'scope="row"' in html
    assert '<a href="/b/">Byalaget</a>' in html


def test_party_says_its_side_in_words_too(draw):
    assert "Civilsamhällesorganisation: </span>Byalaget" in draw('{% party "Byalaget" "civil" %}')


def test_facts_leave_out_what_is_not_known(draw):
    html = draw("{% facts pairs %}", pairs=[("Kommun", "Exempelby"), ("Telefon", ""), ("Antal", 0)])
    assert "Telefon" not in html
    assert "<dd>0</dd>" in html


def test_timeline_shows_days_and_moments(draw):
    at = timezone.make_aware(datetime.datetime(2027, 3, 12, 19, 4))
    items = [
        SimpleNamespace(when=datetime.date(2027, 2, 3), text="Bjöd in", side="public"),
        SimpleNamespace(when=at, text="Delade", side="shared"),
    ]
    html = draw("{% timeline items %}", items=items)
    assert '<time datetime="2027-02-03">3 februari 2027</time>' in html
    assert "12 mars 2027 kl. 19.04" in html


def test_moment_is_shown_in_stockholm_and_in_the_readers_language():
    at = datetime.datetime(2027, 7, 1, 20, 5, tzinfo=datetime.UTC)
    assert words.moment(at) == "1 juli 2027 kl. 22.05"
    with translation.override("en"):
        assert words.day(at) == "1 July 2027"
        assert words.clock(at) == "22:05"


def test_names_are_joined_as_a_sentence_does():
    assert words.names_in_words(["A", "B", "C"]) == "A, B och C"
    assert words.names_in_words([]) == ""


def test_language_tag_is_silent_in_the_readers_own_language(draw):
    assert draw('{% language_tag "sv" %}') == ""
    assert 'lang="en">English<' in draw('{% language_tag "en" %}')


def test_card_alert_and_voice_take_content(draw):
    assert "<p>hej</p>" in draw('{% card heading="Rubrik" url="/x/" level=3 %}<p>hej</p>{% endcard %}')
    assert 'role="alert"' in draw('{% alert "danger" "Fel" %}<p>hej</p>{% endalert %}')
    assert "voice--shared" in draw('{% voice "shared" "Tillsammans" %}<p>hej</p>{% endvoice %}')


def test_source_line_says_from_when_and_asks(draw):
    html = draw('{% source_line "SCB" day "/fel/" %}', day=datetime.date(2025, 12, 31))
    assert "Källa: SCB, 31 december 2025." in html
    assert '<a href="/fel/">Stämmer inte?</a>' in html


def test_unknown_icon_is_a_fault(draw):
    with pytest.raises(KeyError):
        draw('{% icon "finns-inte" %}')


def test_idempotency_key_is_new_each_time(draw):
    assert draw("{% idempotency_key %}") != draw("{% idempotency_key %}")


def test_long_address_breaks_before_its_signs_and_never_in_a_word(draw):
    html = draw("{{ a|breakable }}", a="anna.lång@exempel<b>.example")
    assert html == "anna<wbr>.lång<wbr>@exempel&lt;b&gt;<wbr>.example"
