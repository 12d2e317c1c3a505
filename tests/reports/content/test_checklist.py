"""The paper form to walk the site with: in the standard's order, or by department."""

from dataclasses import replace

from reports.content.blocks import Heading
from reports.content.checklist import checklist
from reports.content.subject import Subject
from tests.reports.conftest import CASES, MADE_ON, result_of


def _headings(subject: Subject, scheme: str) -> list[tuple[int, str, bool]]:
    blocks = checklist(result_of(CASES["sample"](scheme)), subject).blocks
    return [(b.level, b.text.split(" ")[0], b.new_page) for b in blocks if isinstance(b, Heading)]


def test_elements_stand_in_the_standards_order_below_their_part() -> None:
    condiment = _headings(Subject(MADE_ON), "condiment")
    assert condiment[0] == (1, "安全生产标准化自评检查表", False)
    assert [text for level, text, _ in condiment[1:] if level == 2] == [
        str(n) for n in range(1, 14)
    ]
    tobacco = [one for one in _headings(Subject(MADE_ON), "tobacco") if one[0] == 1]
    assert [text for _, text, _ in tobacco[1:3]] == ["C", "D"]
    assert [new for _, _, new in tobacco[1:3]] == [False, True]


def test_each_department_has_its_elements_on_pages_of_its_own() -> None:
    named = {"2": "安环部", "5": "人力资源部", "6": "安环部"}
    subject = replace(Subject(MADE_ON, departments=named), by_department=True)
    parts = [(text, new) for level, text, new in _headings(subject, "condiment") if level == 1]
    assert parts[1:] == [("安环部", False), ("人力资源部", True), ("还没有定部门", True)]
    elements = [text for level, text, _ in _headings(subject, "condiment") if level == 2]
    assert elements == ["2", "6", "5", "1", "3", "4", *map(str, range(7, 14))]


def test_without_departments_by_department_is_one_list() -> None:
    subject = replace(Subject(MADE_ON), by_department=True)
    parts = [text for level, text, _ in _headings(subject, "condiment") if level == 1]
    assert parts[1:] == ["还没有定部门"]
