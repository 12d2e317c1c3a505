"""Which items count, given what the enterprise has."""

from enum import StrEnum

from schemes import Condition, Facet, Item, Scheme, Section
from schemes.tree import Choices, Part
from scoring.answers import Answers


class Status(StrEnum):
    """Why an item counts or does not."""

    APPLIES = "applies"
    PRUNED = "pruned"  # by an applicability question
    MARKED = "marked"  # 不适用, by the user's own mark
    NOT_CHOSEN = "not_chosen"  # another variant of its group was chosen


def statuses(scheme: Scheme, answers: Answers) -> dict[str, Status]:
    """Status of every item, in the order of the standard."""
    found: dict[str, Status] = {}
    for part in scheme.parts:
        for element in part.elements:
            _walk(element, answers, _fallen(part, answers), found)
    return found


def _fallen(node: Section | Item | Part, answers: Answers) -> Status | None:
    """Why a node falls away by what the enterprise has; None when it stands."""
    if node.applies_when.met(answers.facets):
        return None
    return Status.NOT_CHOSEN if node.variant_of else Status.PRUNED


def _walk(
    node: Section | Item, answers: Answers, above: Status | None, found: dict[str, Status]
) -> None:
    """`above`: the status a pruned ancestor imposes, None when all of them stand."""
    above = above or _fallen(node, answers)
    if isinstance(node, Section):
        for child in node.children:
            _walk(child, answers, above, found)
    elif above is not None:
        found[node.id] = above
    else:
        marked = node.id in answers.not_applicable
        found[node.id] = Status.MARKED if marked else Status.APPLIES


def unanswered(scheme: Scheme, answers: Answers) -> list[Facet]:
    """Applicability questions that make sense here and have no answer yet."""
    return [
        facet
        for facet in scheme.facets
        if facet.id not in answers.facets and facet.asked_when.met(answers.facets)
    ]


def visible_conditions(item: Item, choices: Choices) -> list[Condition]:
    """The item's conditions that make sense for what the enterprise has."""
    return [c for c in item.conditions if c.applies_when.met(choices)]
