"""Findings with the notes of their item."""

from collections.abc import Iterable, Iterator, Mapping

from scoring.result import Loss


def with_notes(
    losses: Iterable[Loss], *notes: Mapping[str, str]
) -> Iterator[tuple[Loss, list[str]]]:
    """Each loss with its item's texts, which stand beside the item's first loss only.

    notes: texts by item id, such as remarks; an absent one is empty.
    """
    noted = set[str]()
    for loss in losses:
        first = loss.item.id not in noted
        noted.add(loss.item.id)
        yield loss, [texts.get(loss.item.id, "") if first else "" for texts in notes]
