"""What a report is about, besides the result."""

from dataclasses import dataclass, field
from datetime import date

from schemes import Scheme
from scoring import Result, score
from state.documents.assessment import Assessment, Entry, Profile, Sample, Work, known_answers


@dataclass(frozen=True)
class Subject:
    """The enterprise, the notes taken, and the day the report is made.

    remarks, evidence: text by item id. entries: requirements the user typed, by item id.
    lost: answers kept although the standard's file no longer knows them.
    samples: by item id. before: in a re-assessment, the self-assessment's result.
    chapters: the enterprise's own text by chapter id, see `reports.content.chapters`.
    """

    made_on: date
    profile: Profile = field(default_factory=Profile)
    remarks: dict[str, str] = field(default_factory=dict)
    evidence: dict[str, str] = field(default_factory=dict)
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    lost: tuple[str, ...] = ()
    samples: dict[str, Sample] = field(default_factory=dict)
    before: Result | None = None
    chapters: dict[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """What the assessment is: 自评, or 复评 once it has been looked at again."""
        return "复评" if self.before else "自评"

    @classmethod
    def of(cls, scheme: Scheme, assessment: Assessment, made_on: date) -> "Subject":
        """The subject of an assessment's report."""
        work = assessment.work
        lost = tuple(known_answers(scheme, work.answers)[1])
        return cls(
            made_on,
            assessment.profile,
            work.remarks,
            work.evidence,
            work.entries,
            lost,
            work.samples,
            self_assessed(scheme, work),
            assessment.chapters,
        )


def self_assessed(scheme: Scheme, work: Work) -> Result | None:
    """In a re-assessment, the result of the self-assessment it started from."""
    begun = work.reassessment
    return score(scheme, known_answers(scheme, begun.self_assessment.answers)[0]) if begun else None
