import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import schemes
from scoring import Result, score
from state.documents.assessment import Assessment, answers_of, new_assessment
from state.documents.changes import Change, set_facet, set_profile, set_scheme
from state.documents.examples import examples
from state.service.assessments import AssessmentService
from state.storage.repository import Repository
from ui import gate, session

APP = str(Path(__file__).parents[2] / "app.py")
Open = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    """The app's own repository, in an empty folder."""
    monkeypatch.setenv("ANBIAO_DATA", str(tmp_path))
    session.close_service()
    yield session.service().repository
    session.close_service()


@pytest.fixture
def link_mode(monkeypatch: pytest.MonkeyPatch) -> Iterator[AssessmentService]:
    """The service of a server where links are the key."""
    monkeypatch.setenv("ANBIAO_MODE", "link")
    session.close_service()
    gate.door.set()
    yield session.service()
    gate.door.clear()
    session.close_service()


@pytest.fixture
def open_page() -> Open:
    """Open a step of the wizard, with an assessment and further address parameters."""

    def opened(step: str, assessment: Assessment | None = None, **address: str) -> AppTest:
        app = AppTest.from_file(APP, default_timeout=60)
        app.run()
        if assessment is not None:
            address[session.ID] = assessment.id
        app.switch_page(f"pages/{step}.py")
        for name, value in address.items():
            app.query_params[name] = value
        return healthy(app.run())

    return opened


@pytest.fixture
def kept(repository: Repository) -> Callable[..., Assessment]:
    """Keep an assessment after some changes: an empty one, or the sample named."""

    def create(*changes: Change, sample: str | None = None) -> Assessment:
        assessment = new_assessment()
        if sample:
            assessment = next(s for s in examples() if s.path.stem.endswith(sample)).read()
        for change in changes:
            assessment = change(assessment)
        repository.create(assessment)
        return assessment

    return create


@pytest.fixture
def workshop(kept: Callable[..., Assessment]) -> Assessment:
    """A soy-sauce workshop that has just answered what it has."""
    return kept(
        set_profile("name", "小小酱园"),
        set_scheme(schemes.load("condiment")),
        set_facet("product", [], ["soy_sauce"]),
        set_facet("equipment", [], ["warehouse"]),
        set_facet("machines", [], ["mixer", "tank"]),
    )


def healthy(app: AppTest) -> AppTest:
    """The app, after making sure that no page shows a stack trace."""
    assert not app.exception
    return app


def engine_result(assessment: Assessment) -> Result:
    """What the engine says of the saved answers."""
    assert assessment.scheme
    scheme = schemes.load(assessment.scheme)
    return score(scheme, answers_of(scheme, assessment.work))


def unescaped(markdown: str) -> str:
    """What Markdown shows of a text that nothing in it has a meaning in, nor makes a link."""
    shown = re.sub(r"\\(.)", r"\1", markdown)
    return re.sub("(https?:|www|@)\u2060", r"\1", shown, flags=re.IGNORECASE)


def texts(app: AppTest) -> str:
    """Everything the page says in running text."""
    elements = [*app.markdown, *app.text, *app.caption, *app.info, *app.warning, *app.error]
    return "\n".join(str(element.value) for element in elements)


def charts(app: AppTest) -> list[dict[str, Any]]:
    """What each picture of the page draws: the last trace, which lies on top."""
    return [json.loads(chart.proto.spec)["data"][-1] for chart in app.get("plotly_chart")]
