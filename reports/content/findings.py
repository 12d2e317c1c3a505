"""Findings with the notes of their item."""

from collections.abc import Iterable, Iterator, Mapping

from scoring.findings import Finding


def with_notes(
    findings: Iterable[Finding], *notes: Mapping[str, str]
) -> Iterator[tuple[Finding, list[str]]]:
    """Each finding with its item's texts, which stand beside the item's first finding only.

    notes: texts by item id, such as remarks; an absent one is empty.
    """
    noted = set[str]()
    for finding in findings:
        item_id = finding.item.id
        first = item_id not in noted
        noted.add(item_id)
        yield finding, [texts.get(item_id, "") if first else "" for texts in notes]
