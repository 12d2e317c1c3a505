"""What a report is about, besides the result."""

from dataclasses import dataclass, field
from datetime import date

from schemes import Scheme
from state.assessment import Assessment, Entry, Profile, fit


@dataclass(frozen=True)
class Subject:
    """The enterprise, the notes taken, and the day the report is made.

    remarks, evidence: text by item id. entries: requirements the user typed, by item id.
    lost: answers kept although the standard's file no longer knows them.
    """

    made_on: date
    profile: Profile = field(default_factory=Profile)
    remarks: dict[str, str] = field(default_factory=dict)
    evidence: dict[str, str] = field(default_factory=dict)
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    lost: tuple[str, ...] = ()

    @classmethod
    def of(cls, scheme: Scheme, assessment: Assessment, made_on: date) -> "Subject":
        """The subject of an assessment's report."""
        work = assessment.work
        lost = tuple(fit(scheme, work.answers)[1])
        return cls(made_on, assessment.profile, work.remarks, work.evidence, work.entries, lost)
