import pytest

import schemes
from tests.pages.conftest import healthy, texts, unescaped

# From the official tables: marks, lines and how many of each level there are.
FACTS = {
    "condiment": [
        "各条分值合计 | 1000 分",
        "总分 | 满分 100",
        "一级 | 总分不低于 90",
        "三级 | 总分不低于 60",
        "考评类目 | 13 个",
    ],
    "hazchem": [
        "各条分值合计 | 1200 分",
        "二级 | 总分不低于 80，每个要素不低于 60",
        "A级要素 | 12 个",
    ],
    "model-enterprise": ["各条分值合计 | 1000 分", "等级 | 原文没有及格线和等级", "要素 | 10 个"],
    "tobacco": ["总分 | 满分 1000", "一级 | 总分不低于 900", "部分 | 4 个", "模块 | 44 个"],
}
EVERY = pytest.mark.parametrize("name", schemes.available())


TITLES = {
    "condiment": "#### 调味品生产企业安全生产标准化评定标准",
    "hazchem": "#### 危险化学品从业单位安全生产标准化评审（111号文计分方法）",
    "model-enterprise": "#### 安全标准化样板企业考核评分标准",
    "tobacco": "#### 烟草企业安全生产标准化规范 第3部分：考核评价准则和方法",
}
READINGS = {"condiment": 19, "hazchem": 16, "model-enterprise": 20, "tobacco": 12}
COMPILED = {"condiment": 0, "hazchem": 55, "model-enterprise": 1, "tobacco": 0}
"""How many contents of each standard are compiled: of hazchem all but the local requirements."""


def headings(app):
    return [unescaped(m.value) for m in app.markdown if m.value.startswith("#### ")]


def elements(app):
    return [box for box in app.expander if box.key]


def hits(app):
    """Clauses found in the standards themselves, by the short title of their standard."""
    table = app.dataframe[0].value
    table = table[~table["出处"].str.startswith("提示")]
    return {title: set(rows["条款"]) for title, rows in table.groupby("标准")}


@EVERY
def test_every_standard_opens_with_its_facts_and_a_box_for_each_element(open_page, name):
    scheme = schemes.load(name)
    app = open_page("standards")
    healthy(app.segmented_control(key="standard").set_value(name).run())
    assert headings(app)[0] == TITLES[name]
    table = next(m.value for m in app.markdown if m.value.startswith("| 项目"))
    assert all(f"| {fact} |" in table for fact in FACTS[name])
    assert f"适用：{scheme.industry}" in texts(app)
    assert f"计分：{scheme.formula}" in texts(app)
    assert [unescaped(box.label) for box in elements(app)] == [
        f"{element.id} {element.title}" for element in scheme.elements
    ]


def test_what_a_source_does_not_print_is_said(open_page):
    app = open_page("standards", standard="model-enterprise")
    assert "文号：来源文本未印" in texts(app)
    assert "文号：YC/T 384.3—2011" in texts(open_page("standards", standard="tobacco"))


def test_parts_stand_above_their_elements(open_page):
    app = open_page("standards", standard="tobacco")
    places = [texts(app).index(f"**{part.title}**") for part in schemes.load("tobacco").parts]
    assert places == sorted(places)


@EVERY
def test_every_reading_of_a_standard_is_listed(open_page, name):
    readings = schemes.load(name).interpretations
    box = open_page("standards", standard=name).expander[0]
    assert box.label == f"本工具对原文的理解：{READINGS[name]} 条"
    shown = unescaped(box.markdown[0].value).splitlines()
    assert shown == [f"- **{r.topic}**：{r.reading}" for r in readings]


def test_nothing_of_an_element_is_written_before_it_is_opened(open_page):
    app = open_page("standards", standard="tobacco")
    assert not any(box.markdown for box in elements(app))
    app.session_state["tobacco:D.9"] = True  # what a click on it sets
    healthy(app.run())
    assert [box.key for box in elements(app) if box.markdown] == ["tobacco:D.9"]
    rows = app.expander("tobacco:D.9").markdown[0].value
    assert "- **D\\.9\\-4 工业气瓶** 10 分" in rows
    assert "不符合：气瓶管理 :red[（不得分）]" in rows
    app.session_state["tobacco:D.9"] = False
    healthy(app.run())
    assert not any(box.markdown for box in elements(app))


@EVERY
def test_opened_elements_show_every_row_of_the_standard(open_page, name):
    scheme = schemes.load(name)
    app = open_page("standards", standard=name)
    for box in elements(app):
        app.session_state[box.key] = True
    healthy(app.run())
    compiled = 0
    for element in scheme.elements:
        rows = unescaped(app.expander(f"{name}:{element.id}").markdown[0].value)
        for item in element.items:
            assert f"**{item.id} {item.title}**" in rows
            assert item.requirement in rows
            assert all(condition.when in rows for condition in item.conditions)
        compiled += rows.count("[整理]")
    assert compiled == COMPILED[name]


@pytest.mark.parametrize(
    ("word", "rows", "nowhere"),
    [
        (
            "气瓶",
            [
                ("condiment", {"6.3.4", "6.3.4-1"}),
                ("hazchem", {"10.2-c"}),
                ("tobacco", {"D.9-4", "D.9-4-4.1", "D.11-2-2.5"}),
            ],
            ["model-enterprise"],
        ),
        (
            "动火",
            [
                ("condiment", {"7.1.1"}),
                ("hazchem", {"7.1", "7.1-a", "7.3-b"}),
                ("model-enterprise", {"7.1.1"}),
                ("tobacco", {"C.14-1", "C.14-1-1.3.none"}),
            ],
            [],
        ),
    ],
    ids=["气瓶", "动火"],
)
def test_a_word_is_found_in_the_standards_that_have_it(open_page, word, rows, nowhere):
    app = open_page("standards")
    healthy(app.text_input(key="word").input(f" {word} ").run())
    found = hits(app)
    for name, clauses in rows:
        assert clauses <= found[schemes.load(name).short_title]
    assert not {schemes.load(name).short_title for name in nowhere} & set(found)
    table = app.dataframe[0].value
    assert (table["内容"] + table["文字"]).str.contains(word, regex=False).all()
    assert f"“{word}”：共 {len(table)} 处" in texts(app)


@EVERY
def test_every_requirement_and_condition_can_be_found_by_its_own_words(open_page, name):
    scheme = schemes.load(name)
    item = list(scheme.items.values())[-1]
    app = open_page("standards")
    for clause, words in [(item.id, item.requirement), *((c.id, c.when) for c in item.conditions)]:
        healthy(app.text_input(key="word").input(words[:40].strip()).run())
        assert clause in hits(app)[scheme.short_title]


@pytest.mark.parametrize(
    "word",
    [
        "没有这个词",
        "<b>气瓶</b>",
        "<script>alert(1)</script>",
        "**气瓶** [x](http://x) :red[丁]",
        "$x$ `y` ![](z)",
        ".*",
        "\\",
    ],
)
def test_a_word_that_is_nowhere_is_said_exactly_as_typed(open_page, word):
    app = open_page("standards")
    healthy(app.text_input(key="word").input(word).run())
    assert [text.value for text in app.text] == [f"“{word}”：共 0 处"]
    assert app.dataframe[0].value.empty
    assert [m.value for m in app.markdown] == ["### 标准"]


def test_an_emptied_search_goes_back_to_the_standard(open_page):
    app = open_page("standards", standard="hazchem")
    app.text_input(key="word").input("气瓶").run()
    assert headings(app) == []
    healthy(app.text_input(key="word").input("  ").run())
    assert headings(app)[0] == TITLES["hazchem"]


def test_the_address_keeps_the_standard_and_the_word(open_page):
    app = open_page("standards")
    app.segmented_control(key="standard").set_value("tobacco").run()
    assert app.query_params["standard"] == "tobacco"
    app.text_input(key="word").input(" 动火 ").run()
    assert app.query_params["word"] == "动火"
    again = open_page("standards", standard="tobacco", word="动火")
    assert again.text_input(key="word").value == "动火"
    assert hits(again) == hits(app)
    healthy(again.text_input(key="word").input("").run())
    assert headings(again)[0] == TITLES["tobacco"]


@pytest.mark.parametrize("wrong", ["atlantis", "", "../condiment", "<b>", "CONDIMENT", "很长" * 50])
def test_an_unknown_standard_in_the_address_falls_back_to_the_first(open_page, wrong):
    app = open_page("standards", standard=wrong)
    assert app.segmented_control(key="standard").value == "condiment"
    assert headings(app)[0] == TITLES["condiment"]
    healthy(app.segmented_control(key="standard").set_value("tobacco").run())
    assert headings(app)[0] == TITLES["tobacco"]


def test_a_machine_is_found_by_its_heading_and_stands_over_its_rows(open_page):
    app = open_page("standards", word="斗式提升机")
    assert len(app.dataframe[0].value) > 0
    app = open_page("standards", standard="condiment")
    app.session_state["condiment:6"] = True
    assert "**斗式提升机**" in texts(healthy(app.run()))


def test_the_way_back_to_the_assessment_stays_in_the_address(open_page, kept):
    assessment = kept(sample="soy-sauce")
    assert open_page("standards", assessment).query_params["a"] == assessment.id
    app = open_page("results", assessment)
    app.switch_page("pages/standards.py").run()
    assert app.query_params["a"] == assessment.id


def hint_hits(app):
    """What is found in the hints: clause, where, words."""
    table = app.dataframe[0].value
    table = table[table["出处"].str.startswith("提示")]
    return [tuple(row) for row in table[["条款", "出处", "文字"]].values]


@pytest.mark.parametrize(
    ("word", "hit"),
    [
        ("当面问本人管什么", ("2.1.1", "看什么", "看安全员和职业卫生管理人员的任命文件")),
        ("从业人员花名册", ("2.1.1", "备什么", "从业人员花名册（台账）")),
        ("人员变动时同时换文件", ("2.1.1", "怎么改", "长期保持：人员变动时同时换文件")),
        ("安全生产法》第二十四条", ("2.1.1", "依据", "《安全生产法》第二十四条")),
        ("压力是否在绿区", ("D.14-3", "看什么", "看灯具线路是否固定")),
    ],
)
def test_a_word_is_found_in_the_hints_and_said_to_be_ours(open_page, word, hit):
    app = open_page("standards", word=word)
    clause, part, words = hit
    assert any(
        (row[0], row[1]) == (clause, f"提示（本工具整理）·{part}") and row[2].startswith(words)
        for row in hint_hits(app)
    )


def test_the_full_text_shows_hints_when_asked_to(open_page):
    app = open_page("standards", standard="tobacco")
    app.session_state["tobacco:D.14"] = True
    rows = unescaped(healthy(app.run()).expander("tobacco:D.14").markdown[0].value)
    assert "提示" not in rows
    healthy(app.toggle(key="hints").set_value(True).run())
    rows = unescaped(app.expander("tobacco:D.14").markdown[0].value)
    assert "提示·备什么：档案室安全管理制度（制度）" in rows
    assert "提示：车身、玻璃、后视镜和灯具是否完好整洁" in rows
