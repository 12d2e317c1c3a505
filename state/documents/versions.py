"""Which version of its standard an assessment is scored by, and going over to a newer one."""

from collections.abc import Sequence
from dataclasses import dataclass

from schemes import Library, Scheme, SchemeError, UnknownScheme
from schemes.difference import Difference, changes_between
from schemes.heirs import Heirs, heirs, heirs_from_elsewhere
from schemes.library import installed
from schemes.translate import Moved, Translation
from scoring import Result, score
from scoring.answers import MAX_COUNT
from state.documents.assessment import (
    NAME_LENGTH,
    TEXT_LENGTH,
    Assessment,
    Entry,
    Sample,
    SavedAnswers,
    Touch,
    Work,
    answers_of,
)
from state.documents.changes import Change

_MOST_ENTRIES = 200


def scheme_for(scheme_id: str, work: Work, library: Library = installed) -> Scheme:
    """The version of a standard that some work was answered with; without one, the oldest kept.

    Raises: schemes.UnknownScheme; SchemeError for a faulty standard.
    """
    return library.get(scheme_id, work.scheme_version or library.versions(scheme_id)[0])


def scheme_of(assessment: Assessment, library: Library = installed) -> Scheme | None:
    """The version of the standard that scores an assessment; None where none is chosen.

    Raises: as `scheme_for`.
    """
    if assessment.scheme is None:
        return None
    return scheme_for(assessment.scheme, assessment.work, library)


def result_of(scheme_id: str, work: Work, library: Library = installed) -> Result:
    """What some work scores, of an assessment or a snapshot, by its own version.

    Raises: as `scheme_for`.
    """
    scheme = scheme_for(scheme_id, work, library)
    return score(scheme, answers_of(scheme, work))


def missing_version(assessment: Assessment, library: Library = installed) -> str | None:
    """A version of the standard that the assessment needs and the library has not, or damaged.

    Of the work at hand or, in a re-assessment, of the self-assessment it is held against. None
    also where the standard as such is not there.
    """
    if assessment.scheme is None or not _is_there(library, assessment.scheme):
        return None
    begun = assessment.work.reassessment
    for work in [assessment.work, begun.self_assessment] if begun else [assessment.work]:
        version = work.scheme_version or library.versions(assessment.scheme)[0]
        if not _is_there(library, assessment.scheme, version):
            return version
    return None


def _is_there(library: Library, scheme_id: str, version: str | None = None) -> bool:
    try:
        library.get(scheme_id, version)
    except UnknownScheme:
        return False
    except SchemeError:
        return version is None  # of a faulty standard, whoever asks for it is told
    return True


@dataclass(frozen=True, slots=True)
class Adoption:
    """What going over to the newest version of a standard would change, as facts.

    difference: between the versions. before, after: results by either. moved: answers that get
    another id. unknown: ids of answers that the newer version does not know.
    """

    difference: Difference
    before: Result
    after: Result
    moved: tuple[Moved, ...]
    unknown: tuple[str, ...]


def adoption(assessment: Assessment, library: Library = installed) -> Adoption | None:
    """What adopting the newest version would change; None where it is adopted.

    Raises: as `scheme_for`.
    """
    scheme = scheme_of(assessment, library)
    if scheme is None or scheme.version == library.get(scheme.id).version:
        return None
    history = library.history(scheme.id)
    newest = history[-1]
    found, before = _way(history, scheme.version)
    translation = Translation(found, newest, before)
    answers = answers_of(newest, _translated(assessment.work, translation, found))
    return Adoption(
        changes_between(scheme, newest, found),
        score(scheme, answers_of(scheme, assessment.work)),
        score(newest, answers),
        translation.moved,
        answers.unknown,
    )


def adopt_version(history: Sequence[Scheme]) -> Change:
    """Go on with the last of a standard's versions, which are all there are, oldest first.

    Answers get its ids; those without an heir stay, marked with the version that they are of.
    The self-assessment below a re-assessment stays as it is while its version is there.
    """

    def change(assessment: Assessment) -> Assessment:
        if assessment.scheme != history[-1].id:
            return assessment
        work = _adopted(assessment.work, history)
        begun = work.reassessment
        if begun and begun.self_assessment.scheme_version not in [
            "",
            *(s.version for s in history),
        ]:
            before = _adopted(begun.self_assessment, history)
            work = work.having(reassessment=begun.having(self_assessment=before))
        return assessment.having(work=work)

    return change


def decline_version(version: str) -> Change:
    """Stay with the version at hand, and do not be asked about that newer one again."""
    return lambda a: a.having(work=a.work.having(declined_version=version))


def _adopted(work: Work, history: Sequence[Scheme]) -> Work:
    version, newest = work.scheme_version or history[0].version, history[-1]
    if version == newest.version:
        return work
    found, before = _way(history, version)
    return _translated(work, Translation(found, newest, before), found)


def _way(history: Sequence[Scheme], version: str) -> tuple[Heirs, Scheme | None]:
    """How ids get from a version to the newest, and that version if it is one of them."""
    for place, scheme in enumerate(history):
        if scheme.version == version:
            return heirs(history[place:]), scheme
    return heirs_from_elsewhere(history[-1]), None


def _translated(work: Work, translation: Translation, found: Heirs) -> Work:
    answers = SavedAnswers.model_validate(translation.answers(work.answers.model_dump()))
    item = translation.renames.item
    return work.having(
        scheme_version=translation.scheme.version,
        declined_version="",
        answers=answers,
        remarks=translation.rekeyed(work.remarks, item, _texts),
        evidence=translation.rekeyed(work.evidence, item, _texts),
        absence=translation.rekeyed(work.absence, item, _texts),
        entries=translation.rekeyed(work.entries, item, _entries),
        samples=translation.rekeyed(work.samples, item, _samples),
        touched=translation.rekeyed(work.touched, item, _touches),
        departments=translation.rekeyed(work.departments, found.section, _departments),
    )


def _texts(_: str, one: str, other: str) -> str | None:
    both = f"{one}\n{other}"
    return both if len(both) <= TEXT_LENGTH else None


def _entries(_: str, one: list[Entry], other: list[Entry]) -> list[Entry] | None:
    return [*one, *other] if len(one) + len(other) <= _MOST_ENTRIES else None


def _samples(_: str, one: Sample, other: Sample) -> Sample | None:
    owned = _added(one.owned, other.owned)
    checked = _added(one.checked, other.checked)
    too_many = max(owned or 0, checked or 0) > MAX_COUNT
    return None if too_many else Sample(owned=owned, checked=checked)


def _touches(_: str, one: Touch, other: Touch) -> Touch:
    return max(one, other, key=lambda touch: touch.at)


def _departments(_: str, one: str, other: str) -> str | None:
    both = one if one == other else f"{one}、{other}"
    return both if len(both) <= NAME_LENGTH else None


def _added(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else one + other
