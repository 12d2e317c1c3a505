"""The one-page summary: one A4 page whatever is put in, with what the boss asks first."""

import re
from collections.abc import Callable
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

import schemes
from reports import Subject
from reports.pdf.onepage import onepage_pdf
from state.documents import changes
from state.documents.assessment import Assessment
from tests.reports.conftest import (
    CASES,
    EXPECTED,
    MADE_ON,
    cells,
    poppler,
    result_of,
    squeezed,
)

NAMES = {
    "": "",
    "long": "某某省某某市某某县安全生产标准化示范有限责任公司" * 4,
    "wide": "W" * 100,
    "emoji": "🏭" * 100,
}
KINDS = [
    pytest.param((case, scheme), id=f"{case}: {scheme}")
    for case in CASES
    for scheme in schemes.available()
    if case != "re-assessment" or scheme == "tobacco"
]
KNOWN = [kind for kind in KINDS if " ".join(kind.values[0]) in EXPECTED]
LISTED = [kind for kind in KNOWN if "elements" in EXPECTED[" ".join(kind.values[0])]]


class Page:
    """One assessment on one page, as poppler reads it.

    said: what of `EXPECTED` is about it, if anything.
    """

    def __init__(
        self, assessment: Assessment, folder: Path, said: dict[str, Any] | None = None
    ) -> None:
        assert assessment.scheme is not None
        self.said = said or {}
        self.assessment = assessment
        self.result = result_of(assessment)
        self.path = folder / "onepage.pdf"
        subject = Subject.of(self.result.scheme, assessment, MADE_ON)
        self.path.write_bytes(onepage_pdf(self.result, subject))
        self.text = squeezed(poppler("pdftotext", "-raw", self.path, "-"))

    def boxes(self) -> list[tuple[float, float, float, float, str]]:
        """Left, top, right, bottom and text of every word, in points."""
        rows = (row.split("\t") for row in poppler("pdftotext", "-tsv", self.path, "-").split("\n"))
        found = []
        for row in rows:
            if row[0] == "5":
                left, top, width, height = map(float, row[6:10])
                found.append((left, top, left + width, top + height, row[11]))
        return found


@pytest.fixture(scope="module")
def printer(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Page]:
    def printed(case: str, scheme: str) -> Page:
        said = EXPECTED.get(f"{case} {scheme}")
        return Page(CASES[case](scheme), tmp_path_factory.mktemp("page"), said)

    return cache(printed)


@pytest.fixture(params=KINDS)
def page(request: pytest.FixtureRequest, printer: Callable[[str, str], Page]) -> Page:
    return printer(*request.param)


def _assert_one_page_within_its_margins(page: Page) -> None:
    with pypdfium2.PdfDocument(page.path) as document:
        assert len(document) == 1
        assert document[0].get_size() == pytest.approx((595.28, 841.89), abs=0.5)
    for left, top, right, bottom, _ in page.boxes():
        assert 20 < left < right < 575
        assert 20 < top < bottom < 822


def test_any_assessment_fits_on_one_page(page: Page) -> None:
    _assert_one_page_within_its_margins(page)


@pytest.mark.parametrize(
    ("scheme", "name"),
    [
        *(("condiment", name) for name in NAMES.values()),
        *((scheme, NAMES["wide"]) for scheme in schemes.available() if scheme != "condiment"),
    ],
    ids=ascii,
)
def test_any_name_fits_on_one_page_with_everything_failing(
    tmp_path: Path, scheme: str, name: str
) -> None:
    assessment = changes.set_profile("name", name)(CASES["every finding"](scheme))
    page = Page(assessment, tmp_path)
    _assert_one_page_within_its_margins(page)
    assert "不代替正式评审" in page.text
    assert re.search(r"\+\d", page.text.partition("总分可增")[2])


@pytest.mark.parametrize("page", KNOWN, indirect=True)
def test_the_verdict_and_the_notice_are_on_it(page: Page) -> None:
    assert squeezed(f"总分{page.said['total']}") in page.text
    assert squeezed(page.said["grade"]) in page.text
    assert squeezed(f"已核查{page.said['reviewed']}") in page.text
    assert "由企业自行填写，不是评审结论，不代替正式评审" in page.text
    assert ("最多还能失去全部分值" in page.text) == ("–" in page.said["total"])


@pytest.mark.parametrize("page", LISTED, indirect=True)
def test_every_element_has_its_light(page: Page) -> None:
    for row in page.said["elements"]:
        name, *_, light = cells(row)
        number, _, title = name.partition("（权重")[0].partition(" ")
        shown = squeezed(f"{light}{number}{title[:5]}")
        assert (shown in page.text) == (light != "— 不适用")


@pytest.mark.parametrize("page", LISTED, indirect=True)
def test_what_brings_most_stands_first(page: Page) -> None:
    text = page.text.partition("先改什么")[2]
    for place, (finding, gain, *unlocks) in enumerate(map(cells, page.said["gains"][:5]), 1):
        clause, words = (re.escape(squeezed(part)) for part in finding.split(maxsplit=1))
        start = rf"{place}{clause}[^：]{{2,20}}：{words[:20]}"
        unlocked = "".join(unlocks)
        found = re.search(rf"{start}.{{0,120}}?{unlocked}.{{0,40}}?{re.escape(gain)}", text)
        assert found, finding
        text = text[found.end() :]


@pytest.mark.parametrize("case", ["empty", "nothing applies"])
@pytest.mark.parametrize("scheme", schemes.available())
def test_without_findings_there_are_no_costliest(
    printer: Callable[[str, str], Page], case: str, scheme: str
) -> None:
    text = printer(case, scheme).text.partition("先改什么")[2]
    assert text.startswith("没有记录失分的问题。")


@pytest.mark.parametrize("scheme", schemes.available())
@pytest.mark.parametrize("case", ["sample", "every finding", "empty"])
def test_the_star_is_explained_only_where_one_stands(
    printer: Callable[[str, str], Page], case: str, scheme: str
) -> None:
    """Compiled are all of hazchem but its last element, and model-enterprise's first."""
    notes = {
        "hazchem": "*：分值与条件为本工具整理，请与当地评审标准核对",
        "model-enterprise": "*：许可证（要素1）原文只有名称和100分，要求和扣分情形为本工具整理，",
    }
    text = printer(case, scheme).text
    marked = (scheme in notes and case == "sample") or (case, scheme) == (
        "every finding",
        "hazchem",
    )
    assert ("*" in text) == marked
    assert not marked or notes[scheme] in text


@pytest.mark.parametrize("case", ["sample", "every finding", "150 findings"])
@pytest.mark.parametrize("scheme", schemes.available())
def test_no_word_is_printed_over_another(
    printer: Callable[[str, str], Page], case: str, scheme: str
) -> None:
    air = 2.0  # points of a word's box that hold no ink
    for one, other in combinations(printer(case, scheme).boxes(), 2):
        apart = (
            one[2] <= other[0] + 0.2
            or other[2] <= one[0] + 0.2
            or one[3] - air <= other[1] + air
            or other[3] - air <= one[1] + air
        )
        assert apart, (one, other)


def test_a_reassessment_calls_itself_so_and_tells_the_earlier_total(
    printer: Callable[[str, str], Page],
) -> None:
    text = printer("re-assessment", "tobacco").text
    assert text.startswith("安全生产标准化复评一页摘要")
    assert "自评总分842.7，二级" in text
