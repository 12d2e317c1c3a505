"""An assessment as it was at one moment: the answers, and what they scored then.

A document of its own, so that a click never writes what was kept before. Only its name may be
changed, and a photo taken away.
"""

from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from state.documents.assessment import (
    SCHEMA_VERSION,
    Assessment,
    Document,
    Id,
    KeptDocument,
    Profile,
    Work,
)

NAME_LENGTH = 100

_Word = Annotated[str, StringConstraints(strict=True, max_length=200)]
_Decimal = Annotated[str, StringConstraints(strict=True, pattern=r"^-?\d{1,30}(\.\d{1,30})?$")]


class ElementFigures(Document):
    """An A-level element's marks and percentage; percent: None with nothing applicable."""

    id: _Word
    title: _Word
    score: _Decimal
    full: _Decimal
    percent: _Decimal | None = None


class Figures(Document):
    """What the answers scored, as decimal strings in the scheme's own unit.

    total, low, high: None with nothing applicable. grade: the grade that was met.
    reviewed, applicable: items. elements: in the order of the standard.
    """

    total: _Decimal | None = None
    low: _Decimal | None = None
    high: _Decimal | None = None
    grade: _Word | None = None
    reviewed: Annotated[int, Field(strict=True, ge=0)] = 0
    applicable: Annotated[int, Field(strict=True, ge=0)] = 0
    elements: Annotated[tuple[ElementFigures, ...], Field(max_length=200)] = ()


class Snapshot(KeptDocument):
    """What one assessment was at one moment.

    assessment: its id. updated: when the snapshot was made. figures: None where no standard
    was chosen, or one that is not installed.
    """

    KIND: ClassVar[str] = "snapshot"
    SCHEMA: ClassVar[int] = SCHEMA_VERSION  # a new field of the work is one of this too

    schema_version: Annotated[int, Field(strict=True, ge=1, le=SCHEMA_VERSION)] = SCHEMA_VERSION
    assessment: Id
    name: Annotated[str, StringConstraints(strict=True, max_length=NAME_LENGTH)]
    scheme: _Word | None
    profile: Profile
    chapters: dict[_Word, str]
    work: Work
    figures: Figures | None = None

    @property
    def title(self) -> str:
        """What to call it in a list."""
        return self.name

    @property
    def group(self) -> str:
        """The assessment it was made of."""
        return self.assessment

    @property
    def standard(self) -> tuple[str | None, str]:
        """Id and version of the standard that counted then."""
        return self.scheme, self.work.scheme_version

    @property
    def blobs(self) -> tuple[str, ...]:
        """Hashes of the pictures that were shown then."""
        return tuple(dict.fromkeys((*self.profile.blobs, *self.work.blobs)))

    @property
    def then(self) -> Assessment:
        """The assessment as it was, to make documents of; nothing is ever saved of it."""
        return Assessment(
            id=self.assessment,
            scheme=self.scheme,
            profile=self.profile,
            chapters=self.chapters,
            work=self.work,
            created=self.updated,
            updated=self.updated,
        )
