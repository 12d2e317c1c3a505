"""What to ask next in words, and as the JSON that other programs rely on."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from planning.next import Group, Preview
from scoring.numbers import fixed, text
from wording.grades import standing_words
from wording.numbers import PERCENT_PLACES, total_number


def preview_json(preview: Preview) -> dict[str, Any]:
    """The groups, as `next --json` prints them; numbers are decimal strings."""
    result = preview.result
    return {
        "groups": [
            {"id": group.id, "items": list(group.items), "swing": text(group.swing)}
            for group in preview.groups
        ],
        **{
            name: _total(preview, bound)
            for name, bound in (("low", result.low), ("high", result.high))
        },
    }


def _total(preview: Preview, bound: Decimal | None) -> str | None:
    return None if bound is None else total_number(preview.result.scheme, bound)


def group_words(preview: Preview, group: Group) -> str:
    """What is asked about: the title of an item, or of the section that the items stand in."""
    scheme = preview.result.scheme
    if group.id in scheme.items:
        return f"{group.id} {scheme.items[group.id].title}"
    section = scheme.path(group.items[0]).sections[-1]
    return f"{section.id} {section.title}"


def preview_lines(preview: Preview) -> Iterator[str]:
    """The range, and what to ask, widest swing first."""
    yield standing_words(preview.result)
    for group in preview.groups:
        yield f"{group_words(preview, group)}：{fixed(group.swing, PERCENT_PLACES)}"
