"""From a table to a scored assessment and its report, and what cannot be read."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from reports import Subject, summary_pdf
from schemes.held import content_of, read_held
from scoring import score
from state.documents.assessment import answers_of
from state.documents.changes import set_finding
from state.documents.installed import InstalledScheme
from state.documents.installed_reading import export_standard
from state.documents.versions import scheme_of
from tests.pages.conftest import healthy, texts
from tests.schemes.tables.files import HEADER, ROWS, sheet, text, with_part

UNCLEAR = ["2.机构", "2.2经费", "有安全经费", 5, "无经费的，不得分；使用情况欠佳的，酌情扣分。"]
TABLE = sheet([HEADER, *ROWS, UNCLEAR])
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def upload(app, content, name="小微表.xlsx"):
    app.file_uploader[0].upload(name, content, XLSX)
    return healthy(app.run())


def kept(repository):
    return [
        repository.load(line.id, InstalledScheme)
        for line in repository.list(kind=InstalledScheme).lines
    ]


def view(app, name):
    return healthy(app.segmented_control(key="std-view").set_value(name).run())


def test_a_table_becomes_a_standard_that_is_assessed_and_reported(open_page, repository):
    app = upload(open_page("import_standard"), TABLE)
    assert "2 个一级要素，4 条内容，合计 25 分（表上没有印满分）" in texts(app)
    assert "扣分情形：不得分 5 个，扣分 2 个" in texts(app)
    assert "待确认 1 条" in texts(app)
    assert UNCLEAR[4] in texts(app)  # the official words, beside what was read
    assert "评分表\\!D5" in texts(app)
    assert "酌情扣分" in texts(app)

    healthy(app.button(key="std:2.2.1:add").click().run())
    healthy(app.text_area(key="std:2.2.1:b:when").set_value("未列入预算\n使用欠佳").run())
    healthy(app.selectbox(key="std:2.2.1:b:effect").set_value("counted").run())
    healthy(app.text_input(key="std:2.2.1:b:per").set_value("项").run())
    healthy(app.number_input(key="std:2.2.1:b:deduct").set_value(0.5).run())
    healthy(app.number_input(key="std:2.2.1:points").set_value(6.0).run())
    healthy(app.button(key="std:2.2.1:accept").click().run())
    assert "没有待确认的内容" in texts(app)
    assert "合计 26 分" in texts(app)
    (draft,) = kept(repository)
    item = read_held(draft.content).items["2.2.1"]
    assert [(c.when, c.deduct, c.per) for c in item.conditions] == [
        ("无经费", None, None),
        ("未列入预算", Decimal("0.5"), "项"),
        ("使用欠佳", Decimal(1), None),
    ]

    app = view(app, "名称与等级")
    app.text_input[0].set_value("小微企业评分表")
    grades, record = (editor.key for editor in app.get("data_editor")[:2])
    app.session_state[grades] = {
        "added_rows": [{"等级": "达标", "总分不低于": 90, "每个要素不低于（%）": 60}],
        "edited_rows": {},
        "deleted_rows": [],
    }
    app.session_state[record] = {
        "added_rows": [{"问题": "死亡事故", "回答": "次数或人数", "申请前几年": 1}],
        "edited_rows": {},
        "deleted_rows": [],
    }
    healthy(next(b for b in app.button if b.label == "保存").click().run())
    (draft,) = kept(repository)
    scheme = read_held(draft.content)
    assert [(g.title, g.total, g.element) for g in scheme.grades] == [
        ("达标", Decimal(90), Decimal(60))
    ]
    assert [(q.title, q.years) for q in scheme.performance] == [("死亡事故", 1)]
    app = view(app, "适用范围")
    app.text_input[0].set_value("有没有食堂？")
    healthy(next(b for b in app.button if b.label == "加上").click().run())
    assert "还没有勾选，不能安装" in texts(app)
    (ticks,) = app.get("data_editor")
    assert ticks.value["要素和内容"].tolist()[:3] == ["【目标】", "【制度】", "有目标制度"]
    healthy(app.button(key="std-undo").click().run())
    app = view(app, "安装与导出")
    healthy(app.button(key="std-own").click().run())
    healthy(app.button(key="std-assess").click().run())
    assert ":gray-badge[导入的标准]" in texts(app)
    (line,) = repository.list().lines
    begun = set_finding("2.2.1-b", 2)(repository.load(line.id))
    repository.save(begun.stamped(), begun.revision)
    scheme = scheme_of(begun)
    result = score(scheme, answers_of(scheme, begun.work))
    assert (scheme.title, result.total) == ("小微企业评分表", Decimal("96.2"))  # 25 / 26
    assert summary_pdf(result, Subject.of(scheme, begun, date(2026, 11, 1))).startswith(b"%PDF")
    assert "96\\.2" in texts(open_page("results", begun))


def test_changes_stay_when_the_page_is_opened_anew_and_can_be_undone(open_page, repository):
    app = upload(open_page("import_standard"), TABLE)
    healthy(app.selectbox(key="std:2.2.1:a:effect").set_value("amount").run())
    healthy(app.number_input(key="std:2.2.1:a:to").set_value(4.0).run())
    healthy(app.number_input(key="std:2.2.1:a:at_most").set_value(3.0).run())
    assert "合计最多的分数不能小于一次的分数" in texts(app)
    healthy(app.selectbox(key="std:2.2.1:way").set_value("levels").run())
    assert app.get("data_editor")[0].value["得分"].tolist() == [5, 3, 0]
    healthy(app.button(key="std:2.2.1:accept").click().run())
    (draft,) = kept(repository)
    item = read_held(draft.content).items["2.2.1"]
    assert [(c.amount.least, c.amount.most) for c in item.conditions] == [(1, 4)]
    app = open_page("import_standard", std=draft.id)
    assert "没有待确认的内容" in texts(app)
    healthy(app.button(key="std-undo").click().run())
    assert "待确认 1 条" in texts(app)
    app = view(app, "安装与导出")
    assert app.button(key="std-everybody").disabled
    healthy(app.button(key="std-try").click().run())
    trial = next(one for one in kept(repository) if one.stage == "trial")
    assert "小微表（试用）" in texts(app).replace("\\", "")
    assert trial.scheme != draft.scheme
    assert "小微表（试用）" not in texts(open_page("standards")).replace("\\", "")
    app = open_page("import_standard", std=trial.id)
    assert "用它做的自评照旧按它计分" in texts(app)
    healthy(app.button(key="std-withdraw-now").click().run())
    assert "已删除" in texts(app)
    healthy(app.button(key="std-all").click().run())
    assert [box.label for box in app.expander] == ["已删除的：1 个"]
    healthy(app.button(key=f"std-open:{trial.id}").click().run())
    healthy(app.button(key="std-restore").click().run())
    assert "这个标准已删除" not in texts(app)


def test_a_pasted_table_and_a_colleagues_file_are_read_too(open_page, repository):
    app = open_page("import_standard")
    app.text_area(key="std-pasted").set_value(text([HEADER, *ROWS]).decode()).run()
    healthy(app.button(key="std-paste").click().run())
    assert "合计 20 分" in texts(app)
    app = view(app, "安装与导出")
    healthy(app.button(key="std-everybody").click().run())
    (made,) = kept(repository)
    assert made.everybody
    standards = open_page("standards", standard=made.scheme)
    assert ":gray-badge[导入的标准]" in texts(standards)
    sent = app.get("download_button")
    assert len(sent) == 1
    app = upload(open_page("import_standard"), export_standard(made), "同事的.json")
    assert "已安装 · 第 1 版" in texts(app)
    healthy(app.button(key="std-next").click().run())
    assert "草稿" in texts(app)
    app = view(app, "安装与导出")
    assert "与第 1 版比：各条没有变化" in texts(app)
    healthy(app.button(key="std-own").click().run())
    again = open_page("import_standard")
    again.selectbox(key="std-follows").set_value(made.scheme)
    moved = [ROWS[1], ["1.目标", "1.1制度", "有考核", 4, "未考核的，扣2分。"], ROWS[2]]
    app = view(upload(again, sheet([HEADER, *moved])), "安装与导出")
    assert "与第 2 版比：新增 1 条，去掉 1 条，改动 0 条，只是编号变了 1 条" in texts(app)
    rows, moved = app.dataframe[1].value, app.dataframe[2].value
    assert rows["变化"].tolist() == ["新增", "去掉"]
    assert rows["现在"].tolist() == ["4 分\n未考核：扣 2 分", ""]
    assert (moved["原来"].tolist(), moved["现在"].tolist()) == (["1.1.2"], ["1.1.1"])
    healthy(app.button(key="std-was").click().run())
    assert "与第 2 版比：新增 0 条，去掉 0 条，改动 1 条，只是编号变了 1 条" in texts(app)


STRANGE = sheet(
    [
        ["2026年度安全评分表"],
        ["甲", "乙", "丙", "丁", "戊"],
        ["1.目标", "1.1制度", "有目标制度", 4, "无制度的，不得分"],
        ["甲", "乙", "丙", "丁", "戊"],
        ["1.目标", "1.1制度", "有年度目标", 6, "未公布的，每处扣2分"],
    ]
)


def test_columns_that_no_header_names_are_assigned_by_hand(open_page, repository):
    app = upload(open_page("import_standard"), STRANGE)
    assert "没有找到评分表的表头" in texts(app)
    healthy(app.button(key="std-columns-offer").click().run())
    assert app.dataframe[0].value["C"].tolist()[2] == "有目标制度"
    healthy(app.button(key="std-columns-read").click().run())
    assert "“分值”要指明一列" in texts(app)
    healthy(app.selectbox(key="std-columns-heads:0").set_value(1).run())
    for column, role in enumerate(["level", "level", "content", "points", "method"]):
        app.selectbox(key=f"std-columns:0:{column}").set_value(role)
    healthy(app.button(key="std-columns-read").click().run())
    assert "1 个一级要素，2 条内容，合计 10 分" in texts(app)
    healthy(app.button(key="std-columns-again").click().run())
    assert "各列是什么" in texts(app)
    healthy(app.selectbox(key="std-columns-heads:0").set_value(1).run())
    app.selectbox(key="std-columns:0:2").set_value("content")
    app.selectbox(key="std-columns:0:3").set_value("points")
    healthy(app.button(key="std-columns-read").click().run())
    assert "待确认 2 条" in texts(app)  # no column of methods
    assert len(kept(repository)) == 1  # instead of what was read before


def _edited(app, label, **changes):
    """Fill in tables of the form by the beginning of their keys, and save."""
    for editor in app.get("data_editor"):
        for name, change in changes.items():
            if editor.key.startswith(f"std-{name}:"):
                nothing = {"added_rows": [], "edited_rows": {}, "deleted_rows": []}
                app.session_state[editor.key] = {**nothing, **change}
    return healthy(next(b for b in app.button if b.label == label).click().run())


def test_a_grade_that_the_file_names_stands_beside_its_sentence(open_page):
    notes = [["本表满分20分，得分18分及以上为一级。"]]
    app = view(upload(open_page("import_standard"), sheet([*notes, HEADER, *ROWS])), "名称与等级")
    assert "一级的评分线：取 18 分，据：本表满分20分，得分18分及以上为一级" in texts(app)


def test_parts_weights_named_gates_and_answers_are_told_in_forms(open_page, repository):
    app = view(upload(open_page("import_standard"), TABLE), "名称与等级")
    app = _edited(app, "保存", grades={"added_rows": [{"等级": "达标", "总分不低于": 20}]})
    app = view(app, "部分与权重")
    parts = [{"部分的名称": "管理", "空项折算": True}, {"部分的名称": "现场", "抽查（%）": 10}]
    app = _edited(app, "保存", parts={"added_rows": parts})
    assert "百分之几和最少几个要一起写" in texts(app)
    parts[1]["最少几个"] = 5
    app = _edited(app, "保存", parts={"added_rows": parts})
    assert "要素“目标”还没有归到部分" in texts(app)
    belongs = {0: {"部分": "管理"}, 2: {"部分": "现场"}}
    gate = {"等级": "达标", "哪一部分、要素或内容": "部分 现场", "至少得（%）": 70}
    app = _edited(app, "保存", weights={"edited_rows": belongs}, gates={"added_rows": [gate]})
    assert "没有归到部分" not in texts(app)
    app = view(app, "适用范围")
    app.text_input[0].set_value("有哪些设备？")
    app.text_area[0].set_value("叉车\n冷库")
    app = healthy(next(b for b in app.button if b.label == "加上").click().run())
    assert "还没有勾选，不能安装" in texts(app)
    (draft,) = kept(repository)
    (facet,) = content_of(draft.content)["scheme"]["facets"]
    assert (facet["title"], facet["choose"]) == ("有哪些设备？", "many")
    rename = {"edited_rows": {1: {"选项": "冷藏库"}}, "added_rows": [{"选项": "行车"}]}
    app = _edited(app, "保存选项", options=rename)
    (draft,) = kept(repository)
    (facet,) = content_of(draft.content)["scheme"]["facets"]
    assert [(one["id"], one["title"]) for one in facet["options"]] == [
        ("o1", "叉车"),
        ("o2", "冷藏库"),
        ("o3", "行车"),
    ]
    healthy(app.button(key="std-facet-drop:f1-now").click().run())
    (draft,) = kept(repository)
    scheme = read_held(draft.content)
    assert [(p.title, p.sampling and p.sampling.minimum) for p in scheme.parts] == [
        ("管理", None),
        ("现场", 5),
    ]
    assert scheme.grades[0].parts == (("B", Decimal(70)),)


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<a>" + b"0" * (70 * 2**20))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (lambda: sheet([[]]), "空.xlsx", "空"),
        (lambda: b"%PDF-1.7", "改名.xlsx", "PDF"),
        (bomb, "炸弹.xlsx", "展开后过大"),
        (lambda: text([HEADER, *ROWS * 34_000]), "长.csv", "超过"),
        (lambda: b"{}", "不是.json", "不是本工具导出的标准文件"),
        (lambda: sheet([["甲", "乙"], ["1", "2"]]), "无表头.xlsx", "表头"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_kept(
    open_page, repository, content, name, words
):
    app = upload(open_page("import_standard"), content(), name)
    assert "没有导入，什么都没有保存" in texts(app)
    assert words in texts(app)
    assert kept(repository) == []


def test_a_workbook_with_macros_is_read_without_them(open_page, repository):
    app = upload(
        open_page("import_standard"),
        with_part(TABLE, "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macro"),
        "宏.xlsm",
    )
    assert "4 条内容" in texts(app)
    assert len(kept(repository)) == 1
