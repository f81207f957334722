"""The components as template tags: docs/reference/components.md says each with its parameters.

Thin: each tag hands its parameters to one template in templates/components/. Nothing is read from the page's own
context except the request, where paging and the workspace's band need the address.
"""

import datetime
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, gettext

from samverka.kernel.idempotency import FIELD, new_key
from samverka.surveys.waiting import is_asked
from samverka.web.components import forms, icons, lists, state_marks, words
from samverka.web.components.circles import CircleField, many_readers
from samverka.web.context import EDITORIAL_PAGES, local_path

register = template.Library()
register.filter("day", words.day)
register.filter("clock", words.clock)
register.filter("moment", words.moment)
register.filter("number", words.number)
register.filter("in_words", words.number_in_words)
register.filter("names", words.names_in_words)
register.filter("duration", words.duration)
register.filter("dialled", words.dialled)
register.simple_tag(icons.icon, name="icon")
register.simple_tag(icons.side_shape, name="side_shape")
register.simple_tag(state_marks.state_mark, name="state_mark")
register.simple_tag(local_path, name="local_path")


@register.filter
def breakable(address: str) -> SafeString:
    """Let an e-mail address that is too long for its line be broken before @ and full stops, never within a word."""
    parts = [part for part in re.split(r"(?=[@.])", address) if part]
    return format_html_join(SafeString("<wbr>"), "{}", ((part,) for part in parts))


def _draw(template_name: str, **context: Any) -> SafeString:
    return render_to_string(f"components/{template_name}.html", context)


# The page


@register.inclusion_tag("components/trail.html")
def trail(*parts: Any) -> dict[str, Any]:
    """Breadcrumbs from "label", "url" pairs and last the page's own label; "Start" is put first."""
    pairs = list(zip(parts[:-1:2], parts[1:-1:2], strict=True))
    return {"home": local_path("/"), "pairs": pairs, "here": parts[-1]}


@register.inclusion_tag("components/page_heading.html")
def page_heading(heading: str, lead: str = "", kicker: str = "") -> dict[str, Any]:
    """The page's only h1, with a line above (kicker) and a lead below."""
    return {"heading": heading, "lead": lead, "kicker": kicker}


@register.simple_tag
def drawing(name: str) -> SafeString:
    """A line drawing as decoration: table, hall or townhouse."""
    return render_to_string(f"components/drawings/{name}.svg")


@register.inclusion_tag("components/rings.html")
def rings(url: str = "") -> dict[str, Any]:
    """The picture of the model: two rings, and seven words on a path through the room they share."""
    return {"url": url}


@register.inclusion_tag("components/acting_band.html", takes_context=True)
def acting_band(context: template.Context) -> dict[str, Any]:
    """Whom one acts for, from the view's `acting` (organisations.queries.Acting), with the workspace's menu."""
    acting, site = context.get("acting"), context["site"]
    if acting is None:
        return {"organisation": None}
    units = [unit.name for unit in acting.units]
    return {
        "organisation": acting.organisation,
        "units": words.names_in_words(units),
        "items": site.workspace_nav(acting.organisation.public_id, is_asked=is_asked(acting)),
        "switch_url": site.workspace_url,
    }


@register.inclusion_tag("components/collaboration_band.html", takes_context=True)
def collaboration_band(context: template.Context) -> dict[str, Any]:
    """The menu of one collaboration, from the view's `seat` (collaborations.queries.Seat). A matter without a diary has
    one page and no menu.
    """
    seat, site = context["seat"], context["site"]
    if seat.model is None:
        return {"title": seat.collaboration.title, "items": []}
    items = site.collaboration_nav(seat.acting.organisation.public_id, seat.collaboration.public_id)
    return {"title": seat.collaboration.title, "items": items}


@register.simple_tag(takes_context=True)
def editorial_menu(context: dict[str, Any], page: Any) -> SafeString:
    """The host's menu on a page of the knowledge bank, where all kinds have the same address."""
    return nav_list(context["site"].editorial_nav_at(EDITORIAL_PAGES[page.kind]))


@register.simple_tag
def nav_list(items: Sequence[Any]) -> SafeString:
    """A menu's items (samverka.web.context.NavItem) as a list. Written out here: a page has four of them."""
    return SafeString(f'<ul class="nav-list">{"".join(map(_nav_item, items))}</ul>')


def _nav_item(item: Any) -> str:
    current = f' aria-current="{escape(item.current)}"' if item.current else ""
    return f'<li><a href="{escape(item.url)}"{current}>{escape(str(item.label))}</a></li>'


@register.simple_tag
@lru_cache(maxsize=200)
def asset(path: str) -> str:
    """The address of a static file that must not fail: used on the page for server errors."""
    try:
        return static(path)
    except ValueError:
        return f"/static/{path}"


# Buttons, cards, words


@register.inclusion_tag("components/button.html")
def button(  # noqa: PLR0917  (templates give them in order)
    text: str, kind: str = "primary", icon: str = "", color: str = "", name: str = "", value: str = "", form: str = ""
) -> dict[str, Any]:
    """A submit button. kind: primary, secondary or tertiary. color: danger, public, civil …"""
    return {"text": text, "kind": kind, "icon": icon, "color": color, "name": name, "value": value, "form": form}


@register.inclusion_tag("components/link_button.html")
def link_button(text: str, url: str, kind: str = "primary", icon: str = "", color: str = "") -> dict[str, Any]:
    """A link that looks like a button."""
    return {"text": text, "url": url, "kind": kind, "icon": icon, "color": color}


@register.simple_block_tag
def card(  # noqa: PLR0917  (templates give them in order)
    content: str, heading: str = "", url: str = "", side: str = "", kicker: str = "", level: int = 2
) -> SafeString:
    """A card; with `url` all of it is the link, with `side` it wears the side's colour and shape."""
    return _draw("card", content=content, heading=heading, url=url, side=side, kicker=kicker, level=level)


@register.inclusion_tag("components/door.html")
def door(door: Any, level: int = 2) -> dict[str, Any]:
    """A way in: an object with side, heading, text, link and label."""
    names = {"public": "townhouse", "civil": "hall", "shared": "table"}
    return {"door": door, "level": level, "drawing_name": names[door.side]}


@register.simple_block_tag
def alert(content: str, color: str = "info", heading: str = "", level: int = 2) -> SafeString:
    """A message in the page. color: info, success, warning or danger."""
    return _draw("alert", content=content, color=color, heading=heading, level=level)


@register.simple_block_tag
def empty_state(content: str, heading: str, drawing: str = "table", level: int = 2) -> SafeString:
    """Nothing here yet: a drawing and a sentence that says what to do."""
    return _draw("empty_state", content=content, heading=heading, drawing_name=drawing, level=level)


@register.simple_block_tag
def help_details(content: str, heading: str = "") -> SafeString:
    """Help that unfolds where it is needed; the heading is "Hjälp" unless given."""
    return _draw("help_details", content=content, heading=heading or gettext("Hjälp"))


@register.inclusion_tag("components/facts.html")
def facts(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Facts as (label, value); an empty value is left out."""
    return {"pairs": [(label, value) for label, value in pairs if value not in ("", None)]}


@register.inclusion_tag("components/timeline.html")
def timeline(items: Sequence[Any]) -> dict[str, Any]:
    """What has happened: objects with when (date or datetime), text and side (public, civil or shared)."""
    return {"items": [(item, isinstance(item.when, datetime.datetime)) for item in items]}


@register.simple_tag
def party(name: str, side: str, url: str = "") -> SafeString:
    """A party: its side's shape, the side in words for those who do not see it, its name."""
    said = {"public": gettext("Offentlig aktör"), "civil": gettext("Civilsamhällesorganisation")}[side]
    shown = format_html('<a href="{}">{}</a>', url, name) if url else name
    return format_html(
        '<span class="party" data-color="{}">{}<span><span class="visually-hidden">{}: </span>{}</span></span>',
        side, icons.side_shape(side), said, shown,
    )  # fmt: skip


@register.simple_tag
def status(text: str, color: str = "neutral", icon: str = "") -> SafeString:
    """A state in words on a ground: neutral, shared, success, warning, danger."""
    picture = icons.icon(icon) if icon else ""
    return format_html('<span class="ds-tag" data-color="{}">{}{}</span>', color, picture, text)


@register.simple_tag
def language_tag(code: str) -> SafeString:
    """The language a text is written in, by its own name; nothing when it is the reader's."""
    if code == words.language():
        return SafeString("")
    return format_html('<span class="language-tag" lang="{}">{}</span>', code, get_language_info(code)["name_local"])


@register.inclusion_tag("components/copy.html")
def copy_block(text: str, label: str) -> dict[str, Any]:
    """Text to copy; the button appears where scripts run. label names the text: "ärendemening"."""
    return {"text": text, "label": label}


@register.inclusion_tag("components/source.html")
def source_line(source: str, date: Any = None, wrong_url: str = "") -> dict[str, Any]:
    """Where a fact comes from and from when, with "Stämmer inte?"."""
    return {"source": source, "date": words.day(date), "wrong_url": wrong_url}


@register.inclusion_tag("components/saved.html")
def saved_at(when: datetime.datetime | None, id: str = "saved") -> dict[str, Any]:
    """When a text was last saved; an empty place for it before that."""
    return {"clock": words.clock(when), "id": id}


@register.inclusion_tag("components/qr.html")
def qr_image(data_uri: str, alt: str) -> dict[str, Any]:
    """A picture for a camera, as a data: address, with its text."""
    return {"data_uri": data_uri, "alt": alt}


@register.inclusion_tag("components/progress.html")
def progress(value: int, maximum: int, label: str, id: str = "progress") -> dict[str, Any]:
    """How far something has come, as a bar and in figures."""
    return {"value": value, "maximum": maximum, "label": label, "id": id}


# Lists


@register.inclusion_tag("components/search_form.html")
def search_form(  # noqa: PLR0917  (templates give them in order)
    url: str, label: str, value: str = "", name: str = "q", show_label: bool = True, keep: Any = ()
) -> dict[str, Any]:
    """A search by GET. keep: (name, value) pairs of the filters that stay."""
    return {"url": url, "label": label, "value": value, "name": name, "show_label": show_label, "keep": keep}


@register.inclusion_tag("components/chips.html")
def filter_chips(chips: Sequence[lists.Chip], clear_url: str = "?") -> dict[str, Any]:
    """The filters that are on, each a link that takes it away, and one that takes away all."""
    return {"chips": chips, "clear_url": clear_url}


@register.inclusion_tag("components/facets.html")
def facets(groups: Sequence[lists.Facet], level: int = 3) -> dict[str, Any]:
    """Facets with counts; each choice is an address that can be shared."""
    drawn = [
        (group, lists.draw_options(group.first), lists.draw_options(group.rest)) for group in groups if group.options
    ]
    return {"groups": drawn, "level": level}


@register.simple_tag
def result_count(count: int, one: str, many: str, none: str) -> SafeString:
    """How many, in words: one="en organisation", many="{n} organisationer", none="ingen organisation"."""
    return format_html('<p class="result-count" id="result-count">{}</p>', words.count_sentence(count, one, many, none))


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Any, name: str = "sida") -> dict[str, Any]:
    """Paging for a Django page object; `name` is the parameter. Nothing when there is one page."""
    query = context["request"].GET.copy()

    def address(number: int) -> str:
        query[name] = str(number)
        return f"?{query.urlencode()}"

    return {
        "page": page.number,
        "pages": page.paginator.num_pages,
        "previous": address(page.number - 1) if page.has_previous() else "",
        "next": address(page.number + 1) if page.has_next() else "",
    }


@register.inclusion_tag("components/data_table.html")
def data_table(columns: Sequence[lists.Column], rows: Sequence[lists.Row], caption: str) -> dict[str, Any]:
    """A table that becomes cards on a narrow screen; rows from samverka.web.components.lists.rows."""
    return {"columns": columns, "rows": rows, "caption": caption}


# Forms


@register.inclusion_tag("components/forms/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """Every error of a form, first on the page, each a link to its field. Nothing when there is none."""
    return {"links": forms.error_links(form) if form.is_bound else []}


@register.inclusion_tag("components/forms/fields.html")
def form_fields(form: BaseForm, only: str = "", summary: bool = True) -> dict[str, Any]:
    """A form's fields (those in `only`, names with spaces between), with the summary of errors before them."""
    chosen = only.split() if only else [bound.name for bound in form]
    return {"form": form, "fields": [forms.field_view(form[name]) for name in chosen], "summary": summary}


@register.inclusion_tag("components/forms/field.html")
def form_field(bound: BoundField) -> dict[str, Any]:
    """One field of a form: label, help, error, input."""
    return {"field": forms.field_view(bound)}


@register.simple_tag
def idempotency_key() -> SafeString:
    """The hidden field that lets a creating POST be sent twice and act once."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, new_key())


# The parties


@register.inclusion_tag("components/circle_field.html")
def circle_field(field: CircleField) -> dict[str, Any]:
    """A text box with its readers: samverka.web.components.circles.CircleField."""
    return {"field": field, "options": field.options, "about_url": local_path("/om/allman-handling/")}


@register.simple_tag
def read_by(names: Sequence[str], page: bool = False) -> SafeString:
    """The line "Läses av: …" by names of organisations; nobody named means only the reader. Many names unfold.

    `page`: it speaks of all that is written on the page, where the page speaks of other texts too.
    """
    return _read_by(words.names_in_words([str(name) for name in names]), many_readers(names), words.language(), page)


@register.simple_tag
def read_by_line(names: str, many: int) -> SafeString:
    """The same line, of names that have been joined; `many`: how many they are when they unfold, else 0."""
    return _read_by(names, many, words.language(), False)


@lru_cache(maxsize=1_000)
def _read_by(names: str, many: int, language: str, page: bool) -> SafeString:
    # A step may show the same line forty times.
    return _draw("read_by", names=names, many=many, page=page)


@register.simple_tag
def receipt(messages: Iterable[Any], at: str) -> SafeString:
    """What has just happened to the text at the anchor `at`: the page opens there, below the messages at its top."""
    told = [message for message in messages or () if message.extra_tags == at]
    return SafeString("".join(_draw("receipt", message=message) for message in told))


@register.simple_block_tag
def voice(  # noqa: PLR0917  (templates give them in order)
    content: str, side: str, name: str, meta: str = "", level: int = 3, silent: bool = False
) -> SafeString:
    """What one party says (public, civil) or what they say together (shared). silent: nothing has been said yet."""
    return _draw("voice", content=content, side=side, name=name, meta=meta, level=level, silent=silent)
