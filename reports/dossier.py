"""The whole dossier of a project: a ZIP with a folder for each phase and an index of everything."""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from beside.telling import steps
from process import Deliverable, Phase, Standing, Step
from reports.content.blocks import Block, Document, Heading, Row, RowKind, Table, Text
from reports.content.papers.ground import Ground
from reports.content.papers.pieces import columns, guide
from reports.documents import file_stem
from reports.papers import offered
from reports.workbook.lists import lists_xlsx
from state.documents.project import Attachment, Record
from wording.labels import UNNAMED
from wording.papers import lack_words, owner_words
from wording.projects import STANDINGS

INDEX = "目录.xlsx"

Content = Callable[[Attachment], bytes | None]
"""The content of an attached file; None where it cannot be read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the dossier has of a step or a deliverable.

    one: None for a step. made: the paper's place in the ZIP, if it can be made. files: attached,
    each with its place, which is empty for a link and for what cannot be read.
    """

    phase: Phase
    step: Step
    one: Deliverable | None
    record: Record
    made: str
    files: tuple[tuple[Attachment, str], ...]

    @property
    def there(self) -> bool:
        """Whether nothing is missing: not needed, or a file or link shows it."""
        if self.record.standing is Standing.NOT_NEEDED:
            return True
        return any(place or file.link for file, place in self.files)


class Counts(NamedTuple):
    """Deliverables that are shown by a file or link, only made by this program, or missing."""

    there: int
    made: int
    missing: int


def counts(ground: Ground, *, figures: bool) -> Counts:
    """How many there are of each, without making anything. figures: as in `entries`."""
    papers = [e for e in entries(ground, figures=figures) if e.one is not None]
    there = sum(entry.there for entry in papers)
    made = sum(bool(entry.made) and not entry.there for entry in papers)
    return Counts(there, made, len(papers) - there - made)


def entries(ground: Ground, *, figures: bool) -> Iterator[Entry]:
    """Every step with something attached, and every deliverable, in the order of the process.

    figures: whether there is a snapshot that papers can be made of.
    """
    for number, phase in enumerate(ground.process.phases, 1):
        folder = f"{number} {file_stem(phase.title)}"
        for place, step in enumerate(phase.steps, 1):
            for nth, one in enumerate((None, *step.deliverables)):
                name = f"{number}.{place}" + (f".{nth}" if nth else "")
                record = ground.project.records.get((one or step).id, Record())
                made = _made(one, f"{folder}/{name}", figures=figures)
                files = _files(ground, one or step, f"{folder}/{name}")
                if one is not None or files:
                    yield Entry(phase, step, one, record, made, files)


def _made(one: Deliverable | None, start: str, *, figures: bool) -> str:
    """The place of the paper that a deliverable is; empty where none can be made."""
    kind = offered(one, figures=figures) if one else None
    if one is None or kind is None:
        return ""
    return f"{start} {file_stem(kind.title(one))}.{kind.suffix}"


def _files(
    ground: Ground, entry: Deliverable | Step, start: str
) -> tuple[tuple[Attachment, str], ...]:
    stem = f"{start} {file_stem(entry.title[:40])}"
    attached = ground.project.attachments.get(entry.id, ())
    return tuple(
        (file, "" if file.link else f"{stem} 附件{n} {_safe(file.name)}")
        for n, file in enumerate(attached, 1)
    )


def _safe(name: str) -> str:
    """A file's name that every system accepts; its ending is kept."""
    stem, dot, ending = name.rpartition(".")
    return f"{file_stem(stem)}.{ending}" if dot and ending.isalnum() else file_stem(name)


def dossier_zip(ground: Ground, content: Content) -> bytes:
    """Every paper that can be made, everything attached, and the index. Returns: the ZIP's bytes.

    Attached files are stored as they are: they are packed already.
    """
    target = io.BytesIO()
    found: list[Entry] = []
    figures = ground.latest is not None
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        listed = [*entries(ground, figures=figures)]
        for entry in steps(listed, lambda entry: (entry.one or entry.step).title):
            kind = offered(entry.one, figures=figures) if entry.one else None
            if entry.one and kind:
                package.writestr(entry.made, kind.make(ground, entry.one))
            files = []
            for file, place in entry.files:
                data = content(file) if place else None
                if data is not None:
                    package.writestr(place, data, zipfile.ZIP_STORED)
                files.append((file, place if data is not None else ""))
            found.append(replace(entry, files=tuple(files)))
        package.writestr(INDEX, lists_xlsx(_index(ground, found)))
    return target.getvalue()


def file_name(ground: Ground) -> str:
    """What to call the ZIP."""
    return f"{file_stem(ground.enterprise or '项目')}-全套资料-{ground.made_on.isoformat()}.zip"


def _index(ground: Ground, found: list[Entry]) -> Document:
    name = ground.enterprise or UNNAMED
    return Document(
        title="全套资料目录",
        head=name,
        made_on=ground.made_on,
        blocks=tuple(_blocks(ground, found)),
        name=name,
        wide=True,
    )


def _blocks(ground: Ground, found: list[Entry]) -> Iterator[Block]:
    yield Heading("目录")
    yield guide("“本工具生成”的是底稿：填写空白、签字盖章以后，作为附件传回项目，才算齐了。")
    heads = ("序号", "步骤和成果", "状态", "由谁准备", "本工具生成", "附件和链接", "情况")
    widths = (12, 70, 18, 44, 90, 80, 46)
    rows: list[Row] = []
    phase: Phase | None = None
    for number, entry in enumerate(found, 1):
        if entry.phase is not phase:
            phase = entry.phase
            rows.append(Row((phase.title, *[""] * 6), RowKind.GROUP))
        rows.append(Row((str(number), *_cells(ground, entry))))
    yield Table(columns(heads, widths, "CLCLLLL"), tuple(rows))
    lacking = [e for e in found if e.one is not None and not e.there]
    yield Heading("还缺的")
    if not lacking:
        yield Text("都齐了。")
    lines = [(e.phase.title, *_cells(ground, e)) for e in lacking]
    rows = [
        Row((str(n), phase_title, title, owner, state, lack))
        for n, (phase_title, title, state, owner, _, _, lack) in enumerate(lines, 1)
    ]
    names = ("序号", "阶段", "成果", "由谁准备", "状态", "缺什么")
    table = columns(names, (12, 44, 100, 50, 20, 70), "CLLLCL")
    yield Table(table, tuple(rows) or (Row(("",) * 6),))


def _cells(ground: Ground, entry: Entry) -> tuple[str, str, str, str, str, str]:
    one = entry.one
    title = one.title if one else f"（步骤）{entry.step.title}"
    owner = owner_words(ground.process, ground.project, one) if one else ""
    files = "\n".join(place or file.link or f"{file.name}（读不出）" for file, place in entry.files)
    lack = lack_words(entry.record, there=entry.there, made=bool(entry.made)) if one else ""
    return title, STANDINGS[entry.record.standing], owner, entry.made, files, lack
