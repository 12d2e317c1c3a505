"""Step 5: the grade and every gate, the radar, where the points went, the findings."""

from decimal import Decimal

import pandas as pd
import streamlit as st

from planning.gain import item_gains
from reports.content.gaps import MOST
from reports.content.radar import FEWEST
from scoring import Result
from scoring.findings import Finding, findings_of
from scoring.numbers import readable, text
from scoring.result import PartResult, Rule
from state.documents.assessment import Assessment
from ui import session
from ui.action_making import begin_one
from ui.application import application
from ui.bars import bars
from ui.comparison import reassessment
from ui.finishing import finishing, went_on
from ui.frame import asking_fragment, draw, footer, header, need_assessment, need_scheme, page_path
from ui.glossary import explain
from ui.opening import element_row, item_row
from ui.panel import in_words, legend, picture
from ui.parts import chosen_part
from ui.unknown_answers import unknown_answers
from wording.findings import RULES, clause, compiled_legend, loss_text, rules_words
from wording.gains import gain_words, unlock_words
from wording.grades import (
    gate_mark,
    gate_words,
    grade_words,
    grades_told_apart,
    progress_words,
    range_words,
    state_words,
)
from wording.labels import node_title, plain
from wording.numbers import (
    excluded_words,
    marks_words,
    percent_words,
    total_line_words,
)
from wording.warnings import warning_words

_EVERY = "全部"

_CARDS = 20
"""Findings on a page of cards."""


def main() -> None:
    """Draw the page."""
    went_on()
    assessment = need_assessment("results")
    scheme = need_scheme(assessment)
    header("results", assessment, scheme)
    result = session.result_of(assessment, scheme)
    _grade(result)
    finishing(assessment, result)
    application(assessment, result)
    if scheme.reassessment:
        reassessment(scheme, assessment, result)
    if result.full:
        _pictures(result)
        _where(result)
        _findings(assessment, result)
        _rest(result)
    footer("results", assessment)


def _grade(result: Result) -> None:
    scheme = result.scheme
    left, right = st.columns([2, 3], gap="large")
    with left:
        name = "总分范围" if result.range_open else "总分"
        full = text(scheme.best_total)
        st.metric(f"{name}（满分 {full}）", range_words(result), help=scheme.formula)
        st.markdown(f"### {plain(grade_words(result))}", anchors=False)
        if result.range_open:
            st.markdown(f"{progress_words(result)}，范围的下限按未核查内容最坏的情况计")
        excluded = excluded_words(result)
        if excluded:
            st.markdown(plain(excluded))
        unknown_answers(result)
        st.caption(f"各条得分合计 {marks_words(result)}。本结果是企业自查的预览，不代替正式评审。")
    with right:
        line = total_line_words(result)
        if line:
            st.markdown(plain(line))
        for name, grade in grades_told_apart(result):
            lines = [f"**{plain(name)}：{state_words(grade)}**"]
            lines += [
                f"{gate_mark(gate)} {plain(gate_words(result, grade, gate))}"
                for gate in grade.gates
            ]
            st.markdown("  \n".join(lines))
    explain(("A级要素", "追加扣除", "扣满追加", "否决项", "重大事故隐患", "参考线", "待定", "空项"))
    if result.warnings:
        st.markdown("  \n".join(f":material/info: {plain(w)}" for w in warning_words(result)))


@asking_fragment
def _pictures(result: Result) -> None:
    """Radar and bars of one part of the standard, which the user may choose."""
    parts = {part.part.id: part for part in result.parts}
    if not parts:
        return
    percents = {i: percent_words(result.scheme, part.percent) for i, part in parts.items()}
    titles = {i: f"{part.part.title} {percents[i]}" for i, part in parts.items()}
    part = parts[chosen_part(titles, "part")]
    if len(part.applicable) < FEWEST:  # no radar of so few: the bars are the one picture
        _bars(result, part)
        _elements(result, part)
        return
    left, right = st.columns(2, gap="large")
    with left:
        figure, config = picture(result, part, height=420)
        st.plotly_chart(figure, config=config, theme=None, alt=in_words(result, part), key="radar")
        _elements(result, part)
    with right:
        _bars(result, part)


def _bars(result: Result, part: PartResult) -> None:
    figure, config = bars(result, part)
    st.plotly_chart(figure, config=config, theme=None, alt=in_words(result, part), key="bars")


def _elements(result: Result, part: PartResult) -> None:
    """What the pictures show, to be opened; and what their lines are."""
    rows = [element_row(result, element) for element in part.elements]
    st.caption("  \n".join([*rows, *filter(None, [legend(result, part)])]))


def _where(result: Result) -> None:
    """What to put right first: each item with what it brings alone; a click opens it."""
    gains = item_gains(result)[:MOST]
    st.markdown("#### 先改什么", anchors=False)
    if not gains:
        st.caption("还没有扣分。")
        return
    st.caption("能让等级过线的在前，其余按改好后总分能提高多少排列；每行只算这一条全部改好。")
    for gain in gains:
        words = f"**{gain_words(gain)} 分**　{plain(node_title(gain.item))}"
        unlocks = unlock_words(result, gain)
        if unlocks:
            words += f" :green-badge[{plain(unlocks)}]"
        if not session.may_edit():
            st.markdown(words)
        elif st.button(words, key=f"fix-{gain.item.id}", type="tertiary", width="stretch"):
            session.remember("item", gain.item.id)
            session.forget("group")
            st.switch_page(page_path("assess"))


def _findings(assessment: Assessment, result: Result) -> None:
    st.markdown("#### 问题清单", anchors=False)
    found = findings_of(result)
    if not found:
        st.caption("没有记录问题。")
        return
    elements = {e.section.id: node_title(e.section) for e in result.elements if e.full > e.score}
    first, second, third = st.columns(3)
    element = first.selectbox(
        "要素", [_EVERY, *elements], format_func=lambda i: elements.get(i, i), key="by_element"
    )
    every = {loss.rule for one in found for loss in (one.loss, *one.follows)}
    rules = [rule for rule in Rule if rule in every]
    rule = second.selectbox(
        "扣分方式", [_EVERY, *rules], format_func=lambda r: RULES.get(r, r), key="by_rule"
    )
    word = third.text_input("查找", key="by_word", placeholder="例如：气瓶、培训").strip()
    rows = [
        _row(assessment, one)
        for one in found
        if (element == _EVERY or result.scheme.path(one.item.id).element.id == element)
        and (rule == _EVERY or any(rule is loss.rule for loss in (one.loss, *one.follows)))
    ]
    rows = [row for row in rows if not word or any(word in str(cell) for cell in row)]
    st.caption(f"共 {len(rows)} 项")
    columns = ["条款", "内容", "问题", "方式", "扣分", "备注"]
    with st.container(key="findings-table"):
        st.dataframe(pd.DataFrame(rows, columns=columns), hide_index=True, alt="问题清单")
    _cards(rows)
    begin_one(result, assessment)
    legend = compiled_legend(result.scheme)
    if legend:
        st.caption(plain(legend))


def _cards(rows: list[list[object]]) -> None:
    """The same for a phone, where a table cuts off what is taken; assets/style.css shows one."""
    with st.container(key="findings-cards"):
        pages = -(-len(rows) // _CARDS)
        page = st.pagination(pages, key="findings-page") if pages > 1 else 1
        for number, title, found, rules, taken, remark in rows[(page - 1) * _CARDS :][:_CARDS]:
            taken_words = f"**扣 {text(Decimal(str(taken)))} 分**"
            with st.container(border=True, gap="xxsmall"):
                st.markdown(f"{taken_words} · {plain(str(number))} {plain(str(title))}")
                st.text("\n".join(filter(None, [str(found), str(rules), str(remark)])))


def _row(assessment: Assessment, one: Finding) -> list[object]:
    return [
        clause(one.loss),
        one.item.title,
        loss_text(one.loss),
        rules_words(one) if one.taken else f"{rules_words(one)}（已扣完）",
        float(readable(one.taken)),
        assessment.work.remarks.get(one.item.id, ""),
    ]


def _rest(result: Result) -> None:
    """What did not count, and what nobody has looked at yet."""
    absent = [node_title(i.item) for i in result.items.values() if not i.applicable]
    unseen = [f"- {item_row(result, i)}" for i in result.items.values() if i.pending]
    with st.expander(f"不适用的内容：{len(absent)} 条"):
        st.text("\n".join(absent) or "没有")
    with st.expander(f"还没有核查的内容：{len(unseen)} 条"):
        st.markdown("\n".join(unseen) or "没有")


draw(main)
