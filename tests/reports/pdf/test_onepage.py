"""The one-page summary: one A4 page whatever is put in, with what the boss asks first."""

from collections.abc import Callable
from functools import cache
from itertools import combinations
from pathlib import Path

import pypdfium2
import pytest

import schemes
from reports import Subject
from reports.content.gaps import top_losses
from reports.pdf.onepage import onepage_pdf
from reports.pdf.standing import standing_words
from state.documents import changes
from state.documents.assessment import Assessment
from tests.reports.conftest import CASES, MADE_ON, poppler, result_of, squeezed
from wording.findings import clause, loss_text
from wording.grades import grade_words

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


class Page:
    """One assessment on one page, as poppler reads it."""

    def __init__(self, assessment: Assessment, folder: Path) -> None:
        assert assessment.scheme is not None
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
    return cache(lambda case, scheme: Page(CASES[case](scheme), tmp_path_factory.mktemp("page")))


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


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("scheme", schemes.available())
def test_any_name_fits_on_one_page_with_everything_failing(
    tmp_path: Path, scheme: str, name: str
) -> None:
    assessment = changes.set_profile("name", name)(CASES["every finding"](scheme))
    page = Page(assessment, tmp_path)
    _assert_one_page_within_its_margins(page)
    assert "不代替正式评审" in page.text
    assert "扣" in page.text.partition("失分最多的问题")[2]


def test_the_verdict_and_the_notice_are_on_it(page: Page) -> None:
    result = page.result
    total = f"{result.total:f}" if result.full else "—"
    assert f"总分{total}" in page.text
    assert squeezed(grade_words(result)) in page.text
    assert "由企业自行填写，不是评审结论，不代替正式评审" in page.text
    band = f"总分在{result.low:f}到{result.total:f}之间"
    assert (band in page.text) == (result.low < result.total)


def test_every_element_has_its_light(page: Page) -> None:
    elements = [element for element in page.result.elements if element.applicable]
    assert len(elements) <= 48
    for element in elements:
        standing = f"{standing_words(page.result, element)}{element.section.id}"
        assert squeezed(standing + element.section.title[:5]) in page.text


def test_the_costliest_findings_stand_in_order(page: Page) -> None:
    top = top_losses(page.result)
    text = page.text.partition("失分最多的问题")[2]
    for place, loss in enumerate(top[:5], 1):
        shown = squeezed(f"{place}{clause(loss)}{loss_text(loss)[:20]}")
        assert shown in text
        text = text.partition(shown)[2]
    if not top:
        assert text.startswith("没有记录失分的问题。")


def test_the_star_is_explained_only_where_one_stands(page: Page) -> None:
    marked = any(clause(loss).endswith("*") for loss in top_losses(page.result))
    note = page.result.scheme.provenance_note or "（无）"
    assert (squeezed(f"*：{note}"[:40]) in page.text) == marked
    assert ("*" in page.text) == marked


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
    before = result_of(CASES["sample"]("tobacco"))
    text = printer("re-assessment", "tobacco").text
    assert text.startswith("安全生产标准化复评一页摘要")
    assert f"自评{before.total}，{before.grade}" in text
