"""Whatever stands in an address opens a page that says what is wrong, or shows what there is."""

from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from state.repository import Repository
from state.samples import samples
from tests.hostile.payloads import PAYLOADS
from tests.hostile.targets import CORPUS
from tests.hostile.watchdog import watched
from tests.pages.conftest import APP, healthy, repository

__all__ = ["repository"]
"""A fixture of the pages' tests: the app's own repository, in an empty folder."""

PAGES = ("start", "enterprise", "scope", "assess", "results", "report", "standards")
NAMES = ("a", "r", "item", "machine", "standard", "word", "part", "embed", "x")
CASES = sorted((CORPUS / "url").iterdir())

_typed = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
_values = st.sampled_from(list(PAYLOADS.values())) | _typed
_addresses = st.dictionaries(st.sampled_from(NAMES) | _typed.filter(bool), _values, max_size=4)
_KEPT = "0123456789abcdef" * 2
_ids = st.sampled_from([{}, {"a": _KEPT}, {"a": _KEPT.upper()}, {"a": _KEPT[:-1]}])


@pytest.fixture
def app(repository: Repository) -> AppTest:
    """The app on its start page, with nothing kept."""
    assert repository.list() == []
    return AppTest.from_file(APP, default_timeout=30).run()


def _open(app: AppTest, page: str, address: dict[str, str]) -> None:
    """A page opened with an address."""
    app.switch_page(f"pages/{page}.py")
    app.query_params.clear()
    for name, value in address.items():
        app.query_params[name] = value
    healthy(app.run())


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_with_any_nasty_address(
    app: AppTest, repository: Repository, page: str
) -> None:
    assessment = samples()[0].read()
    repository.create(assessment)
    for case in CASES:
        address = parse_qsl(case.read_text(encoding="utf-8").strip(), keep_blank_values=True)
        assert address, case.name
        _open(app, page, {"a": assessment.id, **dict(address)})
    assert repository.load(assessment.id) == assessment


@given(page=st.sampled_from(PAGES), address=_addresses, opened=_ids)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_page_opens_with_any_address(
    app: AppTest, repository: Repository, page: str, address: dict[str, str], opened: dict[str, str]
) -> None:
    if not repository.list():
        repository.create(samples()[0].read().having(id=_KEPT))
    before = repository.load(_KEPT)
    with watched():
        _open(app, page, address | opened)
    assert repository.load(_KEPT) == before


def test_no_address_touches_a_file(app: AppTest, tmp_path: Path) -> None:
    beside = tmp_path.parent / f"{'0' * 32}.json"
    beside.write_text("not an assessment")
    _open(app, "enterprise", {"a": f"../{'0' * 32}"})
    assert beside.read_text() == "not an assessment"
    assert [path for path in tmp_path.iterdir() if path.suffix != ".lock"] == []
