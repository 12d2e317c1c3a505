"""Assessments and the versions of their standards."""

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from schemes import Library, Scheme, UnknownScheme
from scoring import score
from scoring.result import WarningKind
from state.documents.assessment import (
    SCHEMA_VERSION,
    TEXT_LENGTH,
    Assessment,
    EarlierFinding,
    Entry,
    Sample,
    SavedAnswers,
    Work,
    answers_of,
    new_assessment,
)
from state.documents.changes import drop_reassessment, set_scheme, start_reassessment
from state.documents.transfer import TransferError, export_json, import_json
from state.documents.versions import (
    adopt_version,
    adoption,
    decline_version,
    missing_version,
    scheme_of,
)
from tests.conftest import FIXTURES, LIBRARY
from wording.versions import adoption_words

WORKSHOP = Library(LIBRARY)
OLD, NEW = WORKSHOP.history("workshop")

FOUND = Work(
    scheme_version="1.0",
    answers=SavedAnswers(
        facets={"kind": ["a"], "things": ["crane"]},
        performance={"deaths": 0},
        not_applicable=[],
        reviewed=["1.1.1", "1.1.2", "1.2.1", "2.1.1", "2.1.2"],
        findings={"1.1.1-a": 3, "1.1.2-b": 1, "1.1.2-c": 2, "1.2.1-a": 2, "2.1.1-a": 1},
    ),
    remarks={"1.2.1": "三人没有证书", "2.1.1": "吊钩"},
    evidence={"1.1.1": "制度汇编"},
    entries={"2.1.1": [Entry(text="每日点检")]},
    samples={"2.1.1": Sample(owned=4, checked=2)},
)


def _assessed(work: Work = FOUND) -> Assessment:
    return new_assessment().having(scheme="workshop", work=work)


def _scored(assessment: Assessment, library: Library = WORKSHOP) -> Any:
    scheme = scheme_of(assessment, library)
    assert scheme is not None
    return score(scheme, answers_of(scheme, assessment.work))


def test_an_assessment_is_scored_by_the_version_it_was_answered_with() -> None:
    """1.0: 100 − 3×2 − 3 − 2×3 − 2×4 − 2."""
    result = _scored(_assessed())
    assert (result.scheme.version, str(result.total)) == ("1.0", "75.0")
    assert result.grade_name == "二级"


def test_without_a_version_it_is_the_oldest_kept() -> None:
    scheme = scheme_of(_assessed(FOUND.having(scheme_version="")), WORKSHOP)
    assert scheme is OLD
    assert scheme_of(new_assessment(), WORKSHOP) is None


def test_a_new_assessment_is_of_the_newest() -> None:
    begun = set_scheme(WORKSHOP.get("workshop"))(new_assessment())
    assert begun.work == Work(scheme_version="1.1")


# What adopting changes ------------------------------------------------------------------------


def test_what_adopting_would_change_is_told_with_both_totals() -> None:
    """1.1: 100 − 3×2 − 3×3 − 2, the finding on 1.2.1 without a heir; 20 of 1.2.2 not looked at."""
    change = adoption(_assessed(), WORKSHOP)
    assert change is not None
    assert (str(change.before.total), str(change.after.total)) == ("75.0", "83.0")
    assert change.unknown == ("1.2.1-a@1.0", "1.2.1@1.0")
    assert adoption_words(change) == [
        "总分：75.0 → 63.0 – 83.0",
        "等级：二级 → 等级待定",
        "新增内容 1 处：1.2.2 特种作业人员持证（20 分）",
        "取消的内容 1 处：1.2.1 人人受过培训（20 分）",
        "改变的内容 2 处：2.1.3 起重机完好（原 2.1.1） 20 分 → 15 分；"
        "2.1.2 机械有防护 20 分 → 25 分",
        "改变的扣分情形 1 处：1.1.1-a 制度缺一项（每项扣 2 分） → "
        "1.1.2-d 制度缺一项（每项扣 2 分）",
        "1.1.2-b、1.1.2-c 在新版中合并为 1.1.2-b，记录已合在一起，请核对",
        "您的回答中有 2 处在新版中没有对应内容，会保留但不再计分：1.2.1-a@1.0、1.2.1@1.0",
    ]


def test_nothing_is_offered_where_the_newest_is_adopted() -> None:
    assert adoption(_assessed(Work(scheme_version="1.1")), WORKSHOP) is None
    assert adoption(new_assessment(), WORKSHOP) is None


# Adopting -------------------------------------------------------------------------------------


def test_adopting_carries_every_answer_over() -> None:
    adopted = adopt_version([OLD, NEW])(_assessed())
    assert adopted.work == Work(
        scheme_version="1.1",
        answers=SavedAnswers(
            facets={"trade": ["first"], "things": ["crane"]},
            performance={"deaths": 0},
            reviewed=["1.1.1", "1.1.2", "1.2.1@1.0", "2.1.3", "2.1.2"],
            findings={"1.1.2-d": 3, "1.1.2-b": 3, "1.2.1-a@1.0": 2, "2.1.3-a": 1},
        ),
        remarks={"1.2.1@1.0": "三人没有证书", "2.1.3": "吊钩"},
        evidence={"1.1.1": "制度汇编"},
        entries={"2.1.3": [Entry(text="每日点检")]},
        samples={"2.1.3": Sample(owned=4, checked=2)},
    )
    result = _scored(adopted)
    assert (result.scheme.version, str(result.total)) == ("1.1", "83.0")
    (warning, *_) = result.warnings
    assert warning.kind is WarningKind.UNKNOWN_ANSWER
    assert warning.subjects == ("1.2.1-a@1.0", "1.2.1@1.0")


def test_adopting_twice_changes_nothing_more() -> None:
    once = adopt_version([OLD, NEW])(_assessed())
    assert adopt_version([OLD, NEW])(once) == once
    other = once.having(scheme="bakery")
    assert adopt_version([OLD, NEW])(other) == other


def test_declining_keeps_the_version_until_it_is_adopted() -> None:
    declined = decline_version("1.1")(_assessed())
    assert declined.work == FOUND.having(declined_version="1.1")
    assert adopt_version([OLD, NEW])(declined).work.declined_version == ""


def test_texts_that_come_together_are_joined_or_stay_apart() -> None:
    """Two items that became one; by a tree made of the fixture's."""
    joined = _joined()
    long = "长" * TEXT_LENGTH
    work = Work(
        scheme_version="1.0",
        remarks={"1.1.1": "一", "1.1.2": "二"},
        evidence={"1.1.1": long, "1.1.2": "二"},
        entries={"1.1.1": [Entry(text="一")], "1.1.2": [Entry(text="二", met=False)]},
        samples={"1.1.1": Sample(owned=4, checked=1), "1.1.2": Sample(owned=3)},
    )
    adopted = adopt_version([OLD, joined])(_assessed(work)).work
    assert adopted.remarks == {"1.1.2": "一\n二"}
    assert adopted.evidence == {"1.1.2": long, "1.1.2'": "二"}
    assert adopted.entries == {
        "1.1.2": [Entry(id="0", text="一"), Entry(id="1", text="二", met=False)]
    }
    assert adopted.samples == {"1.1.2": Sample(owned=7, checked=1)}


def _joined() -> Scheme:
    """1.1, where 1.1.2 is what 1.1.1 and 1.1.2 were."""

    def changed(section: Any) -> Any:
        children = tuple(
            replace(child, was=("1.1.1", "1.1.2"))
            if child.id == "1.1.2"
            else changed(child)
            if hasattr(child, "children")
            else child
            for child in section.children
            if child.id != "1.1.1"
        )
        return replace(section, children=children)

    fields = {name: getattr(NEW, name) for name in NEW.__dataclass_fields__ if name != "_paths"}
    part = replace(NEW.parts[0], elements=tuple(changed(e) for e in NEW.elements))
    return Scheme(**fields | {"parts": (part,)})


# Re-assessment --------------------------------------------------------------------------------


def test_a_reassessment_may_be_by_a_newer_version_than_its_self_assessment() -> None:
    begun = start_reassessment(date(2026, 11, 1))(_assessed())
    adopted = adopt_version([OLD, NEW])(begun)
    assert adopted.work.scheme_version == "1.1"
    assert adopted.work.answers.earlier == {
        "1.1.2-d": EarlierFinding(count=3),
        "1.1.2-b": EarlierFinding(count=3),
        "1.2.1-a@1.0": EarlierFinding(count=2),
        "2.1.3-a": EarlierFinding(count=1),
    }
    assert adopted.work.reassessment is not None
    assert adopted.work.reassessment.self_assessment == FOUND
    assert drop_reassessment()(adopted).work == FOUND


# Versions that are not there ------------------------------------------------------------------


def test_a_version_that_is_not_there_is_never_replaced_by_another() -> None:
    strange = _assessed(FOUND.having(scheme_version="2.0"))
    assert missing_version(strange, WORKSHOP) == "2.0"
    with pytest.raises(UnknownScheme, match=r"workshop 没有 2\.0 版"):
        scheme_of(strange, WORKSHOP)
    assert missing_version(_assessed(), WORKSHOP) is None
    again = start_reassessment(date(2026, 11, 1))(strange)
    newer = again.having(work=again.work.having(scheme_version="1.1"))
    assert missing_version(newer, WORKSHOP) == "2.0"


def test_the_installed_one_may_be_adopted_and_nothing_is_lost() -> None:
    strange = _assessed(FOUND.having(scheme_version="0.7"))
    work = adopt_version([OLD, NEW])(strange).work
    assert work.scheme_version == "1.1"
    found = {"1.1.2-d": 3, "1.1.2-b": 3, "1.2.1-a": 2, "2.1.3-a": 1}
    assert work.answers.findings == found
    begun = start_reassessment(date(2026, 11, 1))(strange)
    both = adopt_version([OLD, NEW])(begun).work
    assert both.reassessment is not None
    assert both.reassessment.self_assessment == work


def test_a_damaged_version_counts_as_not_there(tmp_path: Path) -> None:
    shutil.copytree(LIBRARY, tmp_path / "library")
    (tmp_path / "library" / "workshop" / "older" / "1.0.json").write_text("{")
    assert missing_version(_assessed(), Library(tmp_path / "library")) == "1.0"


def test_a_file_of_a_version_that_is_not_there_is_refused_and_says_what_to_do() -> None:
    content = export_json(_assessed(FOUND.having(scheme_version="2.0")))
    with pytest.raises(TransferError) as refused:
        import_json(content, WORKSHOP)
    assert str(refused.value) == (
        "文件按标准“workshop”的 2.0 版填写，本工具没有这一版（已有：1.0、1.1）。请先升级本工具，再导入"
    )
    assert import_json(export_json(_assessed()), WORKSHOP).work == FOUND


LATER = [
    "address",
    "legal_representative",
    "ownership",
    "contact",
    "phone",
    "safety_staff",
    "special_operators",
    "revenue",
    "shifts",
    "previous_grade",
    "team",
]
"""Fields of the profile since version 4."""

LATER_WORK = ["unsure", "actions", "photos", "effort_unit"]
LATER_PROFILE = ["firm", "logo", "firm_logo"]
LATER_WHOLE = ["joined", "finishings", "previous", "certificate", "tags", "archived"]
"""Fields since version 5."""


# The document's own version -------------------------------------------------------------------


@pytest.mark.parametrize("shape", [1, 2, 3, 4])
def test_a_document_of_an_earlier_shape_is_read_and_written_as_one_of_this(shape: int) -> None:
    begun = start_reassessment(date(2026, 11, 1))(_assessed())
    content = json.loads(begun.model_dump_json())
    content["schema_version"] = shape
    for field in LATER_WHOLE:
        del content[field]
    for field in (*LATER_PROFILE, *(LATER if shape < 4 else ())):
        del content["profile"][field]
    if shape < 3:
        del content["profile"]["applied_on"]
    for work in (content["work"], content["work"]["reassessment"]["self_assessment"]):
        for field in LATER_WORK:
            del work[field]
        for field in ("absence", "papers", "departments") if shape < 4 else ():
            del work[field]
        for field in ("quick", "own_findings", "effort", "pins") if shape < 4 else ():
            del work["answers"][field]
        if shape < 3:
            del work["answers"]["application"]
        if shape == 1:
            del work["declined_version"]
    for earlier in content["work"]["answers"]["earlier"].values() if shape < 3 else ():
        del earlier["open"]
    read = Assessment.model_validate(content)
    assert (SCHEMA_VERSION, read.schema_version) == (5, 5)
    assert read == begun
    assert json.loads(export_json(read))["schema_version"] == 5


def test_a_document_of_a_later_shape_is_refused() -> None:
    content = json.loads(_assessed().model_dump_json()) | {"schema_version": 6}
    with pytest.raises(ValidationError, match="schema_version"):
        Assessment.model_validate(content)


def test_the_list_of_papers_goes_over_to_a_newer_version() -> None:
    """Papers are known by their names, departments by elements; one that is gone keeps its own."""
    papers, departments = {"设备台账": "missing"}, {"1": "设备科", "9": "档案室"}
    before = _assessed(FOUND.having(papers=papers, departments=departments))
    after = adopt_version([OLD, NEW])(before).work
    assert (after.papers, after.departments) == (papers, departments)


# Unknown answers ------------------------------------------------------------------------------


def test_notes_and_samples_of_nothing_are_listed_with_the_answers() -> None:
    work = Work(
        scheme_version="1.0",
        answers=SavedAnswers(findings={"9.9-z": 5, "1.1.1-a": 1}, facets={"gone": []}),
        remarks={"9.1": "备注", "1.1.1": "备注"},
        evidence={"9.2": "证据"},
        entries={"9.3": []},
        samples={"9.4": Sample(owned=1), "9.1": Sample(owned=1)},
    )
    unknown = answers_of(OLD, work).unknown
    assert unknown == ("gone", "9.9-z", "9.1", "9.2", "9.3", "9.4")


def test_a_question_none_of_whose_options_is_known_is_not_answered() -> None:
    work = Work(answers=SavedAnswers(facets={"things": ["rocket"], "kind": ["a", "rocket"]}))
    answers = answers_of(OLD, work)
    assert answers.facets == {"kind": frozenset({"a"})}
    assert answers.unknown == ("things=rocket", "kind=rocket")


def test_five_unknown_findings_never_raise_a_total_without_a_warning() -> None:
    findings = {f"9.{n}-a": 9 for n in range(5)}
    work = Work(
        scheme_version="1.0",
        answers=SavedAnswers(
            facets={"kind": ["b"], "things": []},
            findings=findings,
            reviewed=list(OLD.items),
            performance={"deaths": 0},
        ),
    )
    result = _scored(_assessed(work))
    assert (str(result.total), result.grade_name) == ("100.0", "一级")
    assert result.warnings[0].kind is WarningKind.UNKNOWN_ANSWER
    assert set(result.warnings[0].subjects) == set(findings)


# A newer version is installed -----------------------------------------------------------------

MINI = Library(FIXTURES, only="mini-percent").get("mini-percent")


@pytest.fixture(scope="module")
def raised(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """mini-percent after its version 1 was frozen and 2 was written with other points."""
    home = tmp_path_factory.mktemp("home")
    folder = home / "mini-percent"
    shutil.copytree(FIXTURES / "mini-percent", folder)
    Library(home).freeze("mini-percent")
    for name, old, new in (
        ("scheme.yaml", 'version: "1"', 'version: "2"'),
        ("elements/01-first.yaml", "deduct: 10, per: 处", "deduct: 3, per: 处"),
        ("elements/01-first.yaml", "deduct: 10}", "deduct: 20}"),
    ):
        path = folder / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
    library = Library(home)
    assert library.versions("mini-percent") == ["1", "2"]
    return library


@given(
    st.dictionaries(st.sampled_from(list(MINI.conditions)), st.integers(1, 9)),
    st.lists(st.sampled_from(list(MINI.items)), unique=True),
    st.lists(st.sampled_from(["crane", "boiler"]), unique=True),
)
@settings(max_examples=100, deadline=None)
def test_a_newer_version_changes_no_saved_result(
    raised: Library, findings: dict[str, int], reviewed: list[str], things: list[str]
) -> None:
    sheet = SavedAnswers(findings=findings, reviewed=reviewed, facets={"things": things})
    for version in ("1", ""):
        kept = new_assessment().having(
            scheme="mini-percent", work=Work(scheme_version=version, answers=sheet)
        )
        before = score(MINI, answers_of(MINI, kept.work))
        after = _scored(kept, raised)
        assert after.scheme == MINI
        assert (after.total_exact, after.low, after.grades) == (
            before.total_exact,
            before.low,
            before.grades,
        )
