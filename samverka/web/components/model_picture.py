"""The model as one picture: a path that winds through the room the two rings share, a stretch for each phase.

The picture is computed from the model, so that any model can be drawn. Places are in units of the drawing, as text: a
page scales them to its width, and on paper `unit` says how many points one is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from samverka.collaborations.workflow import STATE_LABELS
from samverka.processes.reading import ModelView, PhaseView, StepView

from .state_marks import MARKS

WIDTH = 1240
EDGE = 6  # from the outside to a ring's line
FLANK = 92  # what each ring has for itself, beside the shared room
CORNER_X, CORNER_Y = 230, 210  # how round the rings are
FIRST = 92  # from the top to the first stretch of path
PITCH = 113  # between two stretches
LAST = 104  # from the last stretch to the bottom
STOP_FROM, STOP_TO = 252, 988  # where a phase's first and last stop are
TURN = 1028  # where the path turns on the right; mirrored on the left
LINE = 19  # between two lines of a stop's name
LABEL = 172  # how wide a stop's name may be
BADGE = 21  # how wide the mark of a stop's state is
BADGE_X, BADGE_Y = 7, -25  # from a stop's middle to the corner of its mark
_WIDE, _NARROW = "mwMWÅÄÖABCDEFGHKNOPQRSTUVXYZ–", "iljtfrI.,:;!'() "


@dataclass(frozen=True)
class Line:
    """A line of a name, at its baseline."""

    y: str
    text: str


@dataclass(frozen=True)
class Badge:
    """The mark of a stop's state: its corner, its size, its drawing on a ground of 20 by 20, its words."""

    x: str
    y: str
    size: str
    state: str
    drawing: SafeString
    label: str


@dataclass(frozen=True)
class Stop:
    """A step on the path: where it is, what it is called, where it leads; in a diary also how far it has come."""

    x: str
    y: str
    step: StepView
    url: str
    lines: tuple[Line, ...]
    badge: Badge | None = None


@dataclass(frozen=True)
class Stretch:
    """A phase: its name over the start of its stretch, and its stops. `back`: it goes from right to left, and its
    name ends at x instead of beginning there. `said`: in a diary, where the phase stands.
    """

    phase: PhaseView
    x: str
    y: str
    back: bool
    stops: tuple[Stop, ...]
    said: str = ""


@dataclass(frozen=True)
class Picture:
    """All that is drawn; `public`, `civil`, `room`, `road` and `arrow` are outlines as SVG paths have them."""

    model: ModelView
    width: str
    height: str
    middle: str
    flank: str
    other_flank: str
    public: str
    civil: str
    room: str
    road: str
    arrow: str
    stretches: tuple[Stretch, ...]


def model_picture(
    model: ModelView,
    address: Callable[[StepView], str],
    unit: float = 1,
    *,
    states: Mapping[str, str] | None = None,
    said: Mapping[int, str] | None = None,
) -> Picture:
    """Return the picture of `model`; `address` gives where a step's stop leads, `unit` enlarges all of it.

    In a diary `states` says how far each step has come, by its code ("" for not begun), and `said` where each phase
    stands, by its number.
    """
    pen = Pen(unit)
    count = len(model.phases)
    bottom = FIRST + PITCH * (count - 1) + LAST
    left, right = EDGE + FLANK, WIDTH - EDGE - FLANK
    return Picture(
        model=model,
        width=pen(WIDTH),
        height=pen(bottom),
        middle=pen(bottom / 2),
        flank=pen(EDGE + FLANK / 2),
        other_flank=pen(WIDTH - EDGE - FLANK / 2),
        public=pen.ring(EDGE, right, bottom),
        civil=pen.ring(left, WIDTH - EDGE, bottom),
        room=pen.ring(left, right, bottom),
        road=pen.road(count),
        arrow=pen.arrow(count),
        stretches=tuple(
            _stretch(
                at, phase, lambda step, x, y: _stop(step, x, y, address(step), pen, states=states), pen, (said or {})
            )
            for at, phase in enumerate(model.phases)
        ),
    )


class Pen:
    """Writes places and outlines, enlarged by `unit`."""

    def __init__(self, unit: float) -> None:
        self.unit = unit

    def __call__(self, *places: float) -> str:
        """Write places with spaces between."""
        return " ".join(f"{place * self.unit:.5g}" for place in places)

    def ring(self, left: float, right: float, bottom: float) -> str:
        """Outline a ring: all corners, from the top edge down to `bottom`."""
        low, high, rx, ry = EDGE, bottom - EDGE, CORNER_X, CORNER_Y
        corner = f"A{self(rx, ry)} 0 0 1 "
        return (
            f"M{self(left + rx, low)}H{self(right - rx)}{corner}{self(right, low + ry)}V{self(high - ry)}"
            f"{corner}{self(right - rx, high)}H{self(left + rx)}{corner}{self(left, high - ry)}V{self(low + ry)}"
            f"{corner}{self(left + rx, low)}Z"
        )

    def road(self, phases: int) -> str:
        """Outline the path: straight along a phase, then half a circle to the next."""
        parts = [f"M{self(STOP_FROM - 44, FIRST)}"]
        for at in range(phases - 1):
            turn, sweep = (WIDTH - TURN, 0) if at % 2 else (TURN, 1)
            below = self(turn, FIRST + PITCH * (at + 1))
            parts.append(f"H{self(turn)}A{self(PITCH / 2, PITCH / 2)} 0 0 {sweep} {below}")
        end = STOP_TO + 44
        return "".join([*parts, f"H{self(end if phases % 2 else WIDTH - end)}"])

    def arrow(self, phases: int) -> str:
        """Outline the head at the end of the path."""
        tip, back = STOP_TO + 62, STOP_TO + 44
        if phases % 2 == 0:
            tip, back = WIDTH - tip, WIDTH - back
        y = FIRST + PITCH * (phases - 1)
        return f"M{self(back, y - 12)}L{self(tip, y)}L{self(back, y + 12)}"


def _stretch(
    at: int, phase: PhaseView, stop: Callable[[StepView, float, float], Stop], pen: Pen, said: Mapping[int, str]
) -> Stretch:
    """Every second phase goes back the other way, as the path does."""
    y, back = FIRST + PITCH * at, bool(at % 2)
    places = [WIDTH - x if back else x for x in _places(len(phase.steps))]
    stops = tuple(stop(step, x, y) for step, x in zip(phase.steps, places, strict=True))
    x = STOP_FROM - 19
    return Stretch(phase, pen(WIDTH - x if back else x), pen(y - 29), back, stops, said.get(phase.number, ""))


def _places(count: int) -> list[float]:
    """Return where the stops are along a stretch, evenly from end to end; one alone is in the middle."""
    if count < 2:
        return [WIDTH / 2] * count
    between = (STOP_TO - STOP_FROM) / (count - 1)
    return [STOP_FROM + between * place for place in range(count)]


def _stop(step: StepView, x: float, y: float, url: str, pen: Pen, *, states: Mapping[str, str] | None) -> Stop:
    lines = (Line(pen(y + 37 + LINE * number), text) for number, text in enumerate(wrapped(step.name, LABEL)))
    badge = _badge(states.get(step.code, ""), x, y, pen) if states is not None else None
    return Stop(pen(x), pen(y), step, url, tuple(lines), badge)


def _badge(state: str, x: float, y: float, pen: Pen) -> Badge:
    """A step that is not begun has words but no mark: the empty stop is the mark."""
    drawing = SafeString(MARKS[state] if state else "")
    return Badge(pen(x + BADGE_X), pen(y + BADGE_Y), pen(BADGE), state, drawing, str(STATE_LABELS[state]).lower())


def wrapped(text: str, width: float) -> list[str]:
    """Break `text` into lines of at most `width` units, at 17 units type, as even as can be; a word that is wider
    stays whole.
    """
    lines = _filled(text, width)
    tried = (_filled(text, narrower) for narrower in range(int(width), 0, -6))
    as_many = (other for other in tried if len(other) == len(lines))
    return min(as_many, key=lambda other: max(map(_width, other), default=0))


def _filled(text: str, width: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and _width(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def _width(text: str) -> float:
    """Estimate how wide `text` is in Source Sans 3: by kinds of letters, with room to spare."""
    return sum(12.5 if letter in _WIDE else 5.2 if letter in _NARROW else 9.1 for letter in text)
