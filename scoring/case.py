"""What is scored: the answers that count, in the order of the standard.

Points are Decimals. Of a standard in which a share may be an endless fraction (a sample's, or a
weight's below the elements) every number that scoring makes is a Fraction instead, made by
`Case.exact`: the two are reckoned with alike, but never mixed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple, cast

from schemes import Condition, Item, Scheme
from schemes.tree import Level
from scoring.answers import Answers
from scoring.applicability import Applicability, Status
from scoring.choices import Ratio
from scoring.wishes import OwnFinding

_ZERO = Decimal(0)


class Found(NamedTuple):
    """A finding that counts.

    times: how often; of one that is charged once, at most once. planned: found earlier and
    planned, so that it costs a part. amounts: what each one costs, where that is chosen.
    """

    condition: Condition
    times: int
    planned: int
    amounts: tuple[Decimal, ...] = ()

    def charged(self, points: Decimal, share: Decimal) -> Decimal:
        """What its rule names for an item of so many points; of a bonus, what it adds.

        share: of the deduction that a planned finding costs. Source: 003, 4.3.2.
        """
        condition = self.condition
        if condition.amount is not None:
            charged = sum(self.amounts, _ZERO)
        else:
            each = condition.deduct if condition.add is None else condition.add
            charged = (points if each is None else each) * (self.times + self.planned * share)
        return charged if condition.at_most is None else min(charged, condition.at_most)


_Findings = dict[str, list[Found]]
"""Findings that count, by item id, in the order of the standard."""


@dataclass(frozen=True)
class Case:
    """What is scored.

    bonuses: findings that add points, apart from the others. idle: ids of the conditions found
    that count for nothing here; once: of those that count once and were found more often; both
    by item id. found_on: items on which any was found that counts, now or earlier.
    """

    scheme: Scheme
    answers: Answers
    applies: Applicability
    findings: _Findings
    standing: _Findings
    bonuses: _Findings
    own: Mapping[str, Sequence[OwnFinding]]
    idle: Mapping[str, Sequence[str]]
    once: Mapping[str, Sequence[str]]
    found_on: Collection[str]

    @cached_property
    def zero(self) -> Decimal:
        """0 as a number that all others can be added to."""
        return self.exact(_ZERO)

    @cached_property
    def beside(self) -> frozenset[str]:
        """Items on which something was answered beside the standard's conditions."""
        return frozenset((*self.own, *self.answers.levels, *self.answers.ratios))

    @cached_property
    def answered(self) -> frozenset[str]:
        """Items on which anything was answered that could count, but for marks 已核查."""
        return frozenset((*self.found_on, *self.beside))

    def exact(self, points: Decimal) -> Decimal:
        """Points as a number of this case."""
        return cast(Decimal, Fraction(points)) if self.scheme.has_shares else points

    def sum(self, numbers: Iterable[Decimal]) -> Decimal:
        """The sum of numbers of this case."""
        return sum(numbers, self.zero)

    def found(self, item: Item) -> Sequence[Found]:
        """The findings on an item that count."""
        return self.findings.get(item.id, ())

    def stands(self, item: Item) -> Sequence[Found]:
        """What stays of them, whatever is decided and answered."""
        return self.standing.get(item.id, ())

    def added(self, item: Item) -> Sequence[Found]:
        """The bonuses found on an item that count."""
        return self.bonuses.get(item.id, ())

    def typed(self, item: Item) -> Sequence[OwnFinding]:
        """The user's own findings on an item that count."""
        return self.own.get(item.id, ())

    def level(self, item: Item) -> Level | None:
        """The level chosen of an item that applies."""
        chosen = self.answers.levels.get(item.id)
        return None if chosen is None or not self._counts(item) else item.level[chosen]

    def ratio(self, item: Item) -> Ratio | None:
        """What was found of the sample of an item that applies."""
        return self.answers.ratios.get(item.id) if self._counts(item) else None

    def _counts(self, item: Item) -> bool:
        return self.applies.status[item.id] is Status.APPLIES

    def chose(self, item: Item) -> bool:
        """Whether a level or a sample of the item was answered."""
        if item.id not in self.beside:
            return False
        return self.level(item) is not None or self.ratio(item) is not None

    def charges(self, item: Item) -> bool:
        """Whether a finding of any kind was made on an item that takes points."""
        if self.found(item):
            return True
        return item.id in self.beside and self._charges_beside(item)

    def surely_charges(self, item: Item) -> bool:
        """Whether one stays, whatever is decided and answered."""
        if self.stands(item):
            return True
        settled = item.id in self.beside and item.id not in self.applies.unsettled
        return settled and self._charges_beside(item)

    def _charges_beside(self, item: Item) -> bool:
        level, ratio = self.level(item), self.ratio(item)
        return (
            any(own.points for own in self.typed(item))
            or (level is not None and level.score < item.points)
            or (ratio is not None and ratio.failed > 0)
        )


def case_of(scheme: Scheme, answers: Answers, applies: Applicability, made: Sequence[str]) -> Case:
    """What is scored; findings on what does not apply are kept but count for nothing.

    made: ids of the conditions found, now or earlier, in the order of the standard.
    """
    found: _Findings = defaultdict(list)
    standing: _Findings = defaultdict(list)
    bonuses: _Findings = defaultdict(list)
    idle: dict[str, list[str]] = defaultdict(list)
    once: dict[str, list[str]] = defaultdict(list)
    found_on: set[str] = set()
    for condition_id in made:
        item, condition = scheme.conditions[condition_id]
        if not applies.counts(item, condition):
            idle[item.id].append(condition_id)
            continue
        found_on.add(item.id)
        if not condition.counted and answers.findings.get(condition_id, 0) > 1:
            once[item.id].append(condition_id)
        all_of_it, stays = _findings(answers, condition)
        if condition.add is not None:
            bonuses[item.id].append(all_of_it)
            continue
        if all_of_it.times or all_of_it.planned:
            found[item.id].append(all_of_it)
        if (stays.times or stays.planned) and applies.settled(item, condition):
            standing[item.id].append(stays)
    own: dict[str, list[OwnFinding]] = defaultdict(list)
    for typed in answers.own_findings:
        if applies.status[typed.item] is Status.APPLIES:
            own[typed.item].append(typed)
    return Case(scheme, answers, applies, found, standing, bonuses, own, idle, once, found_on)


def _findings(answers: Answers, condition: Condition) -> tuple[Found, Found]:
    """What was found now or was found earlier and is still there; and what of it is certain.

    What was found earlier and nobody has decided on may turn out to be rectified.
    """
    count = answers.findings.get(condition.id, 0)
    earlier = answers.earlier.get(condition.id)
    if not earlier:
        finding = _finding(condition, count, 0, answers.amounts.get(condition.id, ()))
        return finding, finding
    count += earlier.open
    return (
        _finding(condition, count + earlier.undecided, earlier.planned),
        _finding(condition, count, earlier.planned),
    )


def _finding(
    condition: Condition, count: int, planned: int, amounts: tuple[Decimal, ...] = ()
) -> Found:
    """Uncounted ones count once."""
    if not condition.counted:
        count = min(count, 1)
        planned = 0 if count else min(planned, 1)
    return Found(condition, count, planned, amounts)
