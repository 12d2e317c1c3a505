"""Every paper that a project can have made, by the name that a process file gives it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from process import Deliverable
from process.papers import PAPERS as TITLES
from reports.content.blocks import Document
from reports.content.papers import findings, meetings, people, plans, reviews, risk, survey
from reports.content.papers.ground import Assessed, Ground
from reports.content.progress_report import progress_report
from reports.documents import DOCUMENTS, OFFICE, DocumentKind, file_stem
from reports.word.draw import word
from reports.workbook.lists import lists_xlsx
from reports.workbook.risk_matrix import risk_matrix_xlsx

Content = Callable[[Ground, Deliverable], Document]


class NoFigures(Exception):
    """A paper is made of a snapshot, and the project has none yet."""


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of paper: its file type, and how it is made.

    figures: whether there is nothing to make without a snapshot. listing: whether it is only a list
    of what the deliverable is, and goes by the list's name.
    """

    suffix: str
    mime: str
    make: Callable[[Ground, Deliverable], bytes]
    figures: bool = False
    listing: bool = False

    def title(self, one: Deliverable) -> str:
        """What the file is called, at most forty characters."""
        return (TITLES[one.paper] if self.listing and one.paper else one.title)[:40]

    def file_name(self, ground: Ground, one: Deliverable) -> str:
        """A name that every file system accepts: 某某酱园-工作计划-2026-11-26.docx."""
        name, title = ground.enterprise or "项目", self.title(one)
        return f"{file_stem(name)}-{file_stem(title)}-{ground.made_on.isoformat()}.{self.suffix}"


def _word(content: Content) -> PaperKind:
    mime = f"{OFFICE}.wordprocessingml.document"
    return PaperKind("docx", mime, lambda ground, one: word(content(ground, one)))


def _list(content: Content) -> PaperKind:
    return replace(_excel(lambda ground, one: lists_xlsx(content(ground, one))), listing=True)


def _excel(make: Callable[[Ground, Deliverable], bytes]) -> PaperKind:
    return PaperKind("xlsx", f"{OFFICE}.spreadsheetml.sheet", make)


def _report(kind: DocumentKind) -> PaperKind:
    """A report of an assessment, made of the latest snapshot."""

    def make(ground: Ground, _one: Deliverable) -> bytes:
        latest = _latest(ground)
        return kind.make(latest.result, ground.told(latest))

    return PaperKind(kind.suffix, kind.mime, make, figures=True)


def _latest(ground: Ground) -> Assessed:
    if ground.latest is None:
        raise NoFigures("项目还没有快照，先加入一份自评")
    return ground.latest


PAPERS: Mapping[str, PaperKind] = {
    "training-record": _word(meetings.training_record),
    "enterprise-sheet": _word(survey.enterprise_sheet),
    "papers-wanted": _list(survey.papers_wanted),
    "commitment": _word(people.commitment),
    "diagnosis": _word(findings.diagnosis),
    "consulting-report": _word(findings.consulting_report),
    "rectification": _word(findings.rectification),
    "progress-report": _word(progress_report),
    "organization-notice": _word(people.organization_notice),
    "work-plan": _word(plans.work_plan),
    "implementation-plan": _word(plans.implementation_plan),
    "risk-list": _list(risk.risk_list),
    "goals": _word(plans.goals),
    "law-list": _list(survey.law_list),
    "risk-guide": _word(risk.risk_guide),
    "risk-matrix": replace(_excel(risk_matrix_xlsx), listing=True),
    "rule-list": _list(survey.rule_list),
    "auditor-conditions": _word(people.auditor_conditions),
    "auditor-appointment": _word(people.auditor_appointment),
    "audit-plan": _word(plans.audit_plan),
    "opening-meeting": _word(meetings.opening_meeting),
    "closing-meeting": _word(meetings.closing_meeting),
    "score-papers": _report(DOCUMENTS["xlsx"]),
    "nonconformities": _report(DOCUMENTS["nonconformities"]),
    "system-review": _word(reviews.system_review),
    "management-review": _word(reviews.management_review),
    "self-report": _report(DOCUMENTS["docx"]),
    "review-report": _word(reviews.review_report),
    "application-list": _list(survey.application_list),
    "publication": _word(reviews.publication),
    "rating-rectification": _word(reviews.rating_rectification),
}
"""Each of `process.papers.PAPERS`."""


def offered(one: Deliverable, *, figures: bool) -> PaperKind | None:
    """The kind of paper that a deliverable is, if it can be made now.

    figures: whether there is a snapshot.
    """
    kind = PAPERS.get(one.paper) if one.paper else None
    return kind if kind and (figures or not kind.figures) else None
