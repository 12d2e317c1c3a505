"""The assessment document: the one truth about what a user answered.

It keeps whatever was ever answered, also what its version of the standard does not know;
`answers_of` separates that from what can be scored.
"""

from collections.abc import Collection, Container
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, StrictBool, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from schemes import Scheme
from scoring.answers import MAX_COUNT, Answers, Earlier
from scoring.choices import MAX_AMOUNTS, Ratio
from scoring.wishes import EFFORT, MAX_OWN, MAX_WORDS, NUMBER, OWN_ID, OwnFinding, Pin, is_known
from state.documents.action import MOST_ACTIONS, Action
from state.documents.document import NAME_LENGTH as NAME_LENGTH
from state.documents.document import TEXT_LENGTH as TEXT_LENGTH
from state.documents.document import Digest as Digest
from state.documents.document import Document as Document
from state.documents.document import Id as Id
from state.documents.document import KeptDocument as KeptDocument
from state.documents.document import Key as _Key
from state.documents.document import Moment as Moment
from state.documents.document import Name as _Name
from state.documents.document import Text as _Text
from state.documents.document import new_id as new_id
from state.documents.document import printable as printable

SCHEMA_VERSION = 5
"""Version of this document's shape; files of a later one are refused, not guessed at.

2: `Work.declined_version`. 3: `EarlierFinding.open`, `SavedAnswers.application`,
`Profile.applied_on`, `Entry.id`. 4: `Work.absence`, `papers`, `departments`, the fields of
`Profile` from `address` on, and `SavedAnswers.quick`, `own_findings`, `effort`, `pins`.
5: `Work.actions`, `photos`, `unsure`, `effort_unit`, `Assessment.joined`, `finishings`, `previous`,
`certificate`, `tags`, `archived`, `Profile.firm`, `logo`, `firm_logo`, `SavedAnswers.amounts`,
`levels`, `ratios`.
What is read of an earlier shape is of this one from then on, so that no program which does not
know it can take it for one of its own.
"""

MOST_PHOTOS = 200
"""Different pictures of one assessment, in all that is kept with it."""

MOST_OF_AN_ITEM = 9
"""Photos."""

NAMELESS = "未命名企业"
"""What an assessment without a name is called in a list."""


_Tag = Annotated[
    str, StringConstraints(strict=True, min_length=1, max_length=20), AfterValidator(printable)
]
_Count = Annotated[int, Field(strict=True, ge=0, le=MAX_COUNT)]
_People = Annotated[int, Field(strict=True, ge=0, le=10_000_000)] | None

PaperState = Literal["have", "missing", "expired"]
"""What was found of a paper to have ready (资料清单); one not looked at has none."""


EffortUnit = Literal["处", "小时", "元"]
"""What the effort of putting something right is counted in, all of an assessment's in one."""


class Member(Document):
    """Somebody of the group that assesses, and what they are."""

    name: _Name
    post: _Name = ""


class Profile(Document):
    """Who is assessed, by whom, over which period.

    applied_on: when the grade is applied for; None for the day it is looked at.
    address and what follows it: what a self-assessment report says of an enterprise.
    safety_staff: full-time. revenue, shifts, ownership: in the enterprise's own words.
    team: who is in the group besides `members`, each with a place to sign.
    firm: who advises the enterprise. logo, firm_logo: pictures of both.
    """

    name: _Name = ""
    industry: _Name = ""
    employees: _People = None
    period_start: date | None = None
    period_end: date | None = None
    leader: _Name = ""
    members: _Text = ""
    target_grade: _Name = ""
    applied_on: date | None = None
    address: _Text = ""
    legal_representative: _Name = ""
    ownership: _Name = ""
    contact: _Name = ""
    phone: _Name = ""
    safety_staff: _People = None
    special_operators: _People = None
    revenue: _Name = ""
    shifts: _Name = ""
    previous_grade: _Name = ""
    team: Annotated[list[Member], Field(max_length=50)] = []
    firm: _Name = ""
    logo: Digest | None = None
    firm_logo: Digest | None = None

    @property
    def blobs(self) -> tuple[str, ...]:
        """Hashes of its pictures."""
        return tuple(filter(None, dict.fromkeys((self.logo, self.firm_logo))))


class EarlierFinding(Document):
    """A self-assessment's finding in a re-assessment; see `scoring.answers.Earlier`."""

    count: Annotated[int, Field(strict=True, ge=1, le=MAX_COUNT)]
    rectified: _Count = 0
    planned: _Count = 0
    open: _Count = 0

    @model_validator(mode="after")
    def _no_more_than_found(self) -> Self:
        if self.rectified + self.planned + self.open > self.count:
            raise ValueError("more decided on than found")
        return self


class SavedRatio(Document):
    """What was found of a sample; see `scoring.choices.Ratio`."""

    inspected: Annotated[int, Field(strict=True, ge=1, le=MAX_COUNT)]
    failed: _Count = 0

    @model_validator(mode="after")
    def _no_more_than_inspected(self) -> Self:
        if self.failed > self.inspected:
            raise ValueError("more failed than inspected")
        return self


class SavedOwnFinding(Document):
    """What the user found beside the conditions; see `scoring.wishes.OwnFinding`."""

    id: Annotated[str, StringConstraints(strict=True, pattern=OWN_ID.pattern)]
    item: _Key
    words: Annotated[
        str,
        StringConstraints(strict=True, min_length=1, max_length=MAX_WORDS),
        AfterValidator(printable),
    ]
    points: Annotated[str, StringConstraints(strict=True, pattern=NUMBER.pattern)]
    count: _Count = 1


class SavedAnswers(Document):
    """The answers as they were given, in the shape of `answers.json`.

    amounts: of findings with an amount each; `findings` has how many there are.
    """

    facets: Annotated[
        dict[_Key, Annotated[list[_Key], Field(max_length=200)]], Field(max_length=100)
    ] = {}
    performance: Annotated[dict[_Key, _Count], Field(max_length=100)] = {}
    not_applicable: Annotated[list[_Key], Field(max_length=5000)] = []
    reviewed: Annotated[list[_Key], Field(max_length=5000)] = []
    findings: Annotated[dict[_Key, _Count], Field(max_length=10_000)] = {}
    earlier: Annotated[dict[_Key, EarlierFinding], Field(max_length=10_000)] = {}
    application: Annotated[dict[_Key, Literal["yes", "no"]], Field(max_length=100)] = {}
    quick: Annotated[list[_Key], Field(max_length=5000)] = []
    own_findings: Annotated[list[SavedOwnFinding], Field(max_length=MAX_OWN)] = []
    effort: Annotated[
        dict[_Key, Annotated[str, StringConstraints(strict=True, pattern=EFFORT.pattern)]],
        Field(max_length=10_000),
    ] = {}
    pins: Annotated[dict[_Key, Pin], Field(max_length=10_000)] = {}
    amounts: Annotated[
        dict[
            _Key,
            Annotated[
                list[Annotated[str, StringConstraints(strict=True, pattern=NUMBER.pattern)]],
                Field(max_length=MAX_AMOUNTS),
            ],
        ],
        Field(max_length=10_000),
    ] = {}
    levels: Annotated[dict[_Key, _Key], Field(max_length=5000)] = {}
    ratios: Annotated[dict[_Key, SavedRatio], Field(max_length=5000)] = {}


class Entry(Document):
    """One requirement the user typed in, such as a local one, and whether it is met.

    id: unique in its list; empty only in what was read of an older shape, until its list is.
    """

    id: Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9a-f]{0,32}$")] = ""
    text: Annotated[str, StringConstraints(strict=True, max_length=500), AfterValidator(printable)]
    met: StrictBool = True


def _told_apart(entries: list[Entry]) -> list[Entry]:
    """With an id for each; by place where an older shape has none, the same for every reader."""
    taken: set[str] = set()
    told = []
    for place, entry in enumerate(entries):
        name = entry.id
        if not name or name in taken:
            name = next(n for n in (f"{p:x}" for p in count(place)) if n not in taken)
        taken.add(name)
        told.append(entry if name == entry.id else entry.model_copy(update={"id": name}))
    return told


class Sample(Document):
    """How many people, records, machines or places there are (拥有总数量) and were looked at."""

    owned: _Count | None = None
    checked: _Count | None = None


class Photo(Document):
    """A picture, kept as a file by its hash. at: when it was added; caption: what it shows."""

    digest: Digest
    at: Moment
    caption: _Name = ""


def _each_once(photos: tuple[Photo, ...]) -> tuple[Photo, ...]:
    return tuple({photo.digest: photo for photo in photos}.values())


class Touch(Document):
    """Who changed something last, and when. by: a name to show, of somebody signed in."""

    by: _Name
    at: Moment


class Reassessment(Document):
    """What a re-assessment (复评) started from, with its notes and samples."""

    self_assessment: "Work"
    started: date

    @model_validator(mode="after")
    def _of_a_self_assessment(self) -> Self:
        if self.self_assessment.reassessment is not None:
            raise ValueError("a re-assessment of a re-assessment")
        return self


class Work(Document):
    """Everything answered for one standard.

    scheme_version: the version that the ids are of, and that scores them; empty for the oldest
    that is kept. declined_version: the newer one that the user does not want to be asked about.
    remarks, evidence: text by item id. entries: user-typed requirements by item id.
    absence: why an item does not apply, by item id. samples, touched: by item id.
    papers: by the name of the paper, see `schemes.guidance`. departments: who gets papers ready,
    by element id. unsure: items answered 没把握 in the preview, which does not ask for them again.
    reassessment: set while `answers` are those of a re-assessment.
    actions: what is done about findings, by an id of their own. photos: by item id.
    effort_unit: what `answers.effort` is counted in.
    """

    scheme_version: _Name = ""
    declined_version: _Name = ""
    answers: SavedAnswers = SavedAnswers()
    remarks: Annotated[dict[_Key, _Text], Field(max_length=5000)] = {}
    evidence: Annotated[dict[_Key, _Text], Field(max_length=5000)] = {}
    absence: Annotated[dict[_Key, _Text], Field(max_length=5000)] = {}
    entries: Annotated[
        dict[_Key, Annotated[list[Entry], Field(max_length=200), AfterValidator(_told_apart)]],
        Field(max_length=100),
    ] = {}
    samples: Annotated[dict[_Key, Sample], Field(max_length=5000)] = {}
    touched: Annotated[dict[_Key, Touch], Field(max_length=5000)] = {}
    papers: Annotated[dict[_Key, PaperState], Field(max_length=5000)] = {}
    departments: Annotated[dict[_Key, _Name], Field(max_length=1000)] = {}
    unsure: Annotated[list[_Key], Field(max_length=5000)] = []
    reassessment: Reassessment | None = None
    actions: Annotated[dict[Id, Action], Field(max_length=MOST_ACTIONS)] = {}
    photos: Annotated[
        dict[
            _Key,
            Annotated[
                tuple[Photo, ...], Field(max_length=MOST_OF_AN_ITEM), AfterValidator(_each_once)
            ],
        ],
        Field(max_length=5000),
    ] = {}
    effort_unit: EffortUnit = "处"

    @property
    def blobs(self) -> tuple[str, ...]:
        """Hashes of the pictures it shows, those of what it goes on from among them."""
        begun = self.reassessment
        earlier = begun.self_assessment.blobs if begun else ()
        photos = (photo.digest for several in self.photos.values() for photo in several)
        shown = (picture for action in self.actions.values() for picture in action.pictures)
        return tuple(dict.fromkeys((*photos, *shown, *earlier)))


class Finishing(Document):
    """That the assessment was finished, and kept as a snapshot: nothing is changed from then on.

    by: a name to show, of somebody signed in. reopened: when and by whom it was opened again.
    """

    snapshot: Id
    at: Moment
    by: _Name = ""
    reopened: Moment | None = None
    reopened_by: _Name = ""


class Certificate(Document):
    """What the enterprise was granted (定级证书), as far as somebody entered it."""

    grade: _Name = ""
    number: _Name = ""
    issued: date | None = None
    expires: date | None = None


class Assessment(KeptDocument):
    """One enterprise's self-assessment; whoever knows its id can open it.

    chapters: text by chapter of the self-assessment report; of the enterprise, whatever the
    standard.
    shelved: work done for other standards, kept when the standard is changed.
    joined: the code of the class that it was begun in.
    finishings: oldest first. previous: ids of its own snapshots that are of earlier assessments
    of the enterprise (再次自评), oldest first. tags, archived: how its owner sorts it in a list.
    """

    KIND: ClassVar[str] = "assessment"
    SCHEMA: ClassVar[int] = SCHEMA_VERSION

    schema_version: Annotated[
        int, Field(strict=True, ge=1, le=SCHEMA_VERSION), AfterValidator(lambda _: SCHEMA_VERSION)
    ] = SCHEMA_VERSION
    scheme: _Key | None = None
    profile: Profile = Profile()
    chapters: Annotated[dict[_Key, _Text], Field(max_length=100)] = {}
    work: Work = Work()
    shelved: Annotated[dict[_Key, Work], Field(max_length=100)] = {}
    created: Moment
    joined: Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9A-Z]{0,6}$")] = ""
    finishings: Annotated[list[Finishing], Field(max_length=200)] = []
    previous: Annotated[list[Id], Field(max_length=50)] = []
    certificate: Certificate = Certificate()
    tags: Annotated[list[_Tag], Field(max_length=10)] = []
    archived: StrictBool = False

    @model_validator(mode="after")
    def _not_too_many_photos(self) -> Self:
        if len(self.photos) > MOST_PHOTOS:
            raise PydanticCustomError("too_many_photos", "more photos than are kept")
        return self

    @property
    def kind(self) -> str:
        """What it is: 自评, or 复评 while it is looked at again."""
        return "复评" if self.work.reassessment else "自评"

    @property
    def locked(self) -> bool:
        """Whether it is finished, so that no answer may be changed."""
        return bool(self.finishings) and self.finishings[-1].reopened is None

    @property
    def title(self) -> str:
        """What to call it in a list."""
        return self.profile.name or NAMELESS

    @property
    def standard(self) -> tuple[str | None, str]:
        """Id and version of the standard chosen."""
        return self.scheme, self.work.scheme_version

    @property
    def blobs(self) -> tuple[str, ...]:
        """Hashes of the pictures it shows: logos, and photos for whatever standard."""
        return tuple(dict.fromkeys((*self.profile.blobs, *self.photos)))

    @property
    def photos(self) -> tuple[str, ...]:
        """Hashes of its photos, of items and actions, for whatever standard."""
        works = (self.work, *self.shelved.values())
        return tuple(dict.fromkeys(photo for work in works for photo in work.blobs))


def new_assessment() -> Assessment:
    """An empty assessment, not yet saved."""
    now = datetime.now(UTC)
    return Assessment(id=new_id(), created=now, updated=now)


def answers_of(scheme: Scheme, work: Work) -> Answers:
    """The answers of some work that fit its version of the standard.

    Never fails: what that version does not know, remarks and samples alike, is in `unknown`.
    """
    answers, unknown = known_answers(scheme, work.answers)
    notes = (work.remarks, work.evidence, work.absence, work.entries, work.samples, work.photos)
    strange = [item for noted in notes for item in noted if item not in scheme.items]
    return replace(answers, unknown=tuple(dict.fromkeys((*unknown, *strange))))


def known_answers(scheme: Scheme, saved: SavedAnswers) -> tuple[Answers, list[str]]:
    """The answers that fit `scheme`, and the ids saved that it does not know.

    Never fails: a document made for another version of the standard keeps every
    answer, and what no longer fits is listed so that it can be shown. A question of which
    none of the chosen options is known counts as not answered.
    """
    facets: dict[str, frozenset[str]] = {}
    strange: list[str] = []
    for name, chosen in saved.facets.items():
        facet = scheme.facet.get(name)
        known, unknown = _split(chosen, {o.id for o in facet.options} if facet else ())
        strange += [f"{name}={option}" for option in unknown]
        if facet:
            if not facet.many:
                strange += [f"{name}={option}" for option in known[1:] if option != known[0]]
                known = known[:1]
            if known or not chosen:
                facets[name] = frozenset(known)
        elif not chosen:
            strange.append(name)
    questions = {question.id for question in scheme.performance}
    performance, lost_questions = _split(saved.performance, questions)
    beyond = [q.id for q in scheme.performance if q.yes_no and saved.performance.get(q.id, 0) > 1]
    strange += [f"{name}={saved.performance[name]}" for name in beyond]
    findings, lost_findings = _split(saved.findings, scheme.conditions)
    amounts, lost_amounts = _known_amounts(scheme, saved)
    findings = [c for c in findings if c not in lost_amounts]
    lost_findings += lost_amounts
    levels, ratios, lost_choices = _known_choices(scheme, saved)
    asked_again = scheme.conditions if scheme.reassessment else ()
    found_before, lost_earlier = _split(saved.earlier, asked_again)
    marked, lost_marks = _split(saved.not_applicable, scheme.markable)
    reviewed = [name for name in saved.reviewed if scheme.is_reviewable(name)]
    lost_reviews = [name for name in saved.reviewed if not scheme.is_reviewable(name)]
    requisites, lost_requisites = _split(saved.application, [r.id for r in scheme.application])
    own, lost_own = _known_own(scheme, saved)
    listed = frozenset(f"own:{one.id}" for one in saved.own_findings)
    wished = {key for key in (*saved.effort, *saved.pins) if is_known(scheme, key, listed)}
    quick = [name for name in saved.quick if scheme.is_reviewable(name)]
    answers = Answers(
        facets=facets,
        performance={n: saved.performance[n] for n in performance if n not in beyond},
        not_applicable=frozenset(marked),
        reviewed=frozenset(reviewed),
        findings={c: saved.findings[c] for c in findings if saved.findings[c]},
        earlier={c: Earlier(**dict(saved.earlier[c])) for c in found_before},
        application={r: saved.application[r] == "yes" for r in requisites},
        quick=frozenset(quick),
        own_findings=own,
        effort={k: Decimal(v) for k, v in saved.effort.items() if k in wished and Decimal(v)},
        pins={key: pin for key, pin in saved.pins.items() if key in wished},
        amounts=amounts,
        levels=levels,
        ratios=ratios,
    )
    lost = strange + lost_questions + lost_findings + lost_earlier + lost_marks + lost_reviews
    lost += lost_requisites + lost_own + lost_choices
    lost += [name for name in saved.quick if name not in quick]
    return answers, list(dict.fromkeys(lost))


def _known_amounts(
    scheme: Scheme, saved: SavedAnswers
) -> tuple[dict[str, tuple[Decimal, ...]], list[str]]:
    """Amounts, the largest first, and the conditions whose findings have none that fit."""
    fitting: dict[str, tuple[Decimal, ...]] = {}
    lost = []
    for name, often in saved.findings.items():
        if name not in scheme.with_amounts and name not in saved.amounts:
            continue
        asked = scheme.conditions[name][1].amount if name in scheme.conditions else None
        given = tuple(map(Decimal, saved.amounts.get(name, ())))
        if asked is None:
            if given and name in scheme.conditions:
                lost.append(name)
        elif len(given) == often and all(map(asked.allows, given)):
            if given:
                fitting[name] = tuple(sorted(given, reverse=True))
        else:
            lost.append(name)
    return fitting, lost


def _known_choices(
    scheme: Scheme, saved: SavedAnswers
) -> tuple[dict[str, str], dict[str, Ratio], list[str]]:
    """Levels and samples that fit `scheme`, and the keys of those that do not."""
    items = scheme.items
    levels = {i: n for i, n in saved.levels.items() if i in items and n in items[i].level}
    ratios = {
        i: Ratio(ratio.inspected, ratio.failed)
        for i, ratio in saved.ratios.items()
        if i in items and items[i].ratio
    }
    lost = [f"level:{i}" for i in saved.levels if i not in levels]
    return levels, ratios, lost + [f"ratio:{i}" for i in saved.ratios if i not in ratios]


def _known_own(scheme: Scheme, saved: SavedAnswers) -> tuple[tuple[OwnFinding, ...], list[str]]:
    """Own findings that fit `scheme`, and the keys of those whose item or points do not."""
    fitting: dict[str, OwnFinding] = {}
    lost = []
    for one in saved.own_findings:
        item = scheme.items.get(one.item)
        if item is None or Decimal(one.points) > item.points or one.id in fitting:
            lost.append(f"own:{one.id}")
        elif one.count:
            points = Decimal(one.points)
            fitting[one.id] = OwnFinding(one.id, one.item, one.words, points, one.count)
    return tuple(fitting[name] for name in sorted(fitting)), lost


def _split(ids: Collection[str], known: Container[str]) -> tuple[list[str], list[str]]:
    return [i for i in ids if i in known], [i for i in ids if i not in known]
