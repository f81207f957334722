"""How far steps and phases have come, in words."""

from django.utils.translation import gettext, ngettext

from samverka.collaborations.queries import PhaseStanding, PhaseState
from samverka.collaborations.queries.phases import PhaseVoice
from samverka.collaborations.workflow import STATE_LABELS
from samverka.web.components.words import day, names_in_words

#: So many parties are named; of more it is said how many.
MOST_NAMED = 3


def state_words(state: str) -> str:
    """Return a step's state in words; "" is not begun."""
    return str(STATE_LABELS[state])


def phase_words(standing: PhaseStanding) -> str:
    """Return where a phase stands in a sentence: who says what, and who has not answered since when."""
    if standing.state == PhaseState.CONFIRMED:
        return gettext("Klar enligt alla parter")
    if standing.state == PhaseState.NOT_BEGUN:
        return gettext("Inte börjat")
    if standing.state == PhaseState.UNDER_WAY:
        return steps_done(standing)
    return _answers(standing)


def steps_done(standing: PhaseStanding) -> str:
    """Return how many of a phase's steps are done."""
    said = ngettext("{done} av {total} steg klart", "{done} av {total} steg klara", standing.done)
    return said.format(done=standing.done, total=standing.total)


def _answers(standing: PhaseStanding) -> str:
    """Join what is said; what is quoted ends its sentence, however the quotation ends."""
    not_yet, quoted = _not_yet(standing.not_yet)
    confirmed = gettext("klar enligt {names}").format(names=_names(standing.confirmed)) if standing.confirmed else ""
    # A comma stands between those of one answer; a semicolon before the next answer.
    others = "; ".join(part for part in (confirmed, _silence(standing)) if part)
    if not (not_yet and others):
        return _capital(not_yet or others)
    return f"{_capital(not_yet)} {_capital(others)}" if quoted else f"{_capital(not_yet)}; {others}"


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]


def _not_yet(voices: tuple[PhaseVoice, ...]) -> tuple[str, bool]:
    """Return who says that it is not done, and whether that is a whole sentence with their own words."""
    comment = voices[0].said.comment.strip() if len(voices) == 1 and voices[0].said else ""
    if comment:
        said = gettext("inte klar enligt {name}: ”{comment}”").format(name=voices[0].party.name, comment=comment)
        return said if comment[-1] in ".!?…" else f"{said}.", True
    return (gettext("inte klar enligt {names}").format(names=_names(voices)) if voices else ""), False


def _silence(standing: PhaseStanding) -> str:
    """Say who has not answered since when; where many have not, how many have."""
    silent = standing.silent
    if not silent:
        return ""
    if len(silent) > MOST_NAMED:
        answered = len(standing.voices) - len(silent)
        return gettext("{answered} av {all} har svarat sedan {day}").format(
            answered=answered, all=len(standing.voices), day=day(standing.asked_at)
        )
    return ", ".join(_has_not_answered(voice) for voice in silent)


def _has_not_answered(voice: PhaseVoice) -> str:
    if voice.asked_today:
        return gettext("{name} har inte svarat än").format(name=voice.party.name)
    return gettext("inget svar från {name} sedan {day}").format(name=voice.party.name, day=day(voice.asked_at))


def _names(voices: tuple[PhaseVoice, ...]) -> str:
    if len(voices) <= MOST_NAMED:
        return names_in_words([voice.party.name for voice in voices])
    return ngettext("{n} part", "{n} parter", len(voices)).format(n=len(voices))


def phase_label(standing: PhaseStanding) -> str:
    """Return a phase's state in two or three words, for where there is little room."""
    silent = len(standing.silent)
    return {
        PhaseState.NOT_BEGUN: gettext("inte börjat"),
        PhaseState.UNDER_WAY: ngettext("{done} av {total} klart", "{done} av {total} klara", standing.done).format(
            done=standing.done, total=standing.total
        ),
        PhaseState.NOT_YET: gettext("inte klar än"),
        PhaseState.ASKED: ngettext("väntar på {n} svar", "väntar på {n} svar", silent).format(n=silent),
        PhaseState.CONFIRMED: gettext("klar"),
    }[standing.state]
