"""The list of clients: by the index alone, sorted, filtered, tagged, archived."""

from datetime import UTC, date, datetime

import pytest

from reports.content.clients import SORTS, chosen, clients
from reports.workbook.cells import read_sheets
from reports.workbook.clients import clients_xlsx
from state.documents.changes import set_profile
from state.documents.finishing import set_certificate
from state.service.assessments import Key, Visitor
from state.service.rounds import Rounds
from state.storage.line import Line
from tests.pages.conftest import healthy, texts, unescaped
from ui import session

TODAY = date(2026, 11, 26)


def _line(title="甲厂", **facts):
    updated = datetime(2026, 11, 20, 9, tzinfo=UTC)
    return Line(
        "assessment", "1" * 32, updated, title, standard="condiment", total="79.8", grade="二级",
        reviewed=125, applicable=125, facts=facts,
    )  # fmt: skip


def test_a_row_says_what_is_due():
    certificate = {"grade": "二级", "number": "浙AQB-1", "issued": "2024-01-15"}
    (one,) = clients(
        [
            _line(
                tags=["萧山"],
                certificate=certificate,
                finished="2025-12-20",
                open_actions=3,
                due=["2026-11-25", "2026-11-26", "2026-12-30"],
                weakest={"id": "5", "title": "教育培训", "percent": "54"},
            )
        ],
        TODAY,
    )
    assert one.cells == (
        "甲厂",
        "调味品生产企业",
        "二级",
        "79.8",
        "125/125",
        "教育培训 54.00%",
        6,
        3,
        1,
        "二级 浙AQB-1",
        "2027-01-15 还有 50 天",
        "2026-12-20 还有 24 天",
        "萧山",
    )
    (late,) = clients([_line(certificate={"expires": "2026-11-20"})], TODAY)
    assert (late.expires_words, late.due_words) == ("2026-11-20 已过 6 天", "")


def test_the_grade_stands_with_what_is_known_of_it():
    for facts, words in (
        ({"standing": "unmet"}, "未达到"),
        ({"standing": "open"}, "等级待定"),
        ({"standing": "open", "at_least": "三级"}, "至少三级，待定"),
        ({}, ""),
    ):
        line = Line("assessment", "1" * 32, datetime.now(UTC), "甲", facts=facts)
        assert clients([line], TODAY)[0].grade == words


def test_search_tags_archive_and_order():
    one = _line("甲厂", tags=["萧山"], certificate={"number": "AQB-77"})
    other = _line("乙厂", tags=["萧山", "酱油"], due=["2026-01-01"])
    put_away = _line("丙厂", archived=True)
    found = clients([one, other, put_away], TODAY)

    def names(search="", tags=(), archived=False):
        return [c.enterprise for c in chosen(found, search, tags, archived=archived)]

    assert names() == ["甲厂", "乙厂"]
    assert names("aqb-77") == ["甲厂"]
    assert names("厂 酱油") == ["乙厂"]
    assert names(tags=["萧山", "酱油"]) == ["乙厂"]
    assert names(archived=True) == ["丙厂"]
    assert sorted(found, key=SORTS["逾期整改多"])[0].enterprise == "乙厂"


def test_the_workbook_has_the_rows_of_the_list():
    sheet = read_sheets(clients_xlsx(clients([_line("=甲厂")], TODAY), TODAY), ["客户清单"])
    cells = sheet["客户清单"]
    assert [cells.cells[4, column] for column in (2, 3, 8)] == ["=甲厂", "调味品生产企业", 6]


@pytest.fixture
def sauce(kept):
    return kept(set_profile("name", "山泉酱园"), sample="soy-sauce")


def test_the_page_lists_what_the_index_knows_and_opens_nothing(
    open_page, repository, kept, sauce, monkeypatch
):
    kept()
    session.service().change(Key(sauce.id), Visitor(), set_certificate("number", "浙AQB-9"))
    Rounds(session.service()).finish(Key(sauce.id), Visitor())
    opened = []
    read = repository.read

    def watched(document_id, kind):
        opened.append(document_id)
        return read(document_id, kind)

    monkeypatch.setattr(repository, "read", watched)
    app = open_page("clients")
    assert opened == []
    table, drawn = app.dataframe[0].value, app.dataframe[0].proto.id
    assert list(table["企业"]) == ["山泉酱园", "未命名企业"]
    assert list(table["证书"]) == ["浙AQB-9", ""]
    healthy(app.text_input(key="clients-search").set_value("山泉").run())
    assert list(app.dataframe[0].value["企业"]) == ["山泉酱园"]
    assert app.dataframe[0].proto.id != drawn  # else the row that was chosen is another client's
    assert "每年自评一次" in unescaped(texts(app))


def test_the_certificate_is_entered_beside_the_enterprise_also_when_locked(
    open_page, repository, sauce
):
    Rounds(session.service()).finish(Key(sauce.id), Visitor())
    app = open_page("enterprise", sauce)
    healthy(app.text_input(key="certificate:number").set_value("浙AQB-1").run())
    healthy(app.date_input(key="certificate:expires").set_value(date(2029, 5, 1)).run())
    kept = repository.load(sauce.id)
    assert (kept.certificate.number, kept.certificate.expires) == ("浙AQB-1", date(2029, 5, 1))
