"""What the index knows of a document: enough for lists and links, without opening it."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from state.documents.access import PRIVATE, Access
from state.documents.assessment import KeptDocument

MAX_FACTS = 4000
"""Characters of `facts` as JSON; an index is read in a moment because its lines are short."""

_UNREADABLE = "unreadable"
"""Among the facts of a line whose document cannot be read."""


@dataclass(frozen=True, slots=True)
class Line:
    """One document's line.

    kind, id, updated, group, title: of the document, see `KeptDocument`.
    standard, version: id and version of the standard, as far as there is one.
    total: a decimal string in the standard's unit. grade: its title, where one is met.
    reviewed, applicable: items, the progress. facts: a small object, by kind.
    blobs: hashes of the files it shows.
    access: whose it is and whether it is in the bin; storage fills it in.
    """

    kind: str
    id: str
    updated: datetime
    title: str
    group: str = ""
    standard: str | None = None
    version: str = ""
    total: str | None = None
    grade: str | None = None
    reviewed: int | None = None
    applicable: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    blobs: tuple[str, ...] = ()
    access: Access = PRIVATE

    def __post_init__(self) -> None:
        if len(json.dumps(dict(self.facts), ensure_ascii=False)) > MAX_FACTS:
            raise ValueError("the facts of a line are too long")

    @classmethod
    def of(cls, document: KeptDocument) -> "Line":
        """What a document alone says, without any figure."""
        standard, version = document.standard
        return cls(
            document.KIND,
            document.id,
            document.updated,
            document.title,
            document.group,
            standard,
            version,
            facts=document.facts,
            blobs=document.blobs,
        )

    @classmethod
    def nameless(cls, kind: type[KeptDocument], document_id: str, time_ns: int) -> "Line":
        """Of a file of which nothing is known but its name and its time."""
        updated = datetime.fromtimestamp(time_ns / 1e9, UTC)
        return cls(kind.KIND, document_id, updated, "无法读取的文件")

    @property
    def is_unreadable(self) -> bool:
        """Whether the document is damaged and has no good copy to go back to."""
        return bool(self.facts.get(_UNREADABLE))


@dataclass(frozen=True, slots=True)
class Query:
    """Which lines of one kind are asked for.

    holders: only what somebody with these names may see, and of the bin only what they own;
    None for all. own: of that, what they own, or what others shared; None for both.
    group: only what goes with this document. deleted: in the bin or not; None for
    both. search: a part of the title, whatever its case. offset, limit: which of them, the
    latest first.
    """

    holders: Collection[str] | None = None
    own: bool | None = None
    group: str | None = None
    deleted: bool | None = None
    search: str = ""
    offset: int = 0
    limit: int | None = None


EVERYTHING = Query()


@dataclass(frozen=True, slots=True)
class Found:
    """Lines of one page, the latest first, and how many there are on all pages.

    strangers: names of files in the data folder that are not ours.
    """

    lines: list[Line]
    count: int
    strangers: tuple[str, ...] = ()


def unreadable(line: Line) -> Line:
    """What is left of a line when its document is damaged for good: whose it was, and its name."""
    return replace(
        line,
        total=None,
        grade=None,
        reviewed=None,
        applicable=None,
        facts={_UNREADABLE: True},
    )
