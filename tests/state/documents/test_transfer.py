"""Export and import: everything comes back, and what cannot be read is said in plain words."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import schemes
from scoring.answers import MAX_COUNT
from state.documents.assessment import (
    SCHEMA_VERSION,
    TEXT_LENGTH,
    Assessment,
    EarlierFinding,
    Entry,
    Profile,
    Reassessment,
    Sample,
    SavedAnswers,
    Work,
    known_answers,
    new_assessment,
)
from state.documents.changes import (
    drop_reassessment,
    set_earlier,
    set_finding,
    set_sample,
    start_reassessment,
)
from state.documents.examples import examples
from state.documents.transfer import (
    MAX_BYTES,
    TransferError,
    export_json,
    import_json,
    is_export,
    oddities,
)
from tests.state.conftest import STRANGE, filled


def _content(assessment: Assessment) -> dict[str, Any]:
    """All but what an import makes anew."""
    return assessment.model_dump(exclude={"id", "revision", "updated"})


def test_an_import_brings_back_everything_that_was_exported() -> None:
    original = filled().stamped().stamped()
    assert _content(import_json(export_json(original))) == _content(original)


def test_an_import_is_an_assessment_of_its_own() -> None:
    """So that it replaces nothing, however often one file is imported."""
    original = filled().stamped()
    content = export_json(original)
    before = datetime.now(UTC)
    one, other = import_json(content), import_json(content)
    assert len({original.id, one.id, other.id}) == 3
    assert one.revision == 0
    assert before <= one.updated <= datetime.now(UTC)


def test_a_reassessment_comes_back_with_the_self_assessment_it_started_from() -> None:
    self_assessed = set_sample("7.1.4", 12, 4)(filled())
    worked_on = self_assessed
    for change in (
        start_reassessment(date(2026, 11, 2)),
        set_earlier("2.1.1-c", 1, 1),
        set_finding("1.1.1-a", 1),
    ):
        worked_on = change(worked_on)
    read = import_json(export_json(worked_on))
    assert _content(read) == _content(worked_on)
    assert drop_reassessment()(read).work == self_assessed.work


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_texts_come_back_to_the_last_character(text: str) -> None:
    original = filled(name=text, text=text)
    assert _content(import_json(export_json(original))) == _content(original)


def test_an_export_can_be_read_by_people() -> None:
    text = export_json(filled(name="清溪酱油 🔥")).decode("utf-8")
    assert "清溪酱油 🔥" in text
    assert "\n" in text


NAMES = st.text(max_size=100)
TEXTS = st.text(max_size=500)
IDS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=80)
COUNTS = st.integers(0, MAX_COUNT)
SHEETS = st.builds(
    SavedAnswers,
    facets=st.dictionaries(IDS, st.lists(IDS, max_size=3), max_size=3),
    performance=st.dictionaries(IDS, COUNTS, max_size=3),
    not_applicable=st.lists(IDS, max_size=3),
    reviewed=st.lists(IDS, max_size=3),
    findings=st.dictionaries(IDS, COUNTS, max_size=5),
    earlier=st.dictionaries(
        IDS,
        st.builds(
            EarlierFinding,
            count=st.integers(6, MAX_COUNT),
            rectified=st.integers(0, 2),
            planned=st.integers(0, 2),
            open=st.integers(0, 2),
        ),
        max_size=3,
    ),
    application=st.dictionaries(IDS, st.sampled_from(["yes", "no"]), max_size=3),
)
WORKS = st.builds(
    Work,
    scheme_version=st.sampled_from(["", "1.0"]),
    declined_version=NAMES,
    answers=SHEETS,
    remarks=st.dictionaries(IDS, TEXTS, max_size=3),
    evidence=st.dictionaries(IDS, TEXTS, max_size=3),
    entries=st.dictionaries(
        IDS, st.lists(st.builds(Entry, text=TEXTS, met=st.booleans()), max_size=2), max_size=2
    ),
    samples=st.dictionaries(
        IDS,
        st.builds(Sample, owned=st.none() | COUNTS, checked=st.none() | COUNTS),
        max_size=2,
    ),
    reassessment=st.none()
    | st.builds(Reassessment, self_assessment=st.builds(Work, answers=SHEETS), started=st.dates()),
)
PROFILES = st.builds(
    Profile,
    name=NAMES,
    industry=NAMES,
    employees=st.none() | st.integers(0, 10_000_000),
    period_start=st.none() | st.dates(),
    period_end=st.none() | st.dates(),
    leader=NAMES,
    members=TEXTS,
    target_grade=NAMES,
    applied_on=st.none() | st.dates(),
)


@given(
    scheme=st.none() | st.sampled_from(sorted(schemes.available())),
    profile=PROFILES,
    chapters=st.dictionaries(IDS, TEXTS, max_size=3),
    work=WORKS,
    shelved=st.dictionaries(IDS, WORKS, max_size=2),
)
@settings(max_examples=100, deadline=None)
def test_any_assessment_comes_back_as_it_was(**fields: Any) -> None:
    if fields["scheme"] is None:  # answers without a standard are refused, see below
        fields["work"] = Work()
    original = new_assessment().having(**fields)
    assert _content(import_json(export_json(original))) == _content(original)


def test_a_file_from_before_there_were_chapters_is_read() -> None:
    read = import_json(_without("chapters"))
    assert _content(read) == _content(filled().having(chapters={}, created=read.created))


def test_a_bom_does_no_harm() -> None:
    original = filled()
    read = import_json(b"\xef\xbb\xbf" + export_json(original))
    assert _content(read) == _content(original)


def test_a_file_of_the_largest_size_is_read() -> None:
    content = export_json(filled())
    padded = content + b" " * (MAX_BYTES - len(content))
    assert _content(import_json(padded))["scheme"] == "condiment"
    with pytest.raises(TransferError):
        import_json(padded + b" ")


def test_unknown_answers_are_imported_too() -> None:
    work = Work(scheme_version="1.0", answers=SavedAnswers(findings={"99.9-z": 4}))
    original = filled().having(work=work)
    assert import_json(export_json(original)).work == work


def _changed(**changes: Any) -> bytes:
    return json.dumps(json.loads(export_json(filled())) | changes).encode()


def _without(key: str) -> bytes:
    content = json.loads(export_json(filled()))
    del content[key]
    return json.dumps(content).encode()


def _answers(**changes: Any) -> bytes:
    return _changed(work={"answers": changes})


def _entry(**fields: Any) -> bytes:
    return _changed(work={"entries": {"12.1": [{"text": "每月上报", **fields}]}})


def _earlier(**states: Any) -> bytes:
    return _answers(earlier={"2.1.1-c": states})


NOT_JSON = ["不是 JSON", "导出", ".json"]
NOT_OURS = ["不是安标自评导出的", "请选择"]
TOO_NEW = ["这份文件由更新版本的安标自评导出。请先升级本工具，再导入"]
AGAIN = "请回到原来的电脑重新导出，不要改动文件"
UPGRADE = "。请先升级本工具，再导入"

# What is wrong with the file, and what the message must say.
REFUSED: dict[str, tuple[bytes, list[str]]] = {
    "empty": (b"", NOT_JSON),
    "text": ("酱油".encode(), NOT_JSON),
    "cut short": (export_json(filled())[:-20], NOT_JSON),
    "a spreadsheet": (b"PK\x03\x04\x14\x00\x06\x00" + bytes(range(256)), NOT_JSON),
    "binary": (bytes(range(256)) * 100, NOT_JSON),
    "saved as GBK": (export_json(filled()).decode().encode("gbk"), NOT_JSON),
    "saved as UTF-16": (export_json(filled()).decode().encode("utf-16"), NOT_JSON),
    "nested lists": (b"[" * 50_000, NOT_JSON),
    "nested objects": (b'{"kind":' * 50_000, NOT_JSON),
    "a JSON list": (b"[" + export_json(filled()) + b"]", NOT_OURS),
    "JSON null": (b"null", NOT_OURS),
    "a JSON text": (b'"anbiao-assessment"', NOT_OURS),
    "an empty object": (b"{}", NOT_OURS),
    "answers.json": (b'{"scheme": "condiment", "findings": {}}', NOT_OURS),
    "another kind": (_changed(kind="package"), NOT_OURS),
    "kind a list": (_changed(kind=["anbiao-assessment"]), NOT_OURS),
    "kind missing": (_without("kind"), NOT_OURS),
    "later version": (_changed(schema_version=SCHEMA_VERSION + 1), TOO_NEW),
    "much later version, unknown field": (_changed(schema_version=10**30, extra=1), TOO_NEW),
    "unknown standard": (_changed(scheme="atlantis"), ["atlantis", "不在本工具中"]),
    "standard a path": (_changed(scheme="../condiment"), ["../condiment", "不在本工具中"]),
    "standard a number": (_changed(scheme=2), ["（标准：内容的类型不对）", AGAIN]),
    "version 0": (_changed(schema_version=0), ["（文件版本：数值太小）", AGAIN]),
    "version a text": (_changed(schema_version="1"), ["（文件版本：内容的类型不对）", AGAIN]),
    "created missing": (_without("created"), ["（建立时间：缺少这一项）", AGAIN]),
    "created without a zone": (_changed(created="2026-01-01T00:00:00"), ["（建立时间：没有时区）", AGAIN]),
    "created no time": (_changed(created="昨天"), ["（建立时间：不是日期或时间）", AGAIN]),
    "unknown field": (_changed(surprise=1), ["（surprise：", UPGRADE]),
    "unknown field inside": (_answers(hazards=["1.1.1"]), ["（自评内容 › 回答 › hazards：", UPGRADE]),
    "profile a list": (_changed(profile=[]), ["（企业信息：内容的类型不对）", AGAIN]),
    "name a number": (_changed(profile={"name": 5}), ["（企业信息 › 企业名称：内容的类型不对）"]),
    "name too long": (_changed(profile={"name": "名" * 101}), ["（企业信息 › 企业名称：文字太长）"]),
    "employees a text": (_changed(profile={"employees": "38"}), ["（企业信息 › 从业人数：内容的类型不对）"]),
    "period no date": (_changed(profile={"period_start": "2026-02-30"}), ["（企业信息 › 考评期开始：不是日期或时间）"]),
    "application no date": (_changed(profile={"applied_on": "明天"}), ["（企业信息 › 申请日期：不是日期或时间）"]),
    "work null": (_changed(work=None), ["（自评内容：内容的类型不对）", AGAIN]),
    "findings a list": (_answers(findings=["2.1.1-c"]), ["（自评内容 › 回答 › 扣分记录：内容的类型不对）"]),
    "negative count": (_answers(findings={"2.1.1-c": -1}), ["（自评内容 › 回答 › 扣分记录 › 2.1.1-c：数值太小）"]),
    "fractional count": (_answers(findings={"2.1.1-c": 1.5}), ["扣分记录 › 2.1.1-c：内容的类型不对"]),
    "count true": (_answers(findings={"2.1.1-c": True}), ["扣分记录 › 2.1.1-c：内容的类型不对"]),
    "count a text": (_answers(performance={"deaths": "0"}), ["（自评内容 › 回答 › 安全绩效 › deaths：内容的类型不对）"]),
    "count too large": (_answers(performance={"deaths": 10**9}), ["安全绩效 › deaths：数值太大"]),
    "count not a number": (_answers(findings={"a": float("nan")}), ["扣分记录 › a：内容的类型不对"]),
    "options a text": (_answers(facets={"product": "salt"}), ["（自评内容 › 回答 › 适用范围 › product：内容的类型不对）"]),
    "reviewed a text": (_answers(reviewed="all"), ["（自评内容 › 回答 › 已核查：内容的类型不对）"]),
    "item id a number": (_answers(not_applicable=[6.2]), ["（自评内容 › 回答 › 不适用 › 第 1 项：内容的类型不对）"]),
    "application neither": (_answers(application={"a": "maybe"}), ["（自评内容 › 回答 › 申请条件 › a：不是可选的内容）"]),
    "application true": (_answers(application={"a": True}), ["（自评内容 › 回答 › 申请条件 › a：不是可选的内容）"]),
    "remark too long": (_changed(work={"remarks": {"7.1.4": "字" * (TEXT_LENGTH + 1)}}), ["（自评内容 › 备注 › 7.1.4：文字太长）"]),
    "half a character": (_changed(work={"remarks": {"7.1.4": "\ud83d"}}), ["（自评内容 › 备注 › 7.1.4：有不能保存的字符）"]),
    "chapter too long": (_changed(chapters={"risk": "字" * (TEXT_LENGTH + 1)}), ["（自评报告的一章 › risk：文字太长）"]),
    "chapters a list": (_changed(chapters=["字"]), ["（自评报告的一章：内容的类型不对）"]),
    "entry without text": (_changed(work={"entries": {"12.1": [{"met": False}]}}), ["（自评内容 › 自填要求 › 12.1 › 第 1 项 › 文字：缺少这一项）"]),
    "entry met a number": (_entry(met=0), ["（自评内容 › 自填要求 › 12.1 › 第 1 项 › 是否达到：只能是是或否）"]),
    "entry met a text": (_entry(met="no"), ["（自评内容 › 自填要求 › 12.1 › 第 1 项 › 是否达到：只能是是或否）"]),
    "entry met nothing": (_entry(met=None), ["（自评内容 › 自填要求 › 12.1 › 第 1 项 › 是否达到：只能是是或否）"]),
    "more rectified than found": (_earlier(count=1, rectified=2), ["（自评内容 › 回答 › 自评时发现的问题 › 2.1.1-c：前后不一致）"]),
    "more left open than found": (_earlier(count=2, rectified=1, planned=1, open=1), ["2.1.1-c：前后不一致"]),
    "earlier finding without a count": (_earlier(rectified=0), ["（自评内容 › 回答 › 自评时发现的问题 › 2.1.1-c › 数量：缺少这一项）"]),
    "earlier finding open a text": (_earlier(count=1, open="1"), ["自评时发现的问题 › 2.1.1-c › 未整改：内容的类型不对"]),
    "earlier finding a number": (_answers(earlier={"2.1.1-c": 1}), ["自评时发现的问题 › 2.1.1-c：内容的类型不对"]),
    "negative sample": (_changed(work={"samples": {"D.9-7": {"owned": -1}}}), ["（自评内容 › 抽样 › D.9-7 › 拥有总数量：数值太小）"]),
    "reassessment without a day": (_changed(work={"reassessment": {"self_assessment": {}}}), ["（自评内容 › 复评 › 开始日期：缺少这一项）"]),
    "reassessment without the self-assessment": (_changed(work={"reassessment": {"started": "2026-11-02"}}), ["（自评内容 › 复评 › 复评前的自评：缺少这一项）"]),
    "shelved work wrong": (_changed(shelved={"hazchem": {"answers": {"findings": {"1.1-d": -3}}}}), ["（为其他标准做的自评 › hazchem › 回答 › 扣分记录 › 1.1-d：数值太小）"]),
    "two faults": (_changed(chapters=[], profile=[]), ["企业信息：内容的类型不对；另有 1 处", AGAIN]),
    "two faults, one of a later version": (_changed(surprise=1, profile=[]), ["企业信息：内容的类型不对；另有 1 处", UPGRADE]),
}  # fmt: skip


@pytest.mark.parametrize(("content", "says"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_read_is_refused_saying_why(content: bytes, says: list[str]) -> None:
    with pytest.raises(TransferError) as refused:
        import_json(content)
    message = str(refused.value)
    assert all(part in message for part in says), message
    assert (AGAIN in message) + ("请先升级本工具" in message) < 2  # one remedy
    assert len(message) < 300


def test_a_file_far_too_large_is_refused_with_its_size() -> None:
    with pytest.raises(TransferError, match="50 MB，超过 5 MB"):
        import_json(bytes(50 * 1024 * 1024))


@pytest.mark.parametrize("depth", range(900, 1100, 10))
def test_no_depth_of_nesting_gets_past_the_reader(depth: int) -> None:
    nested = b"[" * depth + b"]" * depth
    content = export_json(filled()).removesuffix(b"}") + b',"surprise":' + nested + b"}"
    with pytest.raises(TransferError):
        import_json(content)


def test_an_export_is_told_from_other_json() -> None:
    assert is_export(json.loads(export_json(filled())))
    assert not is_export({"scheme": "condiment"})
    assert not is_export([])


@pytest.mark.parametrize("sample", examples(), ids=lambda sample: sample.path.stem)
def test_a_sample_is_imported_and_fits_its_standard(sample: Any) -> None:
    read = sample.read()
    assert read.title == sample.title != "未命名企业"
    scheme = schemes.load(read.scheme)
    assert read.work.scheme_version == scheme.version
    answers, lost = known_answers(scheme, read.work.answers)
    assert lost == []
    assert answers.findings == read.work.answers.findings
    assert set(read.work.remarks) | set(read.work.evidence) <= set(scheme.items)
    assert sample.read().id != read.id


def test_both_samples_are_there() -> None:
    assert {sample.read().scheme for sample in examples()} >= {"condiment", "hazchem"}


def test_answers_without_a_standard_are_refused_not_lost_later() -> None:
    data = json.loads(export_json(filled())) | {"scheme": None}
    with pytest.raises(TransferError, match="哪个标准"):
        import_json(json.dumps(data).encode())


@pytest.mark.parametrize("key", ["a\0", "\x1b", "a\nb", "a\x7f", "", "a" * 81], ids=ascii)
def test_an_id_that_no_database_can_keep_is_refused(key: str) -> None:
    content = json.loads(export_json(filled()))
    content["work"]["answers"]["findings"] = {key: 1}
    with pytest.raises(TransferError, match=r"回答 › 扣分记录 › .*编号：") as refused:
        import_json(json.dumps(content).encode())
    assert str(refused.value).isprintable()


# What is read and cannot be right ---------------------------------------------------------------


def _imported(work: Work, **fields: Any) -> list[str]:
    """What is told of a file of hazchem 2.0 with this work."""
    made = new_assessment().having(
        scheme="hazchem", work=work.having(scheme_version="2.0"), **fields
    )
    return oddities(import_json(export_json(made)))


def test_nothing_is_told_of_a_file_that_is_in_order() -> None:
    met, unmet = Entry(text="每月上报"), Entry(text="装视频监控", met=False)
    work = Work(
        answers=SavedAnswers(findings={"12.1-a": 1}),
        remarks={"12.1": "市局文件"},
        entries={"12.1": [met, unmet]},
    )
    one_day = Profile(period_start=date(2026, 3, 1), period_end=date(2026, 3, 1))
    assert _imported(work, profile=one_day) == []
    assert _imported(Work()) == []
    assert oddities(import_json(export_json(new_assessment()))) == []


@pytest.mark.parametrize("sample", examples(), ids=lambda sample: sample.path.stem)
def test_nothing_is_told_of_a_sample(sample: Any) -> None:
    assert oddities(sample.read()) == []


@pytest.mark.parametrize(
    ("entries", "findings", "told"),
    [
        ([False, True], {}, "12.1 的自填要求有 1 项未达到，扣分记录却是 0 项，请逐项核对"),
        ([False, False], {"12.1-a": 1}, "12.1 的自填要求有 2 项未达到，扣分记录却是 1 项，请逐项核对"),
        ([True], {"12.1-a": 3}, "12.1 的自填要求有 0 项未达到，扣分记录却是 3 项，请逐项核对"),
        ([], {"12.1-a": 2}, "12.1 的自填要求有 0 项未达到，扣分记录却是 2 项，请逐项核对"),
    ],
)  # fmt: skip
def test_own_requirements_that_do_not_match_their_finding_are_told(
    entries: list[bool], findings: dict[str, int], told: str
) -> None:
    listed = [Entry(text=f"要求 {n}", met=met) for n, met in enumerate(entries)]
    work = Work(answers=SavedAnswers(findings=findings), entries={"12.1": listed} if listed else {})
    assert _imported(work) == [told]


def test_a_period_that_ends_before_it_begins_is_told() -> None:
    profile = Profile(period_start=date(2026, 3, 1), period_end=date(2026, 2, 28))
    assert _imported(Work(), profile=profile) == ["考评期结束早于开始，请在“企业与标准”中核对"]


def test_remarks_and_answers_of_nothing_are_told_with_their_ids() -> None:
    work = Work(
        answers=SavedAnswers(findings={"99.1-a": 2}, application={"gone": "yes"}),
        remarks={"99.9": "备注"},
        samples={f"98.{n}": Sample(owned=1) for n in range(4)},
    )
    assert _imported(work) == [
        "有 7 处回答或备注在标准中没有对应内容，已保留但不计分：99.1-a、gone、99.9、98.0、98.1…"
    ]
