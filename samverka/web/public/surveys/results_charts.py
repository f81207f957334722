"""The charts of a page of results, each with its table."""

from typing import Any

from django.utils.translation import gettext as _

from samverka.surveys.background import NAMES, Background, name_of
from samverka.surveys.figures import Figure, Group
from samverka.surveys.results import RoundResults
from samverka.surveys.series import Point, joined
from samverka.surveys.weighting import Estimate, population_source
from samverka.web.components import charts
from samverka.web.components.charts import Bar, Dot, Key, Table, percent
from samverka.web.components.words import number

from . import results_words as words

_SHAPES = {"municipality": "circle", "region": "square", "both": "diamond", "association": "circle"}


def chart_of(figure: Figure) -> Any:
    """Return the bars of a figure's options; nothing for a figure of numbers."""
    if not figure.options:
        return ""
    table = Table(*option_table(figure))
    description = words.described(figure.options)
    return charts.bars(
        option_bars(figure), name="figur", title=words.finding(figure), description=description, table=table,
        note=margins(figure),
    )  # fmt: skip


def option_bars(figure: Figure) -> list[Bar]:
    """Return a bar for each option."""
    return [
        Bar(option.label, option.share, words.option_said(option, figure.base), option.low, option.high)
        for option in figure.options
    ]


def option_table(figure: Figure) -> tuple[list[str], list[list[str]]]:
    """Return headings and rows of a figure's options."""
    headings = [_("Svar"), _("Antal"), _("Andel")]
    rows = [[o.label, words.of_words(o.count, None), percent(o.share, 1)] for o in figure.options]
    if any(option.low is not None for option in figure.options):
        headings.append(_("Om alla hade svarat"))
        for row, option in zip(rows, figure.options, strict=True):
            row.append(f"{percent(option.low)}–{percent(option.high)}")
    if any(option.inhabitants is not None for option in figure.options):
        headings.append(_("Andel av invånarna"))
        for row, option in zip(rows, figure.options, strict=True):
            row.append(percent(option.inhabitants, 1))
    if any(option.estimate for option in figure.options):
        headings.append(_("Vägd andel"))
        for row, option in zip(rows, figure.options, strict=True):
            row.append(_weighted(option.estimate))
    return headings, rows


def _weighted(estimate: Estimate | None) -> str:
    if estimate is None:
        return "–"
    return (
        f"{percent(estimate.value)} ± {percent(estimate.margin)}"
        if estimate.margin is not None
        else percent(estimate.value)
    )


def margins(figure: Figure) -> str:
    """Say what is sure: in a census there is no margin of error, of a sample there is one where it can be said."""
    if figure.is_census:
        return _("Alla har fått frågan. Därför finns ingen felmarginal, bara bortfall.")
    if any(option.estimate for option in figure.options):
        said = _(
            "Den vägda andelen gäller alla föreningar som urvalet är draget ur. Felmarginalen är 95 procent, med "
            "korrektion för ändlig population (Cochran 1977)."
        )
        source = population_source(figure.round)
        return f"{said} {_('Antalet föreningar: {source}.').format(source=source.rstrip('.'))}" if source else said
    return _("Andelarna gäller dem som har svarat. De är inte vägda, och en felmarginal går inte att ange.")


def groups_of(results: RoundResults, figure: Figure, option: str, label: str) -> dict[str, Any] | None:
    """Return the chart of one option (or the median) group by group, or None where nothing is divided."""
    if not figure.by:
        return None
    title, source = groups_title(results, figure, option, label), groups_source(results, figure)
    return {"chart": _group_chart(figure, option, title, source), "title": title, "hidden": figure.groups_hidden}


def groups_title(results: RoundResults, figure: Figure, option: str, label: str) -> str:
    """Say what is divided by what."""
    is_background = figure.by in NAMES
    name = name_of(figure.by).lower() if is_background else f"”{_label_of(results, figure.by)}”"
    return words.across_groups(figure, option, label or figure.label, name)


def groups_source(results: RoundResults, figure: Figure) -> str:
    """Say which division it is and where it comes from; "" for one that is a question of the round."""
    grouping = Background(results.round).classes(figure.by).grouping if figure.by in NAMES else None
    if grouping is None:
        return ""
    name = grouping.name_sv if results.language == "sv" else grouping.name_en
    return _("Indelning: {name}. Källa: {source}.").format(name=name, source=grouping.source)


def _label_of(results: RoundResults, code: str) -> str:
    return next(
        results.definition.text(q.label, results.language) for q in results.definition.questions if q.code == code
    )


def _group_chart(figure: Figure, option: str, title: str, source: str) -> Any:
    if figure.groups_hidden or not figure.groups:
        return ""
    rows = group_bars(figure, option)
    description = ". ".join(f"{row.label}: {row.said}" for row in rows)
    table = Table(*group_table(figure))
    return charts.bars(rows, name="grupper", title=title, description=description, table=table, note=source)


def group_bars(figure: Figure, option: str) -> list[Bar]:
    """Return a bar for each group: the share of one option, or in words the median."""
    rows = []
    for group in figure.groups:
        own = next((one for one in group.options if one.value == option), None)
        said = words.option_said(own, group.base) if own else _median(group)
        rows.append(Bar(words.group_label(group), own.share if own else None, said))
    return rows


def _median(group: Group) -> str:
    if group.numbers is None or group.numbers.median is None:
        return _("Visas inte")
    return _("median {median} ({base} svar)").format(
        median=number(round(group.numbers.median, 2)), base=number(group.base)
    )


def group_table(figure: Figure) -> tuple[list[str], list[list[str]]]:
    """Return headings and rows of a figure's groups."""
    if not figure.options:
        names = [name for name, _said in words.number_rows(figure.numbers)] if figure.numbers else []
        rows = []
        for group in figure.groups:
            said = dict(words.number_rows(group.numbers)) if group.numbers else {}
            rows.append([words.group_label(group), number(group.base), *(said.get(name, "–") for name in names)])
        return [_("Grupp"), _("Bas"), *names], rows
    with_rate = any(group.rate for group in figure.groups)
    headings = [
        _("Grupp"),
        _("Bas"),
        *(option.label for option in figure.options),
        *([_("Svarsandel")] if with_rate else []),
    ]
    rows = []
    for group in figure.groups:
        cells = [
            f"{percent(o.share, 1)} ({words.of_words(o.count, group.base)})" if o.share is not None else "–"
            for o in group.options
        ]
        rate = [
            f"{percent(group.rate.share)} ({words.of_words(group.rate.answered, group.rate.asked)})"
            if group.rate
            else "–"
        ]
        rows.append([words.group_label(group), number(group.base), *cells, *(rate if with_rate else [])])
    return headings, rows


# Through the years


def trend_of(points: list[Point], title: str, name: str) -> Any:
    """Return the points through the years; nothing where there are none."""
    if not any(point.share is not None for point in points):
        return _only_table(points, title, name) if points else ""
    drawn = {id(point): _dot(point) for point in points if point.share is not None}
    lines = [(drawn[id(one)], drawn[id(other)]) for one, other in joined(points)]
    keys = {
        (dot.shape, dot.hollow): Key(dot.shape, dot.hollow, _key_words(point))
        for point in points
        if (dot := drawn.get(id(point)))
    }
    description = ". ".join(f"{point.year}, {words.who_words(point.who)}: {_share_words(point)}" for point in points)
    note = _("Punkter med olika definition hänger inte ihop och är inte dragna samman.")
    return charts.dots(
        list(drawn.values()), lines, list(keys.values()), name=name, title=title, description=description,
        table=_trend_table(points), note=note,
    )  # fmt: skip


def _only_table(points: list[Point], title: str, name: str) -> Any:
    return charts.dots([], [], [], name=name, title=title, description="", table=_trend_table(points))


def _dot(point: Point) -> Dot:
    return Dot(point.year, point.share or 0, _share_words(point), _SHAPES[point.who], point.found is None)


def _key_words(point: Point) -> str:
    who = words.who_words(point.who)
    return who if point.found else _("{who}, tidigare undersökningar").format(who=who)


def _share_words(point: Point) -> str:
    if point.share is None:
        return number(point.value or 0)
    said = percent(point.share, 0 if point.approx else 1)
    said = _("omkring {share}").format(share=said) if point.approx else said
    return f"{said} ({words.of_words(point.value, point.of)})" if point.value is not None and point.of else said


def _trend_table(points: list[Point]) -> Table:
    headings = [_("År"), _("Vilka"), _("Andel"), _("Definition"), _("Källa")]
    own = _("Frågan som den ställs här")
    rows = [
        [str(p.year), words.who_words(p.who), _share_words(p), ". ".join(t for t in (p.definition or own, p.note) if t),
         p.source or str(p.found)]
        for p in points
    ]  # fmt: skip
    return Table(headings, rows)
