"""The page 客户 with 500 clients: the list from the index, its rows, and the page's whole run.

Beside each stands a floor: the same work for one client, as that is what the page costs by itself.
Medians; the page is run by Streamlit's own test runner in this process, without a browser.
"""

import os
import statistics
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from streamlit.testing.v1 import AppTest

from benchmarks.measure import AtMost, Row, timed
from benchmarks.serving import ROOT
from benchmarks.subject import full_assessment
from reports.content.clients import clients
from state.documents.assessment import Certificate, new_id
from state.service.index_line import assessment_line
from state.storage.folder import TinyRepository
from state.storage.line import Line, Query
from ui import session

MANY = 500
_ROUNDS = 9
_PAGE = 0.3
"""Seconds that the page may take, see the issue on clients."""


def run() -> list[Row]:
    """The list of many beside that of one."""
    with TemporaryDirectory() as one, TemporaryDirectory() as many:
        alone, all_of_them = _measured(Path(one), 1), _measured(Path(many), MANY)
    names = (
        f"{MANY} clients: lines from the index",
        f"{MANY} clients: rows made of them",
        f"{MANY} clients: page 客户 run",
    )
    targets = (None, None, AtMost(_PAGE))
    return [
        Row(name, value, "1 client", floor, target)
        for name, value, floor, target in zip(names, all_of_them, alone, targets, strict=True)
    ]


def _measured(place: Path, count: int) -> tuple[float, float, float]:
    """Seconds for the lines, the rows and the page."""
    repository = TinyRepository(place)
    _fill(repository, count)
    query = Query(deleted=False)
    lines = repository.list(query).lines
    assert len(lines) == count
    return (
        _median(lambda: repository.list(query)),
        _median(lambda: clients(lines, date(2026, 11, 26))),
        _page(place),
    )


def _page(place: Path) -> float:
    os.environ["ANBIAO_DATA"] = str(place)
    session.close_service()
    try:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app.run()
        app.switch_page("pages/clients.py")
        app.run()
        assert not app.exception
        return _median(app.run)
    finally:
        session.close_service()
        del os.environ["ANBIAO_DATA"]


def _fill(repository: TinyRepository, count: int) -> None:
    """Copies of one full assessment, each scored line the same but for its name."""
    full = full_assessment().having(
        certificate=Certificate(grade="二级", number="AQB-1", issued=date(2025, 3, 1)),
        tags=["萧山", "酱油"],
    )
    scored = assessment_line(full)
    for number in range(count):
        profile = full.profile.having(name=f"第 {number} 厂")
        copy = full.having(id=new_id(), profile=profile)
        line: Line = replace(scored, id=copy.id, title=copy.title)
        repository.create(copy, line=line)


def _median(work: object) -> float:
    assert callable(work)
    return statistics.median(timed(work) for _ in range(_ROUNDS))
