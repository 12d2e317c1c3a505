"""What a person answered, checked against the scheme it was answered for.

The shape is that of `answers.json` in the design; nothing is guessed, and every
problem names the key it was found under.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from schemes import Facet, Scheme
from schemes.tree import Choices
from scoring.choices import Ratio, amounts, levels, ratios
from scoring.problems import (
    MOST_PROBLEMS,
    AnswersError,
    Detail,
    Problem,
    ProblemKind,
    clipped,
    quoted,
)
from scoring.wishes import OwnFinding, Pin, efforts, own_findings, pins

MAX_COUNT = 1_000_000
"""Largest count a finding or a safety-record answer may have; more is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a self-assessment had found by one condition, and what has become of it since.

    count: how often it was found; of these, `rectified` (已整改) cost nothing in the
    re-assessment, `planned` (已计划未完成) a part, `open` (未整改) and those that nobody has
    decided on yet all of the deduction.
    """

    count: int
    rectified: int = 0
    planned: int = 0
    open: int = 0

    @property
    def undecided(self) -> int:
        """Of how many nobody has said what became of them."""
        return self.count - self.rectified - self.planned - self.open


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers that fit their scheme.

    findings: count per full condition id; only counts above 0.
    amounts: of conditions with an amount to choose, that of each occurrence, the largest first;
    `findings` has how many there are.
    levels: id of the level chosen, by item. ratios: what was looked at and failed, by item.
    reviewed: item ids, `<item id>/<group id>` of a part of one, or "all".
    earlier: in a re-assessment, the self-assessment's findings by full condition id.
    application: whether a condition of application is met, by its id; never scored.
    quick: ids as in `reviewed` that were answered 全部符合 in a preview; they count as reviewed in
    its range only, never in a score.
    own_findings: by id, only with counts above 0.
    effort: what putting one place right takes, by key; pins: what must or cannot be put right.
    Neither is scored; a key is a condition's id, `own:ID`, `level:ITEM`, `ratio:ITEM` or
    `earlier:CONDITION`.
    unknown: ids kept in a saved assessment that the scheme does not know; they count for
    nothing, and the result says so.
    """

    facets: Choices = field(default_factory=dict)
    performance: Mapping[str, int] = field(default_factory=dict)
    not_applicable: frozenset[str] = frozenset()
    reviewed: frozenset[str] | Literal["all"] = frozenset()
    findings: Mapping[str, int] = field(default_factory=dict)
    earlier: Mapping[str, Earlier] = field(default_factory=dict)
    application: Mapping[str, bool] = field(default_factory=dict)
    quick: frozenset[str] = frozenset()
    own_findings: tuple[OwnFinding, ...] = ()
    effort: Mapping[str, Decimal] = field(default_factory=dict)
    pins: Mapping[str, Pin] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    amounts: Mapping[str, tuple[Decimal, ...]] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)
    ratios: Mapping[str, Ratio] = field(default_factory=dict)

    def is_reviewed(self, item_id: str, group_id: str | None = None) -> bool:
        """Whether the user said that all of the item, or the group, has been looked at."""
        if self.reviewed == "all" or item_id in self.reviewed:
            return True
        return group_id is not None and f"{item_id}/{group_id}" in self.reviewed


_KEYS = (
    "scheme",
    "version",
    "facets",
    "performance",
    "not_applicable",
    "reviewed",
    "findings",
    "levels",
    "ratios",
    "earlier",
    "application",
    "quick",
    "own_findings",
    "effort",
    "pins",
)
_STATES = ("count", "rectified", "planned", "open")


def parse_answers(scheme: Scheme, raw: Any, former: Mapping[str, str] | None = None) -> Answers:
    """Check a decoded `answers.json` object against its scheme.

    former: ids that only an older version knows, with that version.
    Raises: AnswersError with every problem found.
    """
    return _Parser(scheme, former or {}).parse(raw)


class _Parser:
    def __init__(self, scheme: Scheme, former: Mapping[str, str]) -> None:
        self.scheme = scheme
        self.former = former
        self.problems: list[Problem] = []
        self.faults = 0

    def parse(self, raw: Any) -> Answers:
        if not isinstance(raw, dict):
            raise AnswersError([Problem("", ProblemKind.NO_OBJECT)])
        for key in sorted(raw.keys() - set(_KEYS), key=str):
            self.fault(str(key), ProblemKind.UNKNOWN_KEY, _KEYS)
        if raw.get("scheme") != self.scheme.id:
            self.fault("scheme", ProblemKind.OTHER_SCHEME, self.scheme.id)
        if raw.get("version", self.scheme.version) != self.scheme.version:
            self.fault("version", ProblemKind.OTHER_VERSION, self.scheme.version)
        own = own_findings(self, raw.get("own_findings", []))
        facets = dict(self._facets(raw.get("facets", {})))
        performance = self._performance(raw.get("performance", {}))
        not_applicable = self._not_applicable(raw.get("not_applicable", []))
        reviewed = self._reviewed(raw.get("reviewed", []))
        findings, chosen = self._findings(raw.get("findings", {}))
        answers = Answers(
            facets=facets,
            performance=performance,
            not_applicable=not_applicable,
            reviewed=reviewed,
            findings=findings,
            amounts=chosen,
            levels=dict(levels(self, raw.get("levels", {}))),
            ratios=dict(ratios(self, raw.get("ratios", {}))),
            earlier=dict(self._earlier(raw.get("earlier", {}))),
            application=dict(self._application(raw.get("application", {}))),
            quick=self._known("quick", raw.get("quick", []), self.scheme.is_reviewable),
            own_findings=tuple(one for one in own if one.count),
            effort=dict(efforts(self, raw.get("effort", {}), own)),
            pins=dict(pins(self, raw.get("pins", {}), own)),
        )
        if self.faults > len(self.problems):
            more = self.faults - len(self.problems)
            self.problems.append(Problem("", ProblemKind.MORE, (str(more),)))
        if self.problems:
            raise AnswersError(self.problems)
        return answers

    def _facets(self, raw: Any) -> Iterator[tuple[str, frozenset[str]]]:
        known = self.scheme.facet
        for name, chosen in self.mapping("facets", raw):
            key = f"facets.{name}"
            if name not in known:
                self.unknown(key, name, ProblemKind.UNKNOWN_FACET, tuple(known))
            elif isinstance(chosen, list) and all(isinstance(c, str) for c in chosen):
                yield name, self._options(key, known[name], chosen)
            else:
                self.fault(key, ProblemKind.NO_OPTIONS)

    def _options(self, key: str, facet: Facet, chosen: list[str]) -> frozenset[str]:
        known = [option.id for option in facet.options]
        for option in chosen:
            if option not in known:
                known_ids = tuple(known)
                self.unknown(key, option, ProblemKind.UNKNOWN_OPTION, clipped(option), known_ids)
        if not facet.many and len(set(chosen)) > 1:
            self.fault(key, ProblemKind.ONE_OPTION, str(len(set(chosen))))
        return frozenset(chosen)

    def _performance(self, raw: Any) -> dict[str, int]:
        known = {question.id: question for question in self.scheme.performance}
        yes_no = {name for name, question in known.items() if question.yes_no}
        if isinstance(raw, dict):  # yes and no may be written as such
            raw = {k: int(v) if k in yes_no and isinstance(v, bool) else v for k, v in raw.items()}
        counts = dict(
            self._counts("performance", raw, known.__contains__, ProblemKind.UNKNOWN_QUESTION)
        )
        for name in sorted(name for name in yes_no if counts.get(name, 0) > 1):
            self.fault(f"performance.{name}", ProblemKind.NO_YES_NO)
        return counts

    def _findings(self, raw: Any) -> tuple[dict[str, int], dict[str, tuple[Decimal, ...]]]:
        """How often each condition was found, and the amounts where one goes with each time."""
        counts: dict[str, int] = {}
        chosen: dict[str, tuple[Decimal, ...]] = {}
        for name, found in self.mapping("findings", raw):
            key = f"findings.{name}"
            if name not in self.scheme.conditions:
                self.unknown(key, name, ProblemKind.UNKNOWN_CONDITION)
                continue
            asked = self.scheme.conditions[name][1].amount
            if asked is not None:
                given = amounts(self, key, asked, found)
                if given:
                    chosen[name], counts[name] = given, len(given)
            elif self.counts_as(key, found) and found:
                counts[name] = found
        return counts, chosen

    def _earlier(self, raw: Any) -> Iterator[tuple[str, Earlier]]:
        if raw and not self.scheme.reassessment:
            self.fault("earlier", ProblemKind.NO_REASSESSMENT)
            return
        for name, states in self.mapping("earlier", raw):
            key = f"earlier.{name}"
            if name not in self.scheme.conditions:
                self.unknown(key, name, ProblemKind.UNKNOWN_CONDITION)
                continue
            before = self.faults
            counts = dict(
                self._counts(key, states, _STATES.__contains__, ProblemKind.UNKNOWN_STATE)
            )
            earlier = Earlier(**{"count": 0, **counts})
            if self.faults > before:
                continue
            if "count" not in counts or earlier.undecided < 0:
                self.fault(key, ProblemKind.EARLIER_SUM)
            elif earlier.count:
                yield name, earlier

    def _application(self, raw: Any) -> Iterator[tuple[str, bool]]:
        known = [requisite.id for requisite in self.scheme.application]
        for name, met in self.mapping("application", raw):
            key = f"application.{name}"
            if name not in known:
                self.unknown(key, name, ProblemKind.UNKNOWN_REQUISITE, tuple(known))
            elif met not in ("yes", "no"):
                self.fault(key, ProblemKind.NO_YES_OR_NO)
            else:
                yield name, met == "yes"

    def _not_applicable(self, raw: Any) -> frozenset[str]:
        ids = self._item_ids("not_applicable", raw)
        for item_id in sorted(ids):
            if self.scheme.items[item_id].na == "forbidden":
                self.fault("not_applicable", ProblemKind.NA_FORBIDDEN, item_id)
        return ids

    def _reviewed(self, raw: Any) -> frozenset[str] | Literal["all"]:
        if raw == "all":
            return "all"
        return self._known("reviewed", raw, self.scheme.is_reviewable)

    def _item_ids(self, key: str, raw: Any) -> frozenset[str]:
        return self._known(key, raw, self.scheme.items.__contains__)

    def _known(self, key: str, raw: Any, known: Callable[[str], bool]) -> frozenset[str]:
        if not isinstance(raw, list):
            self.fault(key, ProblemKind.NO_ITEMS)
            return frozenset()
        for item_id in raw:
            if not isinstance(item_id, str) or not known(item_id):
                self.unknown(key, item_id, ProblemKind.UNKNOWN_ITEM, quoted(item_id))
        return frozenset(i for i in raw if isinstance(i, str) and known(i))

    def _counts(
        self, key: str, raw: Any, known: Callable[[str], bool], unknown: ProblemKind
    ) -> Iterator[tuple[str, int]]:
        for name, count in self.mapping(key, raw):
            where = f"{key}.{name}"
            if not known(name):
                self.unknown(where, name, unknown)
            elif self.counts_as(where, count):
                yield name, count

    def counts_as(self, key: str, count: Any) -> bool:
        """Whether it is a count, a fault if not."""
        if isinstance(count, bool) or not isinstance(count, int):
            self.fault(key, ProblemKind.NO_INTEGER, quoted(count))
        elif count < 0:
            self.fault(key, ProblemKind.NEGATIVE, quoted(count))
        elif count > MAX_COUNT:
            self.fault(key, ProblemKind.COUNT_TOO_LARGE, str(MAX_COUNT))
        else:
            return True
        return False

    def mapping(self, key: str, raw: Any) -> Iterator[tuple[str, Any]]:
        """The pairs of what should be a mapping, a fault if it is none."""
        if not isinstance(raw, dict):
            self.fault(key, ProblemKind.NO_PAIRS)
            return
        yield from raw.items()

    def unknown(self, key: str, name: Any, kind: ProblemKind, *details: Detail) -> None:
        """A fault by an id that the scheme does not know, but an older version may."""
        self.fault(key, kind, *details, former=self.former.get(str(name)))

    def fault(
        self, key: str, kind: ProblemKind, *details: Detail, former: str | None = None
    ) -> None:
        """Remember a fault, of which the first are told one by one."""
        self.faults += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(clipped(key), kind, details, former=former))
