"""Records of trainings and meetings: who, when, about what; the rest is written there."""

from collections.abc import Iterator, Sequence

from process import Deliverable
from reports.content.blocks import (
    Block,
    Document,
    Form,
    FormCell,
    FormRow,
    Heading,
    Text,
)
from reports.content.papers.ground import Ground
from reports.content.papers.pieces import (
    DATE,
    guide,
    pairs,
    paper,
    signed,
    spaces,
    taken_from,
)
from wording.grades import verdict_words
from wording.papers import day_words, duties_words, found_words

_ATTENDANTS = 20

_SIGNING = 8.5
"""Millimetres for somebody to sign in."""


def training_record(ground: Ground, one: Deliverable) -> Document:
    """培训记录: what is taught by the step's own words, a sheet to sign, and the test."""
    return paper(ground, one, _training(ground, one))


def _training(ground: Ground, one: Deliverable) -> Iterator[Block]:
    step = ground.step(one)
    yield pairs(
        ("培训主题", step.title),
        ("计划日期", day_words(ground.project.spans.get(step.id))),
        ("实际日期", DATE),
        ("地点", ""),
        ("讲课人", ""),
        ("学时", ""),
        ("组织部门", ""),
        ("应到 / 实到", "　　　/　　　人"),
    )
    yield Heading("培训内容", 2)
    yield guide(
        "按实际讲的写：讲了哪几条、举了什么例子、发了什么材料。第一格是流程里这一步要做的事。"
    )
    yield spaces(
        ("这一步要做", duties_words(step, ground.process, ground.project)), ("实际内容", "")
    )
    yield Heading("签到表", 2)
    yield guide("本人当场签字，不代签；换班没来的另补一场，签在同一张表上。")
    yield attendance("考核结果", _people(ground, one))
    yield Heading("效果评价", 2)
    yield guide("写怎样考、多少人合格、没合格的什么时候补；现场照片另附。")
    yield spaces(("考核方式和结果", ""), ("改进意见", ""))
    yield signed(ground, "记录人", one.by)


def opening_meeting(ground: Ground, one: Deliverable) -> Document:
    """首次会议记录: by which standard and who looks; nothing is found yet."""
    return paper(ground, one, _opening(ground, one))


def _opening(ground: Ground, one: Deliverable) -> Iterator[Block]:
    yield _head(one)
    standard = ground.latest.result.scheme.title if ground.latest else ""
    people = _people(ground, one)
    yield Heading("会议内容", 2)
    yield guide("开会前填好前三格，会上按实际改；有人有不同意见，原话记下来。")
    yield spaces(
        ("依据的标准", standard),
        ("检查人员", "、".join(name for name, *_ in people)),
        ("这一步要做", duties_words(ground.step(one), ground.process, ground.project)),
        ("范围、分组和日程", ""),
        ("主要负责人讲话", ""),
        ("决定的事", ""),
    )
    yield from _signed(ground, people)


def closing_meeting(ground: Ground, one: Deliverable) -> Document:
    """末次会议记录: the result of the latest snapshot, and what follows from it."""
    return paper(ground, one, _closing(ground, one))


def _closing(ground: Ground, one: Deliverable) -> Iterator[Block]:
    yield _head(one)
    yield Heading("自评结果", 2)
    yield taken_from(ground.latest)
    if ground.latest:
        yield Text(verdict_words(ground.latest.result))
        yield Text(found_words(ground.latest.result))
    yield Heading("会议内容", 2)
    yield guide("逐条念不符合项，当场认下责任部门和期限；认不下的写明谁来定、哪天定。")
    yield spaces(
        ("各部门对问题的意见", ""), ("整改要求和期限", ""), ("主要负责人讲话", ""), ("决定的事", "")
    )
    yield from _signed(ground, _people(ground, one))


def _head(one: Deliverable) -> Form:
    return pairs(
        ("会议名称", one.title),
        ("日期", DATE),
        ("主持人", ""),
        ("记录人", ""),
        ("地点", ""),
        ("应到 / 实到", "　　　/　　　人"),
    )


def _people(ground: Ground, one: Deliverable) -> list[tuple[str, str, str]]:
    members = (member for body in one.bodies for member in ground.members(body))
    return [(m.name, m.department, m.post) for m in members]


def _signed(ground: Ground, people: Sequence[Sequence[str]]) -> Iterator[Block]:
    yield Heading("签到表", 2)
    yield attendance("代表谁", people)
    yield signed(ground, "记录人", "主持人")


def attendance(last: str, people: Sequence[Sequence[str]] = ()) -> Form:
    """A sheet to sign. last: what else is asked of everybody. people: who is expected."""
    heads = ("序号", "姓名", "部门", "岗位或职务", last, "签字")
    rows = [FormRow(tuple(FormCell(head, label=True) for head in heads))]
    for number in range(1, max(_ATTENDANTS, len(people)) + 1):
        known = people[number - 1] if number <= len(people) else ()
        cells = (str(number), *known, *[""] * (len(heads) - 1 - len(known)))
        rows.append(FormRow(tuple(map(FormCell, cells)), _SIGNING, keep=number == 1))
    return Form((12, 26, 34, 34, 24, 30), tuple(rows))
