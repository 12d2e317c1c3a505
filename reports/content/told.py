"""What the tables of one assessment tell: its findings by item, and what was noted on them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from reports.content.blocks import Block, Document
from reports.content.shape import Shape, names_above
from reports.content.subject import Subject
from schemes import Item, Scheme
from scoring.applicability import Status
from scoring.findings import Finding, findings_of
from scoring.result import ItemResult, PartResult, Result
from wording.guidance import suggestion
from wording.labels import UNNAMED
from wording.tables import absence_words, finding_words, state_words

_LONG = 60
"""Characters of notes that a cell has room for; longer ones stand below the row."""

NOTES = ("备注", "证据")


@dataclass(frozen=True)
class Told:
    """A result with its subject."""

    result: Result
    subject: Subject

    @property
    def scheme(self) -> Scheme:
        """The standard."""
        return self.result.scheme

    @property
    def name(self) -> str:
        """Whose assessment it is."""
        return self.subject.profile.name or UNNAMED

    def document(
        self, title: str, blocks: Iterable[Block], head: str = "", *, wide: bool = False
    ) -> Document:
        """A document of these blocks: whose it is, by which standard, of which day.

        head: what stands on its pages beside the name, where that is not the title.
        """
        return Document(
            title,
            f"{self.name}　{head or title}",
            self.subject.made_on,
            tuple(blocks),
            name=self.name,
            about=(self.scheme.title, self.subject.made_on.isoformat()),
            logos=self.subject.logos,
            wide=wide,
        )

    @cached_property
    def shape(self) -> Shape:
        """What the standard's table looks like."""
        return Shape.of(self.scheme)

    @cached_property
    def findings(self) -> dict[str, list[Finding]]:
        """Findings by item id, in the order of the standard."""
        found: dict[str, list[Finding]] = {}
        for finding in findings_of(self.result):
            found.setdefault(finding.item.id, []).append(finding)
        return found

    @cached_property
    def parts(self) -> tuple[PartResult, ...]:
        """Parts with their elements as far as they are of the standard; see `is_listed`."""
        parts = (
            PartResult(p.part, tuple(e for e in p.elements if any(map(is_listed, e.items))))
            for p in self.result.all_parts
        )
        return tuple(part for part in parts if part.elements)

    @cached_property
    def absent(self) -> list[ItemResult]:
        """Items that do not apply, in the order of the standard; variants not chosen apart."""
        return [i for i in self.result.items.values() if is_listed(i) and not i.applicable]

    def above(self, item: Item) -> list[str]:
        """Number and title of everything over an item, as many as the table has levels."""
        return names_above(self.scheme, item, self.shape)

    def reason(self, item: ItemResult) -> str:
        """Why an item does not apply."""
        return absence_words(item, self.subject.reasons.get(item.item.id, ""))

    def suggestion(self, item_id: str) -> str:
        """How findings on an item are usually put right, labelled as ours; empty without guidance.

        Raises: as `schemes.guidance.guidance`.
        """
        return suggestion(self.scheme, item_id, self.subject.library) or ""

    def described(self, item: ItemResult) -> tuple[str, tuple[tuple[str, str], ...]]:
        """What was found on an item, as words of a cell and, with names, what stands below it."""
        if not item.applicable:
            return self.reason(item), ()
        item_id = item.item.id
        lines = [finding_words(finding) for finding in self.findings.get(item_id, ())]
        lines = lines or [state_words(item)]
        lines += [
            f"（{number}）{entry.text}：{'达到' if entry.met else '未达到'}"
            for number, entry in enumerate(self.subject.entries.get(item_id, ()), 1)
        ]
        below: list[tuple[str, str]] = []
        for name, note in self.notes(item_id):
            if long := long_note(name, note):
                below += long
            else:
                lines.append(f"{name}：{note}")
        return "\n".join(lines), tuple(below)

    def notes(self, item_id: str) -> Iterator[tuple[str, str]]:
        """Remark and evidence of an item with their names, as far as there are any."""
        for name, texts in zip(NOTES, (self.subject.remarks, self.subject.evidence), strict=True):
            if texts.get(item_id, "").strip():
                yield name, texts[item_id].strip()


def is_listed(item: ItemResult) -> bool:
    """Whether an item is of the standard at all: another variant of its group was not chosen."""
    return item.status is not Status.NOT_CHOSEN


def long_note(name: str, note: str) -> tuple[tuple[str, str], ...]:
    """A note with its name, where no cell has room for it; nothing where one has."""
    return ((name, note),) if len(note) > _LONG or "\n" in note else ()
