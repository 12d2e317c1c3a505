"""What a report is about, besides the result."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from reports.content.blocks import Picture
from schemes import Library, Scheme
from schemes.library import installed
from scoring import Result
from state.documents.action import Action
from state.documents.assessment import (
    Assessment,
    Entry,
    PaperState,
    Photo,
    Profile,
    Sample,
    Work,
)
from state.documents.snapshot import Snapshot
from state.documents.versions import result_of
from wording.pictures import logo_words


class Per(StrEnum):
    """What a nonconformity form is about."""

    FINDING = "finding"
    ITEM = "item"
    ELEMENT = "element"


@dataclass(frozen=True)
class Subject:
    """The enterprise, the notes taken, and the day the report is made.

    remarks, evidence: text by item id. reasons: why an item does not apply, by item id.
    entries: requirements the user typed, by item id.
    samples: by item id. before: in a re-assessment, the self-assessment's result.
    chapters: the enterprise's own text by chapter id, see `reports.content.chapters`.
    papers, departments: see `state.documents.assessment.Work`.
    library: where the standard is from, and its guidance.
    per: what each nonconformity form is about. by_department: whether the checklist has a part for
    each department that gets papers ready. logos: the enterprise's and its consultants'.
    actions: what is done about findings, by id. effort_unit: what efforts are counted in.
    photos: by item id. picture: what reads one, by its hash, in the size that is printed; None for
    one that is lost.
    token: tells the assessment from others without giving away its id; empty for bare answers.
    """

    made_on: date
    profile: Profile = field(default_factory=Profile)
    remarks: dict[str, str] = field(default_factory=dict)
    evidence: dict[str, str] = field(default_factory=dict)
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    samples: dict[str, Sample] = field(default_factory=dict)
    before: Result | None = None
    chapters: dict[str, str] = field(default_factory=dict)
    papers: dict[str, PaperState] = field(default_factory=dict)
    departments: dict[str, str] = field(default_factory=dict)
    library: Library = installed
    reasons: dict[str, str] = field(default_factory=dict)
    per: Per = Per.FINDING
    by_department: bool = False
    logos: tuple[Picture, ...] = ()
    token: str = ""
    actions: dict[str, Action] = field(default_factory=dict)
    effort_unit: str = "处"
    photos: dict[str, tuple[Photo, ...]] = field(default_factory=dict)
    picture: Callable[[str], bytes | None] = field(default=lambda _: None, compare=False)

    @property
    def kind(self) -> str:
        """What the assessment is: 自评, or 复评 once it has been looked at again."""
        return "复评" if self.before else "自评"

    @classmethod
    def of(
        cls, scheme: Scheme, assessment: Assessment, made_on: date, library: Library = installed
    ) -> "Subject":
        """The subject of an assessment's report. Raises: as `self_assessed`."""
        return cls.kept(scheme, assessment, token_of(assessment.id), made_on, library)

    @classmethod
    def kept(
        cls,
        scheme: Scheme,
        document: Assessment | Snapshot,
        token: str,
        made_on: date,
        library: Library = installed,
    ) -> "Subject":
        """The same of an assessment as it is or as it once was. Raises: as `self_assessed`."""
        work = document.work
        return cls(
            made_on,
            document.profile,
            work.remarks,
            work.evidence,
            work.entries,
            work.samples,
            self_assessed(scheme.id, work, library),
            document.chapters,
            papers=work.papers,
            departments=work.departments,
            library=library,
            reasons=work.absence,
            token=token,
            actions=work.actions,
            effort_unit=work.effort_unit,
            photos=work.photos,
        )

    def action_for(self, key: str | None) -> Action | None:
        """What is done about a finding, by its key; of several, what is not verified yet.

        In a re-assessment, what is done about an earlier finding is so about what is left of it.
        """
        if key is None:
            return None
        of = [one for one in self.actions.values() if one.finding in (key, f"earlier:{key}")]
        return min(of, key=lambda one: one.verified is not None, default=None)


def logos_of(
    profile: Profile, content: Callable[[str | None], bytes | None]
) -> tuple[Picture, ...]:
    """The logos that are there; content: of a picture, by its hash."""
    found = ((content(digest), words) for digest, words in logo_words(profile))
    return tuple(Picture(data, words) for data, words in found if data)


def token_of(assessment_id: str) -> str:
    """What stands for an assessment in a file that may be passed on."""
    return hashlib.sha256(f"workbook of {assessment_id}".encode()).hexdigest()[:16]


def self_assessed(scheme_id: str, work: Work, library: Library = installed) -> Result | None:
    """In a re-assessment, the result of the self-assessment it started from, by its own version.

    Raises: schemes.UnknownScheme when that version is not there.
    """
    if work.reassessment is None:
        return None
    return result_of(scheme_id, work.reassessment.self_assessment, library)
