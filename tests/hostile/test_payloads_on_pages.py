"""What was typed stands on every page as it was typed, and never as Markdown.

Running text is shown by `st.text`, which leaves out white space at the ends.
"""

import re

import pytest
from streamlit.testing.v1 import AppTest

import schemes
from reports.content.chapters import CHAPTERS
from state.documents.assessment import NAME_LENGTH, Assessment
from state.documents.changes import (
    set_chapter,
    set_facet,
    set_finding,
    set_profile,
    set_scheme,
    set_text,
)
from state.storage.repository import Repository
from tests.hostile.payloads import PAYLOADS
from tests.pages.conftest import healthy, kept, open_page, repository, texts, unescaped
from wording.labels import plain

__all__ = ["kept", "open_page", "repository"]
"""Fixtures of the pages' tests."""

SCHEME = schemes.load("hazchem")
LISTED = SCHEME.items["12.1"]
NOTED = next(i for i in SCHEME.items.values() if i is not LISTED and i.conditions)


@pytest.fixture
def plant(kept) -> Assessment:
    return kept(
        set_scheme(SCHEME),
        set_facet("enterprise", [], ["production"]),
        set_finding(NOTED.conditions[0].id, 1),
    )


def _as_markdown(app: AppTest, payload: str) -> bool:
    """Whether the payload stands anywhere where Streamlit reads Markdown."""
    marked = [*app.markdown, *app.caption, *app.info, *app.warning, *app.error, *app.success]
    labels = [e.label for e in (*app.checkbox, *app.button, *app.text_input, *app.text_area)]
    inert = plain(payload) == payload
    bare = re.compile(
        rf"(?<!\\){re.escape(payload)}"
    )  # not after a backslash, as plain() leaves it
    said = [*(e.value for e in marked), *labels]
    return not inert and any(bare.search(str(text)) for text in said)


def test_profile_fields_keep_and_show_every_payload(
    open_page, repository: Repository, plant: Assessment
) -> None:
    app = open_page("enterprise", plant)
    for name, payload in PAYLOADS.items():
        short = payload[:NAME_LENGTH]
        for field in ("name", "industry", "leader"):
            app.text_input(key=f"profile:{field}").input(short)
        healthy(app.text_area(key="profile:members").input(payload).run())
        profile = repository.load(plant.id).profile
        kept_texts = (profile.name, profile.industry, profile.leader, profile.members)
        assert kept_texts == (short, short, short, payload), name
        assert app.text_input(key="profile:name").value == short
        assert any(short.strip() in text.value for text in app.text), name
        assert not _as_markdown(app, short), name


def test_notes_and_requirements_keep_and_show_every_payload(
    open_page, repository: Repository, plant: Assessment
) -> None:
    app = open_page("assess", plant, item=NOTED.id)
    for name, payload in PAYLOADS.items():
        app.button(key="notes").click().run()
        app.text_area(key=f"remarks:{NOTED.id}").input(payload)
        healthy(app.text_area(key=f"evidence:{NOTED.id}").input(payload).run())
        work = repository.load(plant.id).work
        assert (work.remarks[NOTED.id], work.evidence[NOTED.id]) == (payload, payload), name
        assert not _as_markdown(app, payload), name
    app = open_page("assess", plant, item=LISTED.id)
    wanted = []
    for payload in PAYLOADS.values():
        app.text_input(key=f"new:{LISTED.id}").input(payload[:500])
        healthy(app.run())
        wanted.append(payload[:500].strip())
        assert not _as_markdown(app, wanted[-1])
    assert [e.text for e in repository.load(plant.id).work.entries[LISTED.id]] == wanted
    shown = [text.value for text in app.text]
    assert [text for text in wanted if text not in shown] == []


def test_remarks_stand_in_the_list_of_findings(open_page, kept) -> None:
    items = [i for i in SCHEME.items.values() if i.conditions][: len(PAYLOADS)]
    noted = dict(zip(items, PAYLOADS.values(), strict=False))
    assert len(noted) >= len(SCHEME.items) - 1 or len(noted) == len(PAYLOADS)
    steps = [set_finding(item.conditions[0].id, 1) for item in noted]
    steps += [set_text("remarks", item.id, "", payload) for item, payload in noted.items()]
    plant = kept(set_scheme(SCHEME), set_facet("enterprise", [], ["production"]), *steps)
    app = open_page("results", plant)
    remarks = set(app.dataframe[-1].value["备注"])
    assert len(remarks & set(noted.values())) > len(noted) / 2  # those that apply
    assert not any(_as_markdown(app, payload) for payload in noted.values())


@pytest.mark.parametrize("start", range(0, len(PAYLOADS), len(CHAPTERS)))
def test_chapters_show_every_payload(open_page, kept, start: int) -> None:
    payloads = list(PAYLOADS.values())[start : start + len(CHAPTERS)]
    steps = [set_chapter(c.id, "", payload) for c, payload in zip(CHAPTERS, payloads, strict=False)]
    app = open_page(
        "report", kept(set_scheme(SCHEME), set_profile("name", payloads[0][:100]), *steps)
    )
    shown = {area.value for area in app.text_area}
    assert set(payloads) <= shown
    assert not any(_as_markdown(app, payload) for payload in payloads)


def test_the_list_and_the_search_show_every_payload(open_page, kept) -> None:
    app = open_page("standards")
    for name, payload in PAYLOADS.items():
        word = payload[:40].strip()
        healthy(app.text_input(key="word").input(word).run())
        if word:
            assert f"“{word}”：共" in texts(app), name
        assert not _as_markdown(app, word), name
    names = [payload[:NAME_LENGTH] for payload in PAYLOADS.values()]
    for name in names:
        kept(set_profile("name", name))
    app = open_page("start")
    shown: list[str] = []
    for page in range(1, 2 + len(names) // 6):
        app.session_state["list-page"] = page
        shown += _listed(healthy(app.run()))
        assert not any(_as_markdown(app, name) for name in names)
    assert [name for name in names if _on_one_line(name) not in shown] == []
    for name in names:
        healthy(app.text_input(key="list-search").input(name).run())
        if name.strip():
            assert _on_one_line(name) in _listed(app), name
        assert not _as_markdown(app, name), name


def _listed(app: AppTest) -> list[str]:
    """Names in the list, as Markdown shows them."""
    rows = [m.value.split("  \n:gray[") for m in app.markdown]
    return [unescaped(row[0]) for row in rows if len(row) > 1]


def _on_one_line(name: str) -> str:
    """Nothing at the beginning of a line has a meaning where there is one line."""
    return " ".join(filter(None, (line.strip() for line in name.splitlines())))
