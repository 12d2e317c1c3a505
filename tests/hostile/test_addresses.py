"""Whatever stands in an address opens a page that says what is wrong, or shows what there is."""

from pathlib import Path
from random import Random
from urllib.parse import parse_qsl

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from state.documents.examples import examples
from state.storage.repository import Repository
from tests.hostile.addresses import KEPT, PAGES, keep_one, open_page, random_address
from tests.hostile.targets import CORPUS
from tests.hostile.watchdog import watched
from tests.pages.conftest import APP, repository

__all__ = ["repository"]
"""A fixture of the pages' tests: the app's own repository, in an empty folder."""

_PAGE = 20
"""Seconds of work after which a page counts as hung; the first one imports what pages need."""

CASES = sorted((CORPUS / "url").iterdir())


@pytest.fixture
def app(repository: Repository) -> AppTest:
    """The app on its start page, with nothing kept."""
    assert repository.list().lines == []
    return AppTest.from_file(APP, default_timeout=30).run()


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_with_any_nasty_address(
    app: AppTest, repository: Repository, page: str
) -> None:
    assessment = examples()[0].read()
    repository.create(assessment)
    for case in CASES:
        address = parse_qsl(case.read_text(encoding="utf-8").strip(), keep_blank_values=True)
        assert address, case.name
        open_page(app, page, {"a": assessment.id, **dict(address)})
    assert repository.load(assessment.id) == assessment


@given(random=st.randoms(use_true_random=False))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_page_opens_with_any_address(
    app: AppTest, repository: Repository, random: Random
) -> None:
    if not repository.list().lines:
        keep_one(repository)
        for page in ("results", "report"):  # import what they draw with: that is no hang
            open_page(app, page, {"a": KEPT})
    before = repository.load(KEPT)
    with watched(_PAGE):
        open_page(app, *random_address(random))
    assert repository.load(KEPT) == before


def test_no_address_touches_a_file(app: AppTest, tmp_path: Path) -> None:
    beside = tmp_path.parent / f"{'0' * 32}.json"
    beside.write_text("not an assessment")
    open_page(app, "enterprise", {"a": f"../{'0' * 32}"})
    assert beside.read_text() == "not an assessment"
    left = {path.name.split("-")[0] for path in tmp_path.iterdir() if path.suffix != ".lock"}
    assert left <= {".anbiao", "index.sqlite"}
