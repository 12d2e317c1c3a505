"""整改清单: every action with who does what until when, in the order of the standard."""

from collections.abc import Iterator, Mapping
from datetime import date

from reports.content.blocks import (
    Block,
    Column,
    Document,
    Heading,
    Mark,
    Row,
    Signature,
    Table,
    Text,
    Tone,
)
from reports.content.photos import action_photos
from reports.content.subject import Subject
from reports.content.told import Told
from schemes import Scheme
from scoring.result import Result
from state.documents.action import Action
from wording.actions import (
    FIELDS,
    FIVE_NOTE,
    GRADES,
    NO_ACTIONS,
    TITLE,
    day_words,
    department_words,
    lacking_words,
    measure_words,
    stage_words,
    tally_words,
    verified_words,
)
from wording.findings import scheme_notes

HEADS = (
    "序号",
    "编号",
    "问题和原因",
    "等级",
    "整改措施",
    FIELDS["department"],
    FIELDS["person"],
    "开始",
    "期限",
    "进度",
    "验证",
    "备注",
)
_WIDTHS = (9, 16, 46, 13, 50, 24, 17, 22, 22, 21, 24, 22)
_ALIGN = "CLLCLLLLLLLL"


def ordered(scheme: Scheme, actions: Mapping[str, Action]) -> list[tuple[str, Action]]:
    """Actions with their ids in the order of the standard, then by day; of no item last."""
    places = {item: place for place, item in enumerate(scheme.items)}

    def place(one: tuple[str, Action]) -> tuple[int, date, str, str]:
        action_id, action = one
        last = places.get(action.item, len(places))
        return last, action.due or date.max, action.problem, action_id

    return sorted(actions.items(), key=place)


def action_rows(result: Result, subject: Subject) -> list[tuple[str, ...]]:
    """The cells of every action, under `HEADS`."""
    today = subject.made_on
    return [
        (
            str(number),
            action.item,
            "\n".join(filter(None, [action.problem, _named("cause", action)])),
            GRADES[action.grade],
            "\n".join(filter(None, [measure_words(action), lacking_words(action)])),
            department_words(action),
            action.person,
            day_words(action.start),
            day_words(action.due),
            stage_words(action, today),
            "\n".join(filter(None, [verified_words(action), action.verified_by])),
            action.remark,
        )
        for number, (_, action) in enumerate(ordered(result.scheme, subject.actions), 1)
    ]


def _named(field: str, action: Action) -> str:
    value = getattr(action, field)
    return f"{FIELDS[field]}：{value}" if value else ""


def appendix_cells(action: Action) -> tuple[str, ...]:
    """What an action says in the table of 003, H.1, from the department in charge on."""
    return (
        department_words(action),
        measure_words(action),
        day_words(action.start),
        day_words(action.due),
        verified_words(action),
        action.verified_by,
        action.remark,
    )


def action_document(result: Result, subject: Subject) -> Document:
    """The list, to be printed and hung up or handed on."""
    return Told(result, subject).document(TITLE, _blocks(result, subject), wide=True)


def _blocks(result: Result, subject: Subject) -> Iterator[Block]:
    yield Heading(TITLE)
    yield Text(f"标准：{result.scheme.title}")
    actions = [action for _, action in ordered(result.scheme, subject.actions)]
    if actions:
        yield Text(tally_words(actions, subject.made_on), Tone.STRONG)
    if any(action.grade == "major" for action in actions):
        yield Text(FIVE_NOTE, Tone.NOTE)
    heads = zip(HEADS, _WIDTHS, _ALIGN, strict=True)
    columns = tuple(Column(head, width, align) for head, width, align in heads)
    rows = [
        Row(cells, mark=Mark.UNMET if action.days_late(subject.made_on) else Mark.NEUTRAL)
        for cells, action in zip(action_rows(result, subject), actions, strict=True)
    ]
    yield Table(columns, tuple(rows), NO_ACTIONS)
    for note in scheme_notes(result.scheme, starred=False):
        yield Text(note, Tone.NOTE)
    yield Signature((("负责人", ""), ("验证人", "")))
    yield from action_photos(actions, subject)
