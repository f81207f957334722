"""Figures of a round in words: what was found, who answered, what is missing."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samverka.organisations.enums import Kind
from samverka.questionnaires.enums import YES, NoAnswer, QuestionType
from samverka.surveys.enums import RoundSide
from samverka.surveys.figures import Figure, Group, Option
from samverka.surveys.measures import Numbers
from samverka.surveys.response_rate import REGISTER, UNKNOWN, Rate, ResponseRate
from samverka.surveys.results import NO_GROUP, TOGETHER
from samverka.surveys.series import ASSOCIATION, BOTH, MUNICIPALITY, REGION, Point, joined
from samverka.surveys.suppression import LEAST
from samverka.web.components.charts import percent
from samverka.web.components.words import names_in_words, number


def finding(figure: Figure) -> str:
    """Say what a figure found, in one sentence that can stand as a title."""
    if not figure.base:
        return _("Ingen har svarat på frågan ”{question}”").format(question=figure.whole_label)
    if figure.numbers and figure.question.type != QuestionType.SCALE:
        return _("{question} Medianen är {median}.").format(
            question=figure.whole_label, median=_said(figure.numbers.median)
        )
    if leading := _leading(figure):
        return leading
    return figure.whole_label


def _leading(figure: Figure) -> str:
    shown = [option for option in figure.options if option.share is not None]
    yes = next((option for option in shown if option.value == YES), None)
    if figure.question.type in {QuestionType.YES_NO, QuestionType.CALCULATED} and yes:
        said = _("{share} svarar ja: ”{question}”")
        return said.format(share=percent(yes.share), question=figure.whole_label)
    if not shown:
        return ""
    top = max(shown, key=lambda option: option.share or 0)
    return _("Vanligast: {option}, {share}. ”{question}”").format(
        option=top.label, share=percent(top.share), question=figure.whole_label
    )


def short(figure: Figure) -> str:
    """Say what a figure found where the question stands above."""
    if not figure.base:
        return _("Inga svar")
    if figure.numbers and figure.question.type != QuestionType.SCALE:
        return _("Median {median}, medelvärde {mean}, {base} svar").format(
            median=_said(figure.numbers.median), mean=_said(figure.numbers.mean), base=number(figure.base)
        )
    shown = [option for option in figure.options if option.share is not None]
    if not shown:
        return _("Visas inte: för få svar")
    top = next((option for option in shown if option.value == YES), None) or max(shown, key=lambda one: one.share or 0)
    return _("{option}: {share}, {of}").format(
        option=top.label, share=percent(top.share), of=of_words(top.count, figure.base)
    )


def of_words(count: int | None, base: int | None) -> str:
    """Say how many of how many: "34 av 192"; a dash where it is not shown."""
    if count is None:
        return "–"
    return number(count) if base is None else _("{count} av {base}").format(count=number(count), base=number(base))


def _said(value: float | None) -> str:
    return "–" if value is None else number(round(value, 2))


def who_answered(rate: ResponseRate, side: str) -> str:
    """Say how many answered: "192 av 290 kommuner (66 %) och 17 av 20 regioner (85 %) har svarat."."""
    if rate.by_kind and side == RoundSide.PUBLIC:
        parts = [_kind_rate(kind, one) for kind, one in sorted(rate.by_kind.items()) if one.asked]
        return _("{parts} har svarat.").format(parts=names_in_words(parts))
    if rate.whole.asked:
        said = _("{count} av {asked} föreningar ({share}) har svarat.")
        return said.format(
            count=number(rate.whole.answered), asked=number(rate.whole.asked), share=percent(rate.whole.share)
        )
    return ngettext("{count} svar.", "{count} svar.", rate.whole.answered).format(count=number(rate.whole.answered))


def _kind_rate(kind: str, rate: Rate) -> str:
    words = {Kind.MUNICIPALITY: _("kommuner"), Kind.REGION: _("regioner")}.get(Kind(kind), _("andra"))
    return _("{count} av {asked} {bodies} ({share})").format(
        count=number(rate.answered), asked=number(rate.asked or 0), bodies=words, share=percent(rate.share)
    )


def about_rate(rate: ResponseRate) -> str:
    """Say where the number of asked comes from, where that is not plain."""
    if rate.basis == REGISTER:
        return _(
            "Svaren är inlästa från en fil. Alla kommuner och regioner räknas som tillfrågade, och Gotland som kommun."
        )
    return _("Hur många som har fått frågan är inte känt.") if rate.basis == UNKNOWN else ""


def facts_of(figure: Figure) -> list[tuple[str, str]]:
    """Return what stands under a chart: base, missing, those who did not know, coverage, sources."""
    found = [(_("Bas"), _base(figure))]
    if figure.missing:
        found.append((_("Svarade inte på frågan"), number(figure.missing)))
    found += [(str(NoAnswer(kind).label), "–" if n is None else number(n)) for kind, n in figure.no_answers.items()]
    found.append((_("Svarsandel"), who_answered(figure.rate, figure.round.side)))
    if covered := figure.covers_all:
        said = _("{share} av svaren gäller hela kommunen eller regionen ({of}).")
        of = of_words(covered.answered, covered.asked)
        found.append((_("Täckning"), said.format(share=percent(covered.share), of=of)))
    if people := _people(figure):
        found.append((_("Invånare"), people))
    return found + _where_from(figure)


def _base(figure: Figure) -> str:
    if figure.question.type == QuestionType.SEVERAL:
        return _("{base} som valde minst ett alternativ").format(base=number(figure.base))
    return _("{base} som svarade på frågan").format(base=number(figure.base))


def _people(figure: Figure) -> str:
    yes = next((option for option in figure.options if option.value == YES and option.inhabitants is not None), None)
    if yes is None:
        return ""
    said = _("{share} av invånarna i de kommuner som svarade ja eller nej bor i en kommun som svarade ja.")
    return said.format(share=percent(yes.inhabitants))


def _where_from(figure: Figure) -> list[tuple[str, str]]:
    found = []
    if figure.question.source:
        found.append((_("Frågan kommer från"), figure.question.source))
    if figure.question.since:
        found.append((_("Ställd så sedan"), figure.question.since))
    return found


def group_label(group: Group) -> str:
    """Return what a group is called, those shown together and those that nobody knows too."""
    if group.value == TOGETHER:
        return ngettext("En liten grupp", "{n} små grupper tillsammans", group.size).format(n=number(group.size))
    return _("Uppgift saknas") if group.value == NO_GROUP else group.label


def option_said(option: Option, base: int) -> str:
    """Return what stands after a bar: the share and how many."""
    if option.share is None:
        return _("Visas inte")
    return f"{percent(option.share)} ({of_words(option.count, base)})"


def number_rows(numbers: Numbers) -> list[tuple[str, str]]:
    """Return the figures of numbers with what each is called."""
    names = {
        "mean": _("Medelvärde"), "median": _("Median"), "sd": _("Standardavvikelse"), "q1": _("Undre kvartil"),
        "q3": _("Övre kvartil"), "min": _("Minst"), "max": _("Mest"),
    }  # fmt: skip
    told = {name: getattr(numbers, name) for name in names}
    return [(names[name], _said(value)) for name, value in told.items() if value is not None]


def since_last(turnover: Rate | None, planned: int, came_about: Rate | None) -> list[str]:
    """Say what two rounds tell together: who answers anew, and what became of the plans."""
    said = []
    if turnover and turnover.asked:
        told = _("{share} har bytt svarande sedan förra omgången: {of} som svarade båda gångerna.")
        said.append(told.format(share=percent(turnover.share), of=of_words(turnover.answered, turnover.asked)))
    if planned:
        told = ngettext(
            "{n} planerade i förra omgången att utveckla stödet eller samverkan.",
            "{n} planerade i förra omgången att utveckla stödet eller samverkan.", planned,
        )  # fmt: skip
        said.append(told.format(n=number(planned)))
    if planned and came_about and came_about.asked:
        told = _("Av dem säger {of} att det blev av ({share}).")
        said[-1] += " " + told.format(
            of=of_words(came_about.answered, came_about.asked), share=percent(came_about.share)
        )
    return said


def rule_of_hiding() -> str:
    """Say the rule by which something is left out."""
    said = _(
        "Färre än {least} svar visas inte, så att ingen ska kunna kännas igen. Små grupper visas tillsammans. "
        "Där det behövs är fler tal borttagna, så att det som saknas inte går att räkna fram."
    )
    return said.format(least=number(LEAST))


def who_words(who: str) -> str:
    """Return whom a point of a series is about."""
    return {
        MUNICIPALITY: _("Kommuner"), REGION: _("Regioner"), BOTH: _("Kommuner och regioner"),
        ASSOCIATION: _("Föreningar"),
    }[who]  # fmt: skip


def described(options: Sequence[Option]) -> str:
    """Return the figures of bars as a text, for those who do not see them."""
    parts = [f"{option.label}: {percent(option.share)}" for option in options if option.share is not None]
    return ". ".join(parts)


def across_groups(figure: Figure, option: str, label: str, by: str) -> str:
    """Say how far apart the groups are, without saying which is first: it is no ranking."""
    shares = [one.share for g in figure.groups for one in g.options if one.value == option and one.share is not None]
    if len(shares) < 2:
        return _("{label}, efter {by}").format(label=label, by=by)
    said = _("{label}, efter {by}: mellan {low} och {high}")
    return said.format(label=label, by=by, low=percent(min(shares)), high=percent(max(shares)))


def through_years(points: Sequence[Point], label: str) -> str:
    """Say the first and last of what may be compared, else how many years there are figures for."""
    pairs = list(joined(list(points)))
    years = {point.year for point in points}
    if not pairs:
        return ngettext("{label}: ett år", "{label}: {n} år som inte går att jämföra rakt av", len(years)).format(
            label=label, n=number(len(years))
        )
    last = max((pair[1] for pair in pairs), key=lambda point: point.year)
    first = min((one for one, other in pairs if one.who == last.who), key=lambda point: point.year)
    return _("{label}, {who}: {first} år {from_year}, {last} år {to_year}").format(
        label=label, who=who_words(last.who).lower(), first=percent(first.share), from_year=first.year,
        last=percent(last.share), to_year=last.year,
    )  # fmt: skip
