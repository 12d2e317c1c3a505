"""Assessments of every kind, each printed once and read back with poppler and pdfium."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import pypdfium2
import yaml

import schemes
from reports import Subject, summary_pdf
from schemes import Scheme
from scoring import Result, score
from scoring.result import Loss, Rule
from state.documents import changes
from state.documents.assessment import Assessment, Entry, answers_of, new_assessment
from state.documents.changes import Change
from state.documents.examples import examples

MADE_ON = date(2026, 11, 1)

EXPECTED: dict[str, dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "expected.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader
)
"""What readers must find, by case and scheme; the file says how it was worked out."""


@dataclass(frozen=True)
class Word:
    """A word on a page, in points from the upper left corner."""

    text: str
    page: int
    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height


class Printed:
    """One assessment, its result, and its report as other programs read it."""

    def __init__(
        self, assessment: Assessment, folder: Path, said: dict[str, Any] | None = None
    ) -> None:
        """said: what of `EXPECTED` is about this assessment, if anything."""
        assert assessment.scheme is not None
        self.assessment = assessment
        self.said = said or {}
        self.scheme = schemes.load(assessment.scheme)
        self.result = result_of(assessment)
        self.subject = Subject.of(self.scheme, assessment, MADE_ON)
        self.path = folder / "report.pdf"
        self.path.write_bytes(summary_pdf(self.result, self.subject))

    @property
    def name(self) -> str:
        return self.assessment.profile.name or "（未填写企业名称）"

    @property
    def title(self) -> str:
        again = self.assessment.work.reassessment is not None
        return f"安全生产标准化{'复评' if again else '自评'}摘要"

    @property
    def cover(self) -> str:
        """Everything before the section on the grade: band, verdict, facts."""
        return self.sections[self.title] + self.sections["基本情况"]

    @cached_property
    def pages(self) -> list[str]:
        """Text of every page without white space, cell by cell as it was written."""
        text = poppler("pdftotext", "-raw", self.path, "-").removesuffix("\f")
        return [squeezed(page) for page in text.split("\f")]

    @cached_property
    def body(self) -> str:
        """All pages without their footers: the title as far as it fits, and the page number."""
        title = squeezed(f"{self.name} {self.title}")
        body = ""
        for number, page in enumerate(self.pages, 1):
            text = page.removesuffix(f"第{number}/{len(self.pages)}页")
            shorter = (f"{title[:length]}…" for length in range(len(title), -1, -1))
            cuts = (title, *shorter, "")
            body += text.removesuffix(next(cut for cut in cuts if text.endswith(cut)))
        return body

    @cached_property
    def words(self) -> list[Word]:
        """Every word with its page, counted from 1, and its place."""
        rows = (row.split("\t") for row in poppler("pdftotext", "-tsv", self.path, "-").split("\n"))
        return [
            Word(row[11], int(row[1]), float(row[6]), float(row[7]), float(row[8]), float(row[9]))
            for row in rows
            if row[0] == "5"  # 1, 3 and 4 are pages, blocks and lines
        ]

    @cached_property
    def bookmarks(self) -> list[tuple[str, int]]:
        """Title and page, counted from 0, of every bookmark."""
        with pypdfium2.PdfDocument(self.path) as document:
            return [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]

    @cached_property
    def sections(self) -> dict[str, str]:
        """Text below every bookmarked heading, by the heading without its count."""
        names = [title for title, _ in self.bookmarks]
        found, current, rest = {}, names[0], self.body
        for title in names[1:]:
            found[current], heading, rest = rest.partition(squeezed(title))
            assert heading, f"{title} is bookmarked but not printed"
            current = title.partition("（")[0]
        found[current] = rest
        return found


def poppler(*command: str | Path) -> str:
    """What one of the poppler tools prints."""
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def cells(line: str) -> list[str]:
    """The cells of a row of `EXPECTED`."""
    return line.split(" | ")


WAYS = {
    Rule.DEDUCT: "扣分",
    Rule.FORFEIT: "不得分",
    Rule.SECTION_FORFEIT: "本项目不得分",
    Rule.ELEMENT_FORFEIT: "要素否决",
    Rule.EXTRA: "追加扣除",
    Rule.EXHAUSTED_EXTRA: "扣满追加",
}


def found(result: Result) -> list[Loss]:
    """What each finding took from its own item, in order."""
    return [loss for loss in result.losses if loss.rule in (Rule.DEDUCT, Rule.FORFEIT)]


def findings(result: Result, said: dict[str, Any]) -> list[list[str]]:
    """Clause, item, what was found, how it costs and all points of every finding, in order.

    Literally, where `said` has them; where there are hundreds, the scheme's own words with the
    numbers of `scoring.score`.
    """
    if "findings" in said:
        return [cells(row) for row in said["findings"]]
    rows = []
    for loss in found(result):
        follows = [other for other in result.losses if _follows(result, other, loss)]
        way = [WAYS[loss.rule]]
        for rule in dict.fromkeys(other.rule for other in follows):
            way.append(f"{WAYS[rule]} {plain(sum(o.taken for o in follows if o.rule is rule))}")
        taken = loss.taken + sum(other.taken for other in follows)
        points = plain(taken) if taken else "0（已扣完）"
        clause = _clause(result.scheme, loss)
        rows.append([clause, loss.item.title, _found_as(loss), "，".join(way), points])
    return rows


def _follows(result: Result, other: Loss, loss: Loss) -> bool:
    """Whether a finding brought another loss; it used up its item if it took the last points."""
    if other.rule in (Rule.DEDUCT, Rule.FORFEIT):
        return False
    if other.condition is not None:
        return other.condition is loss.condition
    last = [one for one in found(result) if one.item is other.item and one.taken][-1]
    return last is loss


def _clause(scheme: Scheme, loss: Loss) -> str:
    """Compiled: all of hazchem but the local requirements, and model-enterprise's element 1."""
    element = scheme.path(loss.item.id).element.id
    compiled = {"hazchem": element != "12", "model-enterprise": element == "1"}
    name = loss.condition.id if loss.condition else loss.item.id
    name = name.removesuffix(".none").removesuffix(".place")  # made by a check's rule
    return name + ("*" if compiled.get(scheme.id) else "")


def _found_as(loss: Loss) -> str:
    """A finding without a plan."""
    assert loss.condition is not None
    per = loss.condition.per
    count = f" ×{loss.count}{per}" if per else ""
    return f"{loss.condition.when}{count}" + ("（重大隐患）" if loss.condition.major else "")


def plain(points: Decimal | int) -> str:
    """2, 0.5, 100: points without zeros at the end."""
    return f"{Decimal(points).normalize():f}"


def squeezed(text: str) -> str:
    """Text without white space, so that line breaks do not matter."""
    return "".join(text.split())


def result_of(assessment: Assessment) -> Result:
    """The assessment, scored like the app does it."""
    assert assessment.scheme is not None
    scheme = schemes.load(assessment.scheme)
    return score(scheme, answers_of(scheme, assessment.work))


def assessment_of(scheme: Scheme, *steps: Change) -> Assessment:
    """A new assessment against `scheme` after some changes."""
    assessment = changes.set_scheme(scheme)(new_assessment())
    for step in steps:
        assessment = step(assessment)
    return assessment


def everything_present(scheme: Scheme) -> list[Change]:
    """Answers to the applicability questions that leave nothing out."""
    return [
        changes.set_facet(facet.id, [], [o.id for o in facet.options][: None if facet.many else 1])
        for facet in scheme.facets
    ]


def _sample(scheme: str) -> Assessment:
    return next(a for a in (sample.read() for sample in examples()) if a.scheme == scheme)


def _empty(scheme: str) -> Assessment:
    return assessment_of(schemes.load(scheme))


def _nothing_applies(scheme_id: str) -> Assessment:
    scheme = schemes.load(scheme_id)
    return assessment_of(scheme, *(changes.set_not_applicable(i, True) for i in scheme.items))


def _150_findings(scheme_id: str) -> Assessment:
    """Counted and uncounted findings, a remark on every third item, half of the rest reviewed.

    model-enterprise has fewer conditions than 150: each of them is found.
    """
    scheme = schemes.load(scheme_id)
    present = assessment_of(scheme, *everything_present(scheme))
    applicable = [i.item for i in result_of(present).items.values() if i.applicable]
    conditions = [condition for item in applicable for condition in item.conditions]
    spread = conditions[:: max(1, len(conditions) // 150)][:150]
    steps = [changes.set_finding(c.id, 3 if c.per else 1) for c in spread]
    steps += [
        changes.set_text("remarks", item.id, "", f"第 {place} 处现场照片")
        for place, item in enumerate(applicable)
        if place % 3 == 0
    ]
    steps.append(changes.set_reviewed([item.id for item in applicable[::2]], True))
    for step in steps:
        present = step(present)
    return present


def _reassessment(scheme_id: str) -> Assessment:
    """Its sample, looked at again: findings rectified, planned, still open, and new ones."""
    assessment = _sample(scheme_id)
    steps = [
        changes.start_reassessment(date(2026, 10, 20)),
        changes.set_earlier("C.3-3-3.1.none", rectified=0, planned=1),
        changes.set_earlier("C.5-3-3.2", rectified=1, planned=1),
        changes.set_earlier("D.1-2-2.3", rectified=4, planned=0),
        changes.set_earlier("D.15-4-4.5", rectified=0, planned=3),
        changes.set_finding("C.2-2-2.1", 1),
        changes.set_finding("C.4-1-1.1.place", 2),
        changes.set_sample("D.4-3", 16, 3),
        changes.set_reviewed(["C.6-2", "D.8-7"], True),
    ]
    for step in steps:
        assessment = step(assessment)
    return assessment


def _every_finding(scheme_id: str) -> Assessment:
    scheme = schemes.load(scheme_id)
    findings = [changes.set_finding(condition, 2) for condition in scheme.conditions]
    typed = [
        changes.add_entry(item.id, f"{item.id}-{item.entries}", Entry(text=text, met=met))
        for item in scheme.items.values()
        if item.entries
        for text, met in (("每季度报送自查清单", True), ("接入监测预警系统", False))
    ]
    return assessment_of(scheme, *everything_present(scheme), *findings, *typed)


CASES: dict[str, Callable[[str], Assessment]] = {
    "sample": _sample,
    "empty": _empty,
    "nothing applies": _nothing_applies,
    "150 findings": _150_findings,
    "every finding": _every_finding,
    "re-assessment": _reassessment,
}
"""Every standard has all but the last, which follows tobacco's rules."""
