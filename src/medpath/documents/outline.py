"""Which of the places that may be headings are the headings: those whose order agrees best with the template's.

The template's order is a path: summary (1 to 10), annex II (A to E), labels, leaflets; a summary, a label
or a leaflet may begin anew (several strengths in one file). Each place brings its strength, each step
along the path has a price: nothing for the next section, more for sections left out, for a new
beginning, most for a step back. The path with the best sum is taken (dynamic programming over the
places). So a heading named in a sentence, in a list of contents or in a leaflet's steps ("1. Wash your
hands") is none, since it fits in no place of the path, and a weak place is one where its neighbours agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from medpath.documents.blocks import Block
from medpath.documents.headings import Place, full_text
from medpath.documents.qrd import ENTRIES, HEAD

State = tuple[str, int]  # part, place in its order (labels: the number)

_PART_ORDER = {"": 0, "smpc": 1, "annex-ii": 2, "labelling": 3, "package-leaflet": 4, "other": 5}
_REQUIRED = {part: [entry.order for entry in ENTRIES if entry.part == part and entry.required] for part in _PART_ORDER}
_LISTED = {"annex-ii", "package-leaflet"}  # the parts that begin with a list of their headings
_STEP_BACK = 5  # at most so many sections of the same summary
_NEVER = 1_000.0
_REPEATED = 8.0  # a heading that comes again must be as clear as that
_LINES = 4
_LINE = 150  # signs
_CONTENT = 5  # signs; a heading in a list has no text behind it


@lru_cache(maxsize=20_000)
def _price(before: State, after: State) -> float:
    part, order = after
    earlier, at = before
    if part != earlier:
        step = _PART_ORDER[part] - _PART_ORDER[earlier]
        if step < 0 and part == "smpc" and order:
            return _NEVER  # leaflets for professionals repeat sections of the summary
        price = 0.5 * (step - 1) if step > 0 else 4.0
        return price + _missing(earlier, at, 99, 3) + _missing(part, 0, order, 5)
    if part == "labelling":
        return 0.0 if order > at or order == 0 else (1.0 if order <= 2 else 2.0)
    if part == "other" or order == 0:
        return (1.0 if at else 0.0) + _missing(part, at, 99, 3)
    if order > at:
        return _missing(part, at, order, 8)
    if order == at:
        return 3.0 if order > 1 else 1.5
    anew = _anew(part, at, order)
    back = 2.0 + 0.7 * (at - order) if at - order <= _STEP_BACK else anew
    return min(anew, back)


def _anew(part: str, at: int, order: int) -> float:
    """The price of a new beginning. A leaflet that begins anew has its title or its section 1."""
    headless = 8.0 if part == "package-leaflet" and order > 1 else 0.0
    return 2.0 + headless + _missing(part, at, 99, 4) + _missing(part, 0, order, 6)


def _missing(part: str, after: int, before: int, most: float) -> float:
    return min(most, 0.6 * sum(after < order < before for order in _REQUIRED[part]))


def begins_anew(before: Place, after: Place) -> bool:
    """Whether a heading after another of its part begins a new summary, label or leaflet."""
    part, order = _state(after)
    _, at = _state(before)
    if order > at:
        return False
    if order == 0:
        return at > 0
    if order == at or part == "labelling":
        return order == 1 or (order <= 3 and at - order > _STEP_BACK)
    return at - order > _STEP_BACK or _anew(part, at, order) < 2.0 + 0.7 * (at - order)


def steps_back(before: Place, after: Place) -> bool:
    """Whether a heading after another is of an earlier section of the same summary, label or leaflet."""
    (part, at), (later, order) = _state(before), _state(after)
    return part == later and 0 < order < at and not begins_anew(before, after)


def choose(blocks: Sequence[Block], places: Sequence[Place]) -> list[Place]:
    """The headings among the places, in the order of the text."""
    listed = _in_contents(blocks, places)
    best: dict[State, tuple[float, _Step | None]] = {("", 0): (0.0, None)}
    for _, group in groupby(
        (place for index, place in enumerate(places) if index not in listed), lambda place: (place.block, place.start)
    ):
        arrivals: list[tuple[State, float, _Step]] = []
        for place in group:
            state = _state(place)
            score, step = max(
                (
                    (value - _price(before, state), step)
                    for before, (value, step) in best.items()
                    if before != state or place.strength >= _REPEATED
                ),
                key=lambda option: option[0],
            )
            arrivals.append((state, score + place.strength, (place, step)))
        for state, score, step in arrivals:
            if state not in best or score > best[state][0]:
                best[state] = (score, step)
    _, last = max(best.values(), key=lambda option: option[0])
    chosen: list[Place] = []
    while last is not None:
        chosen.append(last[0])
        last = last[1]
    return chosen[::-1]


def order_of(place: Place) -> int:
    """The place of a heading in the order of its part (of a label: its number)."""
    return _state(place)[1]


_Step = tuple[Place, "_Step | None"]


def _state(place: Place) -> State:
    if place.entry.part == "labelling" and place.number != HEAD:
        return "labelling", int(place.number)
    return place.entry.part, place.entry.order


def _in_contents(blocks: Sequence[Block], places: Sequence[Place]) -> set[int]:
    """The places that are lines of a list of contents.

    They follow each other closely in ascending order, and the same headings come again behind them.
    """
    lengths = [0]
    for block in blocks:
        cells = sum(len(cell) for row in block.rows for cell in row)
        lengths.append(lengths[-1] + len(full_text(block)) + cells)
    listed: set[int] = set()
    run: list[int] = []
    for index, place in enumerate(places):
        if place.entry.part not in _LISTED or place.number == HEAD:
            run = []
            continue
        if run and order_of(place) <= order_of(places[run[-1]]):
            listed.update(run if len(run) > 1 else ())
            run = []
        run.append(index)
        after = places[index + 1] if index + 1 < len(places) else None
        if after is None or after.entry.part != place.entry.part:
            gap = _LINE
        else:
            gap = lengths[after.block] + after.start - lengths[place.last] - place.end
        if gap >= _LINE:
            if len(run) >= _LINES and _comes_again(places, index, places[run[0]]):
                listed.update(run)
            run = []
        elif gap < _CONTENT:
            listed.add(index)
    return listed


def _comes_again(places: Sequence[Place], index: int, first: Place) -> bool:
    for place in places[index + 1 :]:
        if place.entry.part == first.entry.part and place.number == HEAD:
            return False
        if place.entry is first.entry:
            return True
    return False
