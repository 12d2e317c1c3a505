"""An action (整改): what is done about a finding, by whom and until when.

A part of an assessment, kept under an id of its own, so that two windows can change two of its
fields. It outlives its finding: once that is taken back, the action says what was done about it.
"""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from scoring.answers import MAX_COUNT
from state.documents.document import Digest, Document, Name, Text

MOST_ACTIONS = 2000
"""Actions of one assessment; more findings than that no standard has room for."""

MOST_PICTURES = 9
"""Before, and again after."""

ActionGrade = Literal["general", "major"]
"""一般 or 重大: a major one needs 五落实, see `lacking`."""

Stage = Literal["open", "begun", "done", "verified"]
"""How far an action has come, which its dates say: 未开始, 进行中, 已完成, 已验证."""

_NAMES = r"^[^\x00-\x1f\x7f]{0,100}$"
_Subject = Annotated[str, StringConstraints(strict=True, pattern=_NAMES)]
_Pictures = Annotated[tuple[Digest, ...], Field(max_length=MOST_PICTURES)]

_FIVE = ("measure", "money", "due", "person", "temporary")
"""五落实: 措施, 资金, 时限, 责任人, 预案（临时措施）, in the order of the form."""


class Action(Document):
    """One action.

    finding: the key of what it is for, as in pins (`2.1.1-c`, `own:o1`, `earlier:2.1.1-c`); empty
    where it is for none. item: of the standard; kept, as an own finding that was taken back says
    no more where it was; empty where it is for the whole enterprise. places: how many of the
    finding's it puts right, None for all of them.
    problem, cause, measure, temporary (measures until it is put right), money, remark: in words.
    start: the day work begins, planned or past. due: the last day. done, verified: days.
    before, after: pictures, by the hash of their content.
    """

    finding: _Subject = ""
    item: _Subject = ""
    places: Annotated[int, Field(strict=True, ge=1, le=MAX_COUNT)] | None = None
    problem: Text = ""
    grade: ActionGrade = "general"
    measure: Text = ""
    temporary: Text = ""
    money: Name = ""
    department: Name = ""
    supporting: Name = ""
    person: Name = ""
    start: date | None = None
    due: date | None = None
    done: date | None = None
    verified: date | None = None
    verified_by: Name = ""
    remark: Text = ""
    cause: Text = ""
    before: _Pictures = ()
    after: _Pictures = ()

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        """Raises, as a fault of its kind: what ends before it begins."""
        if self.start and self.due and self.due < self.start:
            raise PydanticCustomError("action_due_before_start", "due before start")
        if self.start and self.done and self.done < self.start:
            raise PydanticCustomError("action_done_before_start", "done before start")
        if self.verified and not self.done:
            raise PydanticCustomError("action_verified_not_done", "verified, but not done")
        if self.verified and self.done and self.verified < self.done:
            raise PydanticCustomError("action_verified_before_done", "verified before done")
        return self

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done is None

    @property
    def pictures(self) -> tuple[str, ...]:
        """Hashes of all its pictures."""
        return (*self.before, *self.after)

    def stage(self, today: date) -> Stage:
        """How far it has come: begun from its first day on."""
        if self.done:
            return "verified" if self.verified else "done"
        return "begun" if self.start and self.start <= today else "open"

    def days_late(self, today: date) -> int:
        """For how many days it has been due; 0 where it is not, or done."""
        if self.due is None or not self.is_open:
            return 0
        return max(0, (today - self.due).days)

    @property
    def lacking(self) -> tuple[str, ...]:
        """Fields of 五落实 that a major action has not; none of a general one."""
        if self.grade == "general":
            return ()
        return tuple(field for field in _FIVE if not getattr(self, field))
