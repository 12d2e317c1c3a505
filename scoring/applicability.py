"""Which items count, given what the enterprise has."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from schemes import Condition, Item, Scheme, Section
from schemes.tree import CheckGroup, Choices, Part
from scoring.answers import Answers


class Status(StrEnum):
    """Why an item counts or does not."""

    APPLIES = "applies"
    PRUNED = "pruned"  # by an applicability question
    MARKED = "marked"  # 不适用, by the user's own mark
    NOT_CHOSEN = "not_chosen"  # another variant of its group was chosen


@dataclass(frozen=True, slots=True)
class Applicability:
    """What applies.

    status: of every item, in the order of the standard.
    unsettled: items that stand as long as a question is not answered (待答), also marked 不适用.
    unchosen: elements that a variant waits in for such a question, and the parts that wait so.
    choices: options that may be had, see `possible`. given: those that were chosen.
    unanswered: ids of the questions asked that have no answer yet.
    """

    status: Mapping[str, Status]
    unsettled: frozenset[str]
    unchosen: frozenset[str]
    choices: Choices
    given: Choices
    unanswered: tuple[str, ...]

    def counts(self, item: Item, condition: Condition) -> bool:
        """Whether a finding on the item by the condition counts."""
        applies = self.status[item.id] is Status.APPLIES
        return applies and condition.applies_when.met(self.choices)

    def settled(self, item: Item, condition: Condition) -> bool:
        """Whether it counts whatever is answered to the questions that are still open."""
        return item.id not in self.unsettled and condition.applies_when.met(self.given)


def possible(scheme: Scheme, answers: Choices) -> Choices:
    """Options that the enterprise may have: those chosen and, of an unanswered question, all.

    A question is not asked where an earlier one was answered so that it makes no sense; an answer
    that it kept from before counts for nothing.
    """
    choices: dict[str, frozenset[str]] = {}
    for facet in scheme.facets:
        if facet.asked_when.met(choices):
            every = frozenset(option.id for option in facet.options)
            choices[facet.id] = answers.get(facet.id, every)
    return choices


def given(scheme: Scheme, answers: Choices) -> Choices:
    """The answers to questions that are asked."""
    return {
        facet_id: answers[facet_id] for facet_id in possible(scheme, answers) if facet_id in answers
    }


def applicability(scheme: Scheme, answers: Answers) -> Applicability:
    """What applies of the standard. An unanswered question leaves its items in, unsettled.

    Of a group of variants none stands before one is chosen.
    """
    choices, chosen = possible(scheme, answers.facets), given(scheme, answers.facets)
    walk = _Walk(scheme, choices, chosen, answers.not_applicable)
    for part in scheme.parts:
        walk.place = part.id
        status, settled = walk.node(part, None, True)
        for element in part.elements:
            if status is None and settled and not element.asks:
                continue  # nearly always
            walk.place = element.id
            walk.below(element, status, settled)
    return Applicability(
        walk.status,
        frozenset(walk.unsettled),
        frozenset(walk.unchosen),
        choices,
        chosen,
        tuple(name for name in choices if name not in answers.facets),
    )


class _Walk:
    place: str
    """The part or element that is walked through."""

    def __init__(
        self, scheme: Scheme, choices: Choices, chosen: Choices, marked: Collection[str]
    ) -> None:
        self.choices = choices
        self.chosen = chosen
        self.status = dict.fromkeys(scheme.items, Status.APPLIES)
        self.status |= {i: Status.MARKED for i in marked if i in self.status}
        self.unsettled: set[str] = set()
        self.unchosen: set[str] = set()

    def node(
        self, node: Section | Item | Part, above: Status | None, settled: bool
    ) -> tuple[Status | None, bool]:
        """Why a node falls away, None when it stands; and whether its questions are answered."""
        if above is not None:
            return above, settled
        sure = node.applies_when.met(self.chosen)
        may = sure or node.applies_when.met(self.choices)
        if sure or (may and not node.variant_of):
            return None, settled and sure
        if may:
            self.unchosen.add(self.place)
        return Status.NOT_CHOSEN if node.variant_of else Status.PRUNED, settled

    def below(self, node: Section | Item, above: Status | None, settled: bool) -> None:
        if node.applies_when.terms:
            above, settled = self.node(node, above, settled)
        if isinstance(node, Section):
            for child in node.children:
                self.below(child, above, settled)
        elif above is not None:
            self.status[node.id] = above
        elif not settled:
            self.unsettled.add(node.id)


def visible_conditions(item: Item, choices: Choices) -> list[Condition]:
    """The item's conditions that make sense for what the enterprise has or may have."""
    return [c for c in item.conditions if c.applies_when.met(choices)]


def visible_groups(item: Item, choices: Choices) -> list[CheckGroup]:
    """The headings of its checks that do."""
    return [group for group in item.groups if group.applies_when.met(choices)]
