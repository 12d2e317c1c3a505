"""Two or more states of answers on one standard, side by side; as facts, without any word.

The states may be of different versions of the standard, of different years, and of different
enterprises. What they name is matched under the ids of the newest version among them. The first
state is what the others are held against.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from schemes import Library, Scheme
from schemes.heirs import Renames, heirs, heirs_from_elsewhere
from schemes.library import installed
from scoring.applicability import Status
from scoring.findings import Finding, findings_of
from scoring.result import ItemResult, PartResult, Result, SectionResult


class Became(StrEnum):
    """What became of a finding between the first state and the last."""

    NEW = "new"  # not found in the first, found in the last
    STILL = "still"  # found in both
    GONE = "gone"  # found before, and in the last looked at and not found
    UNSEEN = "unseen"  # found before, and in the last not looked at yet
    ABSENT = "absent"  # found before, and in the last not assessed: 不适用, or not in its version


@dataclass(frozen=True, slots=True)
class ComparedElement:
    """One element in each state, in the order of the states; None where its version has it not.

    id, title: as in the newest version that has it.
    """

    id: str
    title: str
    results: tuple[SectionResult | None, ...]

    @property
    def percents(self) -> tuple[Fraction | None, ...]:
        """Percentage by state; None where it is not there, or not applicable."""
        return tuple(None if r is None else r.percent for r in self.results)

    @property
    def percent_change(self) -> Fraction | None:
        """Percentage points from the first state to the last; None where either has none."""
        first, *_, last = self.percents
        return None if first is None or last is None else last - first

    @property
    def score_change(self) -> Decimal | None:
        """Marks from the first state to the last; None also where other marks count now."""
        first, *_, last = self.results
        if not first or not last or not first.applicable or first.full != last.full:
            return None
        return last.score - first.score

    @property
    def changed(self) -> bool:
        """Whether any two states differ in it."""
        return len({_standing(result) for result in self.results}) > 1


@dataclass(frozen=True, slots=True)
class ComparedFinding:
    """One finding in each state, in the order of the states; None where it was not found.

    element: id of its element, as in `ComparedElement`. item: its item's id.
    counts: how often it was found. An own finding (自填) is the same if its item and words are.
    """

    element: str
    item: str
    findings: tuple[Finding | None, ...]
    counts: tuple[int, ...]
    became: Became

    @property
    def shown(self) -> Finding:
        """The finding as in the latest state that has it."""
        return next(found for found in reversed(self.findings) if found is not None)


@dataclass(frozen=True, slots=True)
class ComparedPart:
    """The polygons of one radar: elements as axes, those that apply in at least one state.

    id, title: of the part, see `schemes.tree.Part`. A polygon is open where its percentage is None.
    """

    id: str
    title: str
    axes: tuple[ComparedElement, ...]

    @property
    def polygons(self) -> tuple[tuple[Fraction | None, ...], ...]:
        """By state the percentages of all axes."""
        return tuple(zip(*(axis.percents for axis in self.axes), strict=True))


@dataclass(frozen=True)
class Comparison:
    """States side by side.

    results: the states, in the order given. scheme: the newest version among them.
    elements: all but those of categories that no state chose. findings: in the order of the
    standard.
    """

    scheme: Scheme
    results: tuple[Result, ...]
    elements: tuple[ComparedElement, ...]
    findings: tuple[ComparedFinding, ...]
    parts: tuple[ComparedPart, ...]

    @property
    def totals(self) -> tuple[Decimal | None, ...]:
        """Rounded totals by state; None with nothing applicable."""
        return tuple(result.total for result in self.results)

    @property
    def total_change(self) -> Decimal | None:
        """From the first rounded total to the last; None where either has none."""
        first, *_, last = self.totals
        return None if first is None or last is None else last - first

    @cached_property
    def by_became(self) -> dict[Became, tuple[ComparedFinding, ...]]:
        """Findings by what became of them; what there is none of is there, empty."""
        return {b: tuple(f for f in self.findings if f.became is b) for b in Became}


def compare(results: Sequence[Result], library: Library = installed) -> Comparison:
    """Two or more results on one standard, the first as what the others are held against.

    library: where the versions between theirs are from.
    Raises: ValueError for fewer than two, or for two standards.
    """
    if len(results) < 2:
        raise ValueError("there is nothing to compare one state with")
    if len({result.scheme.id for result in results}) > 1:
        raise ValueError("states on different standards cannot be compared")
    newest, renames = _renames(results, library)
    elements = tuple(_elements(results, renames))
    findings = tuple(_findings(results, renames, newest))
    return Comparison(newest, tuple(results), elements, findings, tuple(_parts(results, elements)))


def _renames(
    results: Sequence[Result], library: Library
) -> tuple[Scheme, tuple[Renames | None, ...]]:
    """The newest version, and by state the way to it; None where it is that version."""
    schemes = {result.scheme.version: result.scheme for result in results}
    if len(schemes) == 1:
        return results[0].scheme, (None,) * len(results)
    history = library.history(results[0].scheme.id)
    places = {scheme.version: place for place, scheme in enumerate(history)}
    newest = max(schemes.values(), key=lambda scheme: places.get(scheme.version, -1))
    last = places.get(newest.version, -1) + 1
    ways: dict[str, Renames | None] = {newest.version: None}
    for version in schemes.keys() - {newest.version}:
        known = version in places
        ways[version] = heirs(history[places[version] : last]) if known else None
        if not known:
            ways[version] = heirs_from_elsewhere(newest)
    return newest, tuple(ways[result.scheme.version] for result in results)


def _elements(
    results: Sequence[Result], renames: Sequence[Renames | None]
) -> Iterable[ComparedElement]:
    found: dict[str, list[SectionResult | None]] = {}
    for place, (result, way) in enumerate(zip(results, renames, strict=True)):
        for element in result.elements:
            cells = found.setdefault(_heir(way, element), [None] * len(results))
            cells[place] = element
    newest = next(r for r, way in zip(results, renames, strict=True) if way is None)
    order = dict.fromkeys((*(element.section.id for element in newest.elements), *found))
    for cells in map(found.__getitem__, order):  # what only older versions have comes last
        chosen = any(item.status is not Status.NOT_CHOSEN for e in cells if e for item in e.items)
        if chosen:
            latest = next(e for e in reversed(cells) if e is not None).section
            yield ComparedElement(latest.id, latest.title, tuple(cells))


def _heir(way: Renames | None, element: SectionResult) -> str:
    section = element.section.id
    return section if way is None else way.section(section)


def _parts(
    results: Sequence[Result], elements: Sequence[ComparedElement]
) -> Iterable[ComparedPart]:
    """Parts in the order of the states, each with the axes that lie in it in the latest state."""
    parts: dict[str, PartResult] = {}
    for result in results:
        parts |= {part.part.id: part for part in result.all_parts}
    inside: dict[str, list[ComparedElement]] = {part: [] for part in parts}
    of_section = {
        id(element): part.part.id
        for result in results
        for part in result.all_parts
        for element in part.elements
    }
    for element in elements:
        if any(percent is not None for percent in element.percents):
            latest = next(r for r in reversed(element.results) if r is not None)
            inside[of_section[id(latest)]].append(element)
    for part_id, axes in inside.items():
        if axes:
            yield ComparedPart(part_id, parts[part_id].part.title, tuple(axes))


_Key = tuple[str, ...]


def _findings(
    results: Sequence[Result], renames: Sequence[Renames | None], newest: Scheme
) -> Iterable[ComparedFinding]:
    cells: dict[_Key, list[Finding | None]] = {}
    counts: dict[_Key, list[int]] = {}
    for place, (result, way) in enumerate(zip(results, renames, strict=True)):
        for found in findings_of(result):
            key = _finding_key(found, way, newest)
            cells.setdefault(key, [None] * len(results))[place] = found
            counts.setdefault(key, [0] * len(results))[place] += found.loss.count
    order = {item_id: place for place, item_id in enumerate(newest.items)}
    way = renames[-1]
    last = {i if way is None else way.item(i): item for i, item in results[-1].items.items()}
    for key in sorted(cells, key=lambda key: order.get(key[0], len(order))):
        latest = max(place for place, found in enumerate(cells[key]) if found)
        found = cells[key][latest]
        assert found is not None
        element = results[latest].scheme.path(found.item.id).element.id
        became = _became(cells[key], last.get(key[0]))
        yield ComparedFinding(element, found.item.id, tuple(cells[key]), tuple(counts[key]), became)


def _finding_key(found: Finding, way: Renames | None, newest: Scheme) -> _Key:
    """Item, and what was found on it: a condition's id, or the user's own words."""
    item, loss = found.item.id, found.loss
    own = ("own", loss.own.words) if loss.own else ("item",)
    named = (loss.condition.id,) if loss.condition else own
    if way is None:
        return item, *named
    if not loss.condition:
        return way.item(item), *named
    condition = way.condition(loss.condition.id)
    known = newest.conditions.get(condition)  # perhaps of another item by now
    return known[0].id if known else way.item(item), condition


def _became(cells: Sequence[Finding | None], there: ItemResult | None) -> Became:
    """there: the item in the last state."""
    if cells[-1] is not None:
        return Became.NEW if cells[0] is None else Became.STILL
    if there is None or not there.applicable:
        return Became.ABSENT
    return Became.GONE if there.reviewed else Became.UNSEEN


def _standing(result: SectionResult | None) -> tuple[Decimal, Decimal] | None:
    return None if result is None else (result.score, result.full)
