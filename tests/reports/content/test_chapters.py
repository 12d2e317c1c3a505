"""Which elements of each standard a chapter of the self-assessment report is about."""

import pytest

import schemes
from reports.content.chapters import CHAPTERS
from state.documents import changes
from tests.reports.conftest import assessment_of, everything_present, result_of

CHAPTER = {chapter.id: chapter for chapter in CHAPTERS}
ABOUT = {
    "condiment": {
        "organization": ["2"],
        "rules": ["2", "4"],
        "training": ["5"],
        "risk": ["8", "9"],
        "emergency": ["11"],
        "health": ["10"],
        "record": ["12", "13"],
    },
    "hazchem": {
        "organization": ["2"],
        "rules": ["2", "4"],
        "training": ["5"],
        "risk": ["3"],
        "emergency": ["10"],
        "health": ["8"],
        "record": ["10"],
    },
    "model-enterprise": {
        "organization": ["2"],
        "rules": ["2", "3"],
        "training": ["4"],
        "risk": ["9", "10"],
        "emergency": ["10"],
        "health": [],
        "record": ["10"],
    },
    "tobacco": {
        "organization": ["C.4"],
        "rules": ["C.4", "C.5"],
        "training": ["C.6"],
        "risk": ["C.2", "C.19"],
        "emergency": ["C.18"],
        "health": ["C.17"],
        "record": ["C.20", "C.21"],
    },
}


def test_there_are_nine_chapters_in_the_order_of_the_source() -> None:
    assert list(CHAPTER) == ["enterprise", *ABOUT["tobacco"], "conclusion"]


@pytest.mark.parametrize("scheme_id", ABOUT)
def test_elements_are_found_by_their_titles(scheme_id: str) -> None:
    scheme = schemes.load(scheme_id)
    result = result_of(assessment_of(scheme, *everything_present(scheme)))
    found = {c.id: [e.section.id for e in c.elements(result)] for c in CHAPTERS}
    assert found == {"enterprise": [], **ABOUT[scheme_id], "conclusion": []}


@pytest.mark.parametrize(
    ("scheme_id", "place", "expected"),
    [
        ("condiment", "2.1", {"organization"}),  # 组织机构和人员
        ("condiment", "2.2", {"rules"}),  # 职责
        ("condiment", "8.1", {"risk"}),  # 隐患排查, of 事故隐患
        ("condiment", "12.3", {"record"}),  # 事故案例教育, of an element on accidents
        ("hazchem", "2.3", {"rules"}),  # 职责
        ("hazchem", "2.4", {"organization"}),  # 组织机构
        ("hazchem", "2.2", {"organization", "rules"}),  # 负责人, which neither title names
        ("hazchem", "10.1", {"emergency"}),  # 应急指挥与救援系统
        ("hazchem", "10.5", {"record"}),  # 事故报告
        ("hazchem", "9.4", set()),  # 应急咨询服务电话, of an element on chemicals
        ("tobacco", "C.1-1", set()),  # 职业健康安全 is no occupational health
    ],
)
def test_titles_below_decide_between_the_chapters_of_their_element(
    scheme_id: str, place: str, expected: set[str]
) -> None:
    scheme = schemes.load(scheme_id)
    item = next(
        item
        for item in scheme.items.values()
        if place in (item.id, scheme.path(item.id).sections[-1].id)
    )
    present = assessment_of(scheme, *everything_present(scheme))
    result = result_of(changes.set_finding(item.conditions[0].id, 1)(present))
    assert result.losses
    assert {c.id for c in CHAPTERS if c.findings(result)} == expected
