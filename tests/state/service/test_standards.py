"""Standards that users bring: read, confirmed, installed, found by every server."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from schemes import Library, SchemeError, UnknownScheme
from schemes.comparing import rows_between
from schemes.heirs import heirs
from schemes.held import content_of, read_held
from schemes.library import installed as shipped
from scoring import score
from scoring.reading import parse
from state.documents.access import Access
from state.documents.assessment import new_assessment
from state.documents.changes import set_scheme
from state.documents.installed import InstalledScheme, StandardFault
from state.documents.installed_changes import (
    accept,
    placed,
    set_conditions,
    set_item,
    set_points,
    undo,
)
from state.documents.installed_pairs import another_row, same_row
from state.documents.installed_reading import MAX_BYTES, export_standard, read_table
from state.documents.installed_rules import set_facts
from state.documents.installed_scope import add_question, drop_question, set_ticked
from state.documents.installed_structure import set_structure
from state.service.assessments import AssessmentService, Forbidden, Visitor
from state.service.mode import Mode
from state.service.standards import INSTALLERS, StandardService
from state.storage.folder import TinyRepository
from state.storage.repository import NotFound, Repository
from tests.schemes.tables.files import HEADER, ROWS, sheet, text
from tests.state.service.test_assessments import OWNER, STRANGER

UNCLEAR = ["2.机构", "2.2经费", "有安全经费", 5, "无经费的，不得分；使用情况欠佳的，酌情扣分。"]
CLEAR = text([HEADER, *ROWS])
TABLE = sheet([HEADER, *ROWS, UNCLEAR])


@pytest.fixture
def service(repository: Repository, request: pytest.FixtureRequest) -> StandardService:
    mode = getattr(request, "param", Mode.LOGIN)
    return StandardService(AssessmentService(repository, mode))


def library(repository: Repository) -> Library:
    """The library of another server of the same installation."""
    made = Library(shipped.home)
    made.bring(AssessmentService(repository, Mode.LOGIN).standards)
    return made


def test_a_table_is_confirmed_installed_and_found_by_another_server(
    service: StandardService, opened: Callable[[], Repository]
) -> None:
    other = library(opened())
    assert "own-" not in "".join(other.ids())
    draft = service.read(TABLE, "小微表.xlsx", "小微企业评分表", OWNER)
    assert [row.where for row in draft.rows.values()] == [
        "评分表!D2",
        "评分表!D3",
        "评分表!D4",
        "评分表!D5",
    ]
    assert not other.knows(draft.scheme)
    made = service.install(draft.id, OWNER, everybody=False)
    assert (made.stage, made.version) == ("installed", "1")
    assert other.knows(draft.scheme)
    found = other.get(draft.scheme)
    assert (found.title, found.full) == ("小微企业评分表", Decimal(25))
    assert found.provenance == "imported"
    assert found.unread == ("2.2.1",)
    assert draft.scheme not in other.ids()  # for oneself
    assert service.own(OWNER) == [draft.scheme]
    assert service.own(STRANGER) == []
    parsed = parse({"scheme": draft.scheme, "findings": {"1.1.2-b": 1}}, other)
    assert score(found, parsed.answers).total == Decimal(92)  # 100 × 23 ÷ 25


def test_what_is_installed_is_never_rewritten_and_followed_by_the_next_version(
    service: StandardService, repository: Repository
) -> None:
    first = service.install(service.read(CLEAR, "a.csv", "表", OWNER).id, OWNER, False)
    with pytest.raises(StandardFault, match="下一版"):
        service.change(first.id, OWNER, set_points("1.1.1", Decimal(5)))
    with pytest.raises(StandardFault):
        service.install(first.id, OWNER, False)
    with pytest.raises(StandardFault):
        service.erase(first.id, OWNER)
    draft = service.begin_next(first.id, OWNER)
    service.change(draft.id, OWNER, set_points("1.1.1", Decimal("5.5")))
    second = service.install(draft.id, OWNER, False)
    again = service.install(
        service.read(CLEAR, "a.csv", "表", OWNER, first.scheme).id, OWNER, False
    )
    assert (second.scheme, second.version, again.version) == (first.scheme, "2", "3")
    found = library(repository)
    assert [s.items["1.1.1"].points for s in found.history(first.scheme)] == [
        Decimal(4),
        Decimal("5.5"),
        Decimal(4),
    ]
    with pytest.raises(UnknownScheme):
        found.get(first.scheme, "4")
    with pytest.raises(NotFound):
        service.read(CLEAR, "a.csv", "表", STRANGER, first.scheme)


CHANGED = text(
    [
        HEADER,
        ["1.目标", "1.1制度", "有安全目标管理办法", 2, "无办法的，不得分。"],  # put in before
        [*ROWS[0][:4], str(ROWS[0][4]).replace("；", "； ")],  # lines break elsewhere
        ["1.目标", "1.1制度", "有年度目标", 6, "未公布的，每处扣3分；无目标的，不得分。"],
        ["3.应急", "3.1演练", "每年演练一次", 8, "未演练的，不得分。"],
    ]
)


def test_a_changed_table_follows_row_by_row_what_was_installed(
    service: StandardService, repository: Repository
) -> None:
    draft = service.read(CLEAR, "a.csv", "表", OWNER)
    service.change(draft.id, OWNER, add_question("有没有年度目标？"))
    service.change(draft.id, OWNER, set_ticked("f1", {"1.1.2": True}))
    confirmed = [{"id": "a", "when": "无制度", "deduct": Decimal(3)}]
    service.change(draft.id, OWNER, set_conditions("1.1.1", confirmed))
    graded = [{"title": "达标", "total": Decimal(60), "items": ["1.1.2"]}]
    weights = {"1": Decimal(40), "2": Decimal(60)}
    service.change(draft.id, OWNER, set_facts(grades=graded))
    service.change(draft.id, OWNER, set_structure(weights=weights))
    first = service.install(draft.id, OWNER, False)
    next_draft = service.read(CHANGED, "b.csv", "表", OWNER, first.scheme)
    old = service.before(next_draft)
    assert old is not None and old.version == "1"
    new = read_held(next_draft.content)
    assert [(i, item.was) for i, item in new.items.items()] == [
        ("1.1.1", ()),
        ("1.1.2", ("1.1.1",)),
        ("1.1.3", ("1.1.2",)),
        ("3.1.1", ()),
    ]
    assert [(c.id, c.deduct) for c in new.items["1.1.2"].conditions] == [("1.1.2-a", Decimal(3))]
    # circumstances of a changed row keep the ids that they had, whatever their order
    assert [(c.id, c.when, c.deduct) for c in new.items["1.1.3"].conditions] == [
        ("1.1.3-b", "未公布", Decimal(3)),
        ("1.1.3-a", "无目标", None),
    ]
    assert new.items["1.1.3"].applies_when.terms == (("f1", frozenset({"yes"})),)
    assert [(grade.title, grade.items) for grade in new.grades] == [
        ("达标", (("1.1.3", Decimal(100)),))
    ]
    assert (new.scoring.total, new.elements[0].weight) == ("percent", None)
    assert next_draft.remarks[-1].startswith("要素变了，上一版的权重没有带过来")
    changes = rows_between(old, new, heirs([old, new]))
    assert [(one.old and one.old.id, one.new and one.new.id, one.what) for one in changes] == [
        (None, "1.1.1", ()),
        ("1.1.1", "1.1.2", ("number",)),
        ("1.1.2", "1.1.3", ("number", "conditions")),
        (None, "3.1.1", ()),
        ("2.1.1", None, ()),
    ]
    made = service.install(next_draft.id, OWNER, False)
    answered = {"scheme": first.scheme, "version": "1", "findings": {"1.1.1-a": 1}}
    found = library(repository)
    assert made.version == "2"
    old_score = score(found.get(first.scheme, "1"), parse(answered, found).answers)
    assert old_score.total == Decimal(88)  # 40 × 7 ÷ 10 + 60


def test_a_new_row_with_the_number_of_one_that_is_gone_inherits_nothing(
    service: StandardService,
) -> None:
    first = service.install(service.read(CLEAR, "a.csv", "表", OWNER).id, OWNER, False)
    other = [ROWS[0], ROWS[1], ["2.机构", "2.1人员", "建立应急演练档案", 3, "未建档的，不得分。"]]
    draft = service.read(text([HEADER, *other]), "b.csv", "表", OWNER, first.scheme)
    new = read_held(draft.content)
    assert [*new.items] == ["1.1.1", "1.1.2", "2.1.1b"]
    assert draft.rows["2.1.1b"].text == "未建档的，不得分。"


def test_a_row_that_was_taken_for_another_is_parted_and_paired_by_hand(
    service: StandardService,
) -> None:
    first = service.install(service.read(CLEAR, "a.csv", "表", OWNER).id, OWNER, False)
    draft = service.read(CHANGED, "b.csv", "表", OWNER, first.scheme)
    old = service.before(draft)
    assert old is not None
    graded = [{"title": "达标", "total": Decimal(60), "items": ["1.1.1", "1.1.2"]}]
    before = service.change(draft.id, OWNER, set_facts(grades=graded))

    # 1.1.1 is a row put in before: parted from its older one, 1.1.2 must not leave it the answers
    parted = service.change(draft.id, OWNER, another_row("1.1.2", "1.1.1", old))
    new = read_held(parted.content)
    assert [(i, item.was) for i, item in new.items.items()] == [
        ("1.1.1b", ()),
        ("1.1.2b", ()),
        ("1.1.3", ("1.1.2",)),
        ("3.1.1", ()),
    ]
    assert parted.rows["1.1.2b"].text == before.rows["1.1.2"].text
    assert [i for i, _ in new.grades[0].items] == ["1.1.1b", "1.1.2b"]
    lead = heirs([old, new])
    assert (lead.item("1.1.1"), lead.item("1.1.2")) == ("1.1.1@1", "1.1.3")

    paired = service.change(draft.id, OWNER, same_row("3.1.1", old.items["1.1.1"]))
    lead = heirs([old, read_held(paired.content)])
    assert lead.item("1.1.1") == "3.1.1"
    assert lead.condition("1.1.1-a") == "1.1.1-a@1"  # another circumstance, though it comes first
    with pytest.raises(StandardFault, match=r"3\.1\.1 已经是"):
        service.change(draft.id, OWNER, same_row("1.1.1b", old.items["1.1.1"]))

    service.change(draft.id, OWNER, undo)
    undone = service.change(draft.id, OWNER, undo)
    assert content_of(undone.content) == content_of(before.content)
    assert undone.rows == before.rows


def test_a_row_under_its_old_number_with_other_words_can_be_another(
    service: StandardService,
) -> None:
    first = service.install(service.read(CLEAR, "a.csv", "表", OWNER).id, OWNER, False)
    draft = service.begin_next(first.id, OWNER)
    old = service.before(draft)
    assert old is not None
    new = read_held(service.change(draft.id, OWNER, another_row("1.1.2", "1.1.2", old)).content)
    assert [*new.items][:2] == ["1.1.1", "1.1.2b"]
    assert heirs([old, new]).item("1.1.2") == "1.1.2@1"


def test_only_those_named_install_for_everybody_and_not_before_all_is_confirmed(
    service: StandardService, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = service.read(TABLE, "a.xlsx", "表", OWNER)
    with pytest.raises(Forbidden, match=INSTALLERS):
        service.install(draft.id, OWNER, everybody=True)
    monkeypatch.setenv(INSTALLERS, f"somebody@else.cn, {OWNER.mail.removeprefix('mail:')}")
    with pytest.raises(StandardFault, match="1 条待确认"):
        service.install(draft.id, OWNER, everybody=True)
    assert service.open(draft.id, OWNER).stage == "draft"
    service.change(draft.id, OWNER, accept("2.2.1"))
    made = service.install(draft.id, OWNER, everybody=True)
    assert made.scheme in library(repository).ids()
    assert not service.may_install(STRANGER)


def test_a_version_for_oneself_is_nobody_elses(
    service: StandardService, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(INSTALLERS, OWNER.mail.removeprefix("mail:"))
    made = service.install(service.read(CLEAR, "a.csv", "表", OWNER).id, OWNER, everybody=True)
    draft = service.begin_next(made.id, OWNER)
    assert service.stands_alone(draft)
    mine = service.install(draft.id, OWNER, everybody=False)
    assert mine.scheme != made.scheme
    found = library(repository)
    assert found.versions(made.scheme) == ["1"]
    assert mine.scheme not in found.ids()
    later = service.install(service.begin_next(mine.id, OWNER).id, OWNER, everybody=False)
    assert (later.scheme, later.version) == (mine.scheme, "2")
    with pytest.raises(StandardFault, match="已有第 2 版"):
        service.open_to_all(mine.id, OWNER)


@pytest.mark.parametrize("service", [Mode.LINK], indirect=True)
def test_who_cannot_be_told_apart_is_refused_instead_of_losing_a_draft(
    service: StandardService,
) -> None:
    with pytest.raises(Forbidden, match="Cookie"):
        service.read(CLEAR, "a.csv", "表", Visitor())


def test_a_standard_is_taken_off_the_lists_and_back_and_goes_on_scoring(
    service: StandardService, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(INSTALLERS, OWNER.mail.removeprefix("mail:"))
    made = service.install(service.read(CLEAR, "a.csv", "表", OWNER).id, OWNER, everybody=True)
    later = service.install(service.begin_next(made.id, OWNER).id, OWNER, everybody=True)
    begun = set_scheme(read_held(made.content))(new_assessment())
    repository.create(begun, Access(owner=OWNER.owner))
    found = library(repository)
    assert made.scheme in found.ids()
    assert service.users(made.id, OWNER) == [begun.title]
    with pytest.raises(NotFound):
        service.withdraw(made.id, STRANGER)
    service.withdraw(later.id, OWNER)
    found = library(repository)
    assert made.scheme not in found.ids()
    assert service.own(OWNER) == []
    assert found.get(made.scheme, "1").full == Decimal(20)
    service.withdraw(made.id, OWNER, back=True)
    assert made.scheme in library(repository).ids()
    assert service.own(OWNER) == [made.scheme]


def test_a_draft_is_its_makers(service: StandardService) -> None:
    draft = service.read(CLEAR, "a.csv", "表", OWNER)
    for action in (
        lambda: service.open(draft.id, STRANGER),
        lambda: service.change(draft.id, STRANGER, accept("1.1.1")),
        lambda: service.install(draft.id, STRANGER, False),
        lambda: service.erase(draft.id, STRANGER),
        lambda: service.try_out(draft.id, STRANGER),
    ):
        with pytest.raises(NotFound):
            action()
    assert service.list(STRANGER) == []
    service.erase(draft.id, OWNER)
    assert service.list(OWNER) == []


def test_changes_are_kept_one_by_one_and_taken_back(service: StandardService) -> None:
    draft = service.read(TABLE, "a.xlsx", "表", OWNER)
    changes = [
        set_points("1.1.1", Decimal("4.5")),
        set_conditions("2.2.1", [{"id": "a", "when": "无经费", "forfeit": True}, DEDUCTED]),
        accept("2.2.1"),
        set_facts(
            title="新名称",
            grades=[{"title": "达标", "total": Decimal(60)}],
            decimals=2,
            compare="rounded",
        ),
    ]
    before = [draft.content]
    for change in changes:
        before.append(service.change(draft.id, OWNER, change).content)
    scheme = read_held(service.open(draft.id, OWNER).content)
    assert (scheme.title, scheme.full, scheme.unread) == ("新名称", Decimal("25.5"), ())
    assert [(g.title, g.total) for g in scheme.grades] == [("达标", Decimal(60))]
    assert [(c.id, c.deduct, c.per) for c in scheme.items["2.2.1"].conditions] == [
        ("2.2.1-a", None, None),
        ("2.2.1-b", Decimal("0.5"), "项"),
    ]
    for expected in reversed(before[:-1]):
        assert service.change(draft.id, OWNER, undo).content == expected
    with pytest.raises(StandardFault, match="没有可以撤销"):
        service.change(draft.id, OWNER, undo)


def test_questions_grades_and_weights_are_written_into_the_standard(
    service: StandardService,
) -> None:
    draft = service.read(CLEAR, "a.csv", "表", OWNER)
    told = {
        "performance": [{"title": "死亡事故", "years": 1}, {"title": "行政处罚", "type": "yes_no"}],
        "downgrade": ["p2"],
        "grades": [
            {"title": "一级", "total": Decimal(90), "performance": {"p1": 0}},
            {"title": "二级", "total": Decimal(75), "element": Decimal(60)},
        ],
        "na": "full_credit",
    }
    changes = [
        add_question("有没有叉车？"),
        set_ticked("f1", {"1.1.2": True, "2": True}),
        set_ticked("f1", {"2": False}),
        add_question("有没有冷库？"),
        drop_question("f2"),
        set_facts(**told),
        set_structure(weights={"1": Decimal(40), "2": Decimal(60)}),
    ]
    before = [draft.content]
    for change in changes:
        before.append(service.change(draft.id, OWNER, change).content)
    service.change(draft.id, OWNER, set_facts(**{**told, "performance": [], "downgrade": []}))
    (scheme,) = (read_held(before[-1]),)
    assert [(f.id, f.title, f.yes_no) for f in scheme.facets] == [("f1", "有没有叉车？", True)]
    assert {i: item.applies_when.terms for i, item in scheme.items.items()} == {
        "1.1.1": (),
        "1.1.2": (("f1", frozenset({"yes"})),),
        "2.1.1": (),
    }
    assert [(q.id, q.title, q.yes_no, q.years) for q in scheme.performance] == [
        ("p1", "死亡事故", False, 1),
        ("p2", "行政处罚", True, None),
    ]
    assert [(g.title, g.element, g.performance) for g in scheme.grades] == [
        ("一级", None, (("p1", 0),)),
        ("二级", Decimal(60), ()),
    ]
    assert scheme.downgrade == ("p2",)
    assert [element.weight for element in scheme.elements] == [Decimal("0.4"), Decimal("0.6")]
    assert scheme.scoring.total == "weighted"
    assert [one.reading for one in scheme.interpretations] == [
        "空项按满分计；等级按总分、各要素的得分率、安全绩效定，其他要求没有导入"
    ]
    for expected in reversed(before):
        assert service.change(draft.id, OWNER, undo).content == expected
    service.change(draft.id, OWNER, add_question("有没有冷库？"))
    with pytest.raises(StandardFault, match="没有任何内容用到"):
        service.install(draft.id, OWNER, everybody=False)
    service.change(draft.id, OWNER, drop_question("f1"))
    service.change(draft.id, OWNER, set_item("1.1.2", levels=SIX))
    service.change(draft.id, OWNER, set_points("1.1.2", Decimal(7)))
    with pytest.raises(StandardFault, match=r"\n1\.1\.2：没有一档得满分 7"):
        service.install(draft.id, OWNER, everybody=False)


SIX = [
    {"id": "a", "title": "符合", "score": Decimal(6)},
    {"id": "b", "title": "不符合", "score": Decimal(0)},
]
RANGE = {"from": Decimal("0.5"), "to": Decimal(2), "step": Decimal("0.5")}
LEVELS = [
    {"id": f"l{score}", "title": title, "score": Decimal(score)}
    for title, score in (("符合", 4), ("基本符合", 2), ("不符合", 0))
]


def test_every_form_of_a_rule_is_written_by_hand(draft: InstalledScheme) -> None:
    for change in (
        set_conditions(
            "2.2.1",
            [
                {"when": "欠佳", "deduct": RANGE, "at_most": Decimal(3)},
                {"when": "屡次欠佳", "deduct": Decimal(1), "per": "次", "at_most": Decimal(2)},
                {"when": "有创新", "add": Decimal(1), "per": "项", "at_most": Decimal(2)},
                {"when": "造假", "forfeit": True, "scope": "scheme", "major": True},
            ],
        ),
        set_item("2.2.1", exhausted_extra=Decimal(5), note="看台账"),
        accept("2.2.1"),
        set_item("1.1.1", levels=LEVELS),
        set_item("1.1.2", ratio={"per": "台"}),
        set_points("2.1.1", Decimal(10)),
        set_facts(bonus={"at_most": Decimal(3), "above_full": True}),
    ):
        draft = change(draft)
    scheme = read_held(draft.content)
    item = scheme.items["2.2.1"]
    assert [
        (c.key, c.amount and (c.amount.least, c.amount.most, c.amount.step), c.deduct, c.add)
        for c in item.conditions
    ] == [
        ("b", (Decimal("0.5"), Decimal(2), Decimal("0.5")), None, None),
        ("c", None, Decimal(1), None),
        ("d", None, None, Decimal(1)),
        ("e", None, None, None),
    ]
    assert [c.at_most for c in item.conditions] == [Decimal(3), Decimal(2), Decimal(2), None]
    assert (item.conditions[3].scope, item.conditions[3].major) == ("scheme", True)
    assert (item.exhausted_extra, item.note) == (Decimal(5), "看台账")
    assert [level.score for level in scheme.items["1.1.1"].levels] == [4, 2, 0]
    assert scheme.items["1.1.2"].ratio == "台"
    assert scheme.bonus is not None and scheme.bonus.at_most == Decimal(3)


DEDUCTED = {"when": "使用欠佳", "deduct": Decimal("0.5"), "per": "项"}


@pytest.mark.parametrize(
    "change",
    [
        set_points("1.1.1", Decimal(-1)),
        set_points("1.1.1", Decimal("NaN")),
        set_points("9.9.9", Decimal(1)),
        set_conditions("1.1.1", [{"when": " ", "forfeit": True}]),
        set_conditions("1.1.1", [{"when": "错", "deduct": Decimal(0)}]),
        set_conditions("1.1.1", [{"when": "错", "deduct": RANGE | {"to": Decimal("1.2")}}]),
        set_conditions("1.1.1", [{"when": "错", "deduct": 2, "per": "处", "at_most": 1}]),
        set_item("1.1.1", levels=LEVELS[1:]),
        set_item("1.1.1", levels=LEVELS[:1]),
        set_item("1.1.1", exhausted_extra=Decimal(-1)),
        set_facts(
            grades=[{"title": t, "total": Decimal(n)} for t, n in (("一级", 60), ("二级", 75))]
        ),
        set_facts(grades=[{"title": "一级", "total": Decimal(60), "element": Decimal(101)}]),
        set_facts(performance=[{"title": "死亡事故", "years": 90}]),
        set_structure(weights={"1": Decimal(40)}),
        set_structure(weights={"1": Decimal(40), "9": Decimal(60)}),
        add_question(" "),
        set_ticked("f9", {"1": True}),
        set_facts(title=" "),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    change: Callable[[InstalledScheme], InstalledScheme], draft: InstalledScheme
) -> None:
    with pytest.raises(StandardFault):
        change(draft)


@pytest.fixture
def draft() -> InstalledScheme:
    return read_table(TABLE, "a.xlsx", "表", "")


def test_a_colleague_gets_it_as_one_file_under_the_same_id(
    service: StandardService, repository: Repository
) -> None:
    made = service.install(service.read(CLEAR, "a.csv", "表", OWNER).id, OWNER, False)
    sent = export_standard(made)
    same = service.take_in(sent, STRANGER)
    assert (same.scheme, same.version, same.made) == (made.scheme, "1", made.made)
    forged = json.loads(sent)
    forged["content"] = (
        forged["content"].replace('"points":4', '"points":5').replace('"full":20', '"full":21')
    )
    other = service.take_in(json.dumps(forged).encode(), STRANGER)
    assert other.scheme != made.scheme
    forged["version"] = "7"
    forged["content"] = forged["content"].replace('"version":"1"', '"version":"7"')
    later = service.take_in(json.dumps(forged).encode(), STRANGER)
    assert later.scheme != made.scheme  # nobody writes another's next version
    mine = service.install(service.begin_next(same.id, STRANGER).id, STRANGER, False)
    assert mine.scheme != made.scheme
    assert library(repository).versions(made.scheme) == ["1"]


def test_a_trial_is_a_copy_that_the_draft_goes_on_without(
    service: StandardService, repository: Repository
) -> None:
    draft = service.read(TABLE, "a.xlsx", "表", OWNER)
    trial = service.try_out(draft.id, OWNER)
    assert trial.scheme != draft.scheme
    service.change(draft.id, OWNER, set_points("1.1.1", Decimal(1)))
    found = library(repository).get(trial.scheme)
    assert (found.title, found.items["1.1.1"].points) == ("表（试用）", Decimal(4))
    assert service.own(OWNER) == []


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (sheet([[]]), "空.xlsx", "空"),
        (b"%PDF-1.7 x", "表.xlsx", "PDF"),
        (b"a,b\n" * 100_000, "表.csv", "行"),
        (b"x" * (MAX_BYTES + 1), "表.csv", "10 MB"),
        (b"\x00" * 50, "表.xls", "不是"),
    ],
)
def test_bad_input_is_said_and_nothing_is_kept(
    folder_service: StandardService, content: bytes, name: str, words: str
) -> None:
    with pytest.raises(StandardFault, match=words):
        folder_service.read(content, name, "", OWNER)
    assert folder_service.list(OWNER) == []


@pytest.fixture
def folder_service(tmp_path: Path) -> StandardService:
    return StandardService(AssessmentService(TinyRepository(tmp_path), Mode.LOGIN))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b'{"kind":"anbiao-standard"}',
        b'{"kind":"anbiao-standard","schema_version":99}',
        b"[" * 100_000,
    ],
)
def test_a_file_that_no_colleague_exported_is_refused(
    folder_service: StandardService, content: bytes
) -> None:
    with pytest.raises(StandardFault):
        folder_service.take_in(content, OWNER)
    assert folder_service.list(OWNER) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"scheme":{},"elements":[]}',
        '{"scheme":{},"elements":{}}',
        '{"scheme":1,"elements":[1e999999]}',
        '{"scheme":{},"elements":[NaN]}',
        '{"scheme":{},"elements":' + "[" * 50_000 + "]" * 50_000 + "}",
    ],
)
def test_a_held_scheme_is_refused_like_a_folder(text: str) -> None:
    with pytest.raises(SchemeError):
        read_held(text)


def test_every_item_has_its_headings(draft: InstalledScheme) -> None:
    found = placed(content_of(draft.content))
    assert [(one.above, one.id, one.points) for one in found][:1] == [
        (("目标", "制度"), "1.1.1", Decimal(4))
    ]
    assert [one.id for one in found if one.unread] == ["2.2.1"]
