"""课堂: the two ways to a class, and the trainer's screen."""

import io
from datetime import date

import openpyxl
import pytest

from reports.orders import class_workbook
from state.documents.changes import set_finding
from state.documents.classroom import Classroom, hide_names, lead_to, new_classroom, remove
from state.service.mode import Mode
from state.storage.line import Query
from state.storage.repository import NotFound
from tests.pages.conftest import healthy, texts
from ui import class_papers, class_session, session


def classes(repository) -> list[Classroom]:
    lines = repository.list(Query(), Classroom).lines
    return [repository.load(line.id, Classroom) for line in lines]


def test_on_one_computer_alone_it_says_how_to_open_a_room(open_page):
    assert session.service().mode is Mode.LOCAL
    assert "start.bat class" in texts(open_page("classroom"))


@pytest.mark.usefixtures("link_mode")
def test_a_trainer_opens_a_class_and_sees_its_code(open_page):
    app = open_page("classroom")
    app.text_input(key="class-name").set_value("酱油厂培训")
    app = healthy(app.button[-1].click().run())
    (classroom,) = classes(session.service().repository)
    assert (classroom.name, classroom.scheme) == ("酱油厂培训", "condiment")
    assert classroom.code in texts(app)
    assert "还没有人加入" in texts(app)
    assert app.query_params["c"] == classroom.id


def test_the_screen_shows_everybody_the_radar_and_what_to_discuss(link_mode, open_page):
    service, room = class_session.service(), new_classroom("内训", "condiment", "1.0")
    service.create(room, session.Visitor())
    for name in ("张三", "李四"):
        _, begun = service.join(room.code, name, session.Visitor())
    link_mode.change(session.Key(begun.id), session.Visitor(), set_finding("1.1.1-a", 1))
    app = open_page("classroom", c=room.id)
    assert "学员 2 人" in texts(app)
    assert list(app.dataframe[0].value["姓名"]) == ["张三", "李四"]
    assert "**1/1** 人勾选" in texts(app)
    app = healthy(app.toggle(key="names-hidden").set_value(True).run())
    assert list(app.dataframe[0].value["姓名"]) == ["学员 1", "学员 2"]
    service.change(room.id, session.Visitor(), lead_to("2.1.1"))
    page = open_page("assess", begun)
    assert "老师正在讲：2\\.1\\.1" in texts(page)
    assert page.query_params["item"] == "2.1.1"


@pytest.mark.usefixtures("link_mode")
def test_a_trainer_chooses_a_case_and_some_elements(open_page):
    app = open_page("classroom")
    app = healthy(app.selectbox(key="class-case-condiment").set_value("condiment").run())
    assert "18 种问题" in texts(app)
    app.multiselect(key="class-elements-condiment-1.1").set_value(["2", "7"])
    app = healthy(app.button(key="teach").click().run())
    (room,) = classes(session.service().repository)
    assert (room.case, room.elements, room.scheme_version) == ("condiment", ("2", "7"), "1.1")
    assert "2 组织机构和职责、7 作业安全" in texts(app).replace("\\", "")


def test_a_case_is_read_answered_and_revealed(link_mode, open_page):
    """Element 2 has 20 marks, of which the reference leaves 14, element 7 103 of 130."""
    service = class_session.service()
    room = new_classroom("内训", "condiment", "1.1", ["2", "7"], "condiment")
    service.create(room, session.Visitor())
    _, begun = service.join(room.code, "张三", session.Visitor())
    page = open_page("assess", begun)
    assert "永和醋坊在青溪镇" in texts(page)
    assert "0 – 150 / 150 分" in texts(page).replace("\\", "")
    assert page.selectbox(key="jump:element").options == [
        "2 组织机构和职责 · 100.00% · 0/6",
        "7 作业安全 · 100.00% · 0/19",
    ]
    link_mode.change(session.Key(begun.id), session.Visitor(), set_finding("2.1.1-c", 1))
    page = open_page("classroom", begun)
    assert "老师公布参考答案以后" in texts(page)
    assert "您和参考答案" not in texts(page)
    app = open_page("classroom", c=room.id)
    app = healthy(app.toggle(key="revealed").set_value(True).run())
    shown = texts(app).replace("\\", "")
    assert "参考答案：117 / 150 分" in shown
    assert "1 人勾选" in shown
    page = open_page("classroom", begun)
    shown = texts(page).replace("\\", "")
    assert "漏 5 条；高 32.0 分" in shown
    assert "五块牌子一共 15 分" in shown
    assert "老师已公布参考答案" in texts(open_page("assess", begun))


def test_what_the_trainer_takes_home_hides_names_that_are_hidden(link_mode):
    service = class_session.service()
    room = new_classroom("内训", "condiment", "1.1", [], "condiment")
    service.create(room, session.Visitor())
    _, begun = service.join(room.code, "张三", session.Visitor())
    day = date(2026, 11, 26)

    def named() -> str:
        made = class_papers.trainers_paper(service, room.id, session.Visitor(), day, class_workbook)
        return openpyxl.load_workbook(io.BytesIO(made))["学员"]["A4"].value

    assert named() == "张三"
    service.change(room.id, session.Visitor(), hide_names(True))
    assert named() == "学员 1"
    kept, _ = link_mode.open(session.Key(begun.id), session.Visitor())
    own = class_papers.participants_paper(service, session.Visitor(), day, kept)
    assert own.startswith(b"%PDF")
    service.change(room.id, session.Visitor(), remove(begun.id))
    with pytest.raises(NotFound, match="不在课堂里"):
        class_papers.participants_paper(service, session.Visitor(), day, kept)


@pytest.mark.usefixtures("link_mode")
def test_a_wrong_code_is_told(open_page):
    app = open_page("classroom", j="ZZZZZZ")
    app.text_input(key="join-name").set_value("张三")
    app = healthy(app.button[0].click().run())
    assert "没有这个加入码" in texts(app)
