"""资料清单: every paper that an enterprise has to have ready, once, by kind and by department.

Made of the guidance beside a standard, for the items that apply; see `schemes.guidance`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import get_args

from reports.content.subject import Subject
from schemes import Item, Scheme, Section
from schemes.guidance import Paper, PaperKind, guidance
from scoring.applicability import Status
from scoring.result import Result
from state.documents.assessment import PaperState
from wording.labels import node_title
from wording.records import PLACE, STATES

Doubt = tuple[Item, list[tuple[str, PaperState]]]
KINDS: tuple[PaperKind, ...] = get_args(PaperKind)


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """A paper to have ready.

    items: all that ask for it, in the order of the standard. place: the department that has it
    to get ready, or the element of the first item where none is known.
    state: None where nobody has looked.
    """

    paper: Paper
    items: tuple[Item, ...]
    place: str
    state: PaperState | None


def record_list(result: Result, subject: Subject) -> list[ListedPaper] | None:
    """The papers of all items that apply, in the order of the standard.

    What an unanswered question would lead to is among them, as it counts until then.
    None for a standard without guidance. Raises: as `schemes.guidance.guidance`.
    """
    found = guidance(result.scheme, subject.library)
    if not found:
        return None
    asked: dict[str, tuple[Paper, list[Item]]] = {}
    for one in result.items.values():
        if one.status is not Status.APPLIES or one.item.id not in found:
            continue
        for paper in found[one.item.id].records:
            items = asked.setdefault(paper.name, (paper, []))[1]
            if one.item not in items:
                items.append(one.item)
    return [
        ListedPaper(
            paper,
            tuple(items),
            _place(result.scheme.path(items[0].id).element, subject.departments),
            subject.papers.get(paper.name),
        )
        for paper, items in asked.values()
    ]


def _place(element: Section, departments: Mapping[str, str]) -> str:
    return departments.get(element.id) or node_title(element)


def by_kind(papers: Iterable[ListedPaper]) -> list[tuple[str, list[ListedPaper]]]:
    """In the order of `KINDS`, without those that no paper is of."""
    papers = list(papers)
    groups = [(str(kind), [one for one in papers if one.paper.kind == kind]) for kind in KINDS]
    return [(kind, found) for kind, found in groups if found]


def by_place(papers: Iterable[ListedPaper]) -> list[tuple[str, list[ListedPaper]]]:
    """By department or element, in the order of the standard; in each by kind."""
    groups: dict[str, list[ListedPaper]] = {}
    for one in papers:
        groups.setdefault(one.place, []).append(one)
    return [
        (place, sorted(found, key=lambda one: KINDS.index(one.paper.kind)))
        for place, found in groups.items()
    ]


def counts(papers: Iterable[ListedPaper]) -> Counter[PaperState | None]:
    """How many there are in each state."""
    return Counter(one.state for one in papers)


def doubts(papers: Iterable[ListedPaper], scheme: Scheme) -> list[Doubt]:
    """Items that a missing or expired paper puts in doubt, with those papers.

    In the order of the standard. A proposal of what to look at: no finding follows from it.
    """
    doubted: dict[str, list[tuple[str, PaperState]]] = {}
    for one in papers:
        if one.state in ("missing", "expired"):
            for item in one.items:
                doubted.setdefault(item.id, []).append((one.paper.name, one.state))
    return [
        (scheme.items[item_id], doubted[item_id]) for item_id in scheme.items if item_id in doubted
    ]


@dataclass(frozen=True, slots=True)
class RecordTables:
    """What a document of the list holds, the same in Word and Excel.

    open_questions: of the scope, without an answer. named: whether any department is known.
    """

    papers: list[ListedPaper]
    doubts: list[Doubt]
    open_questions: int
    named: bool


def record_tables(result: Result, subject: Subject) -> RecordTables | None:
    """None for a standard without guidance. Raises: as `record_list`."""
    papers = record_list(result, subject)
    if papers is None:
        return None
    named = any(subject.departments.values())
    open_questions = len(result.applies.unanswered)
    return RecordTables(papers, doubts(papers, result.scheme), open_questions, named)


def paper_cells(one: ListedPaper) -> list[str]:
    """A row: kind, name, period, clauses, department or element, and what was found."""
    return [
        one.paper.kind,
        one.paper.name,
        one.paper.period or "",
        " ".join(item.id for item in one.items),
        one.place,
        STATES[one.state] if one.state else "",
    ]


HEADS = ["种类", "资料", "周期", "用于条款", PLACE, "情况"]
