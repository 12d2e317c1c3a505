"""The standards themselves: what each is, how it counts, and every row of it."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd
import streamlit as st

from schemes import Item, Part, Scheme, Section
from schemes.guidance import Guidance, guidance, has_guidance
from scoring.numbers import text
from ui import session, standard_session
from ui.frame import draw, page_path
from ui.glossary import explain
from ui.widgets import show
from wording.findings import effect, is_compiled
from wording.guidance import LABEL, LOOK, parts, row_words
from wording.labels import condition_label, node_title, plain, readings
from wording.standards import IMPORTED, origin

_SCHEME, _WORD, _HINTS = "standard", "word", "hints"

_Row = tuple[str, str, str, str]
"""Clause, title, where it is said, and the words."""


def main() -> None:
    """Draw the page."""
    session.settle_address()  # keeps the assessment in the address for the way back
    st.markdown("### 标准", anchors=False)
    installed = standard_session.offered()
    st.page_link(page_path("import_standard"), label="导入标准", icon=":material/upload_file:")
    word = st.text_input(
        "在全部标准中查找",
        key=show(_WORD, session.remembered(_WORD) or ""),
        max_chars=40,
        placeholder="例如：气瓶、动火、应急演练",
        on_change=lambda: session.remember(_WORD, st.session_state[_WORD].strip()),
    ).strip()
    if word:
        _hits(installed, word)
        return
    wanted = session.remembered(_SCHEME) or ""
    shown = wanted if wanted in installed else next(iter(installed))
    key = show(_SCHEME, shown)
    st.segmented_control(
        "标准",
        list(installed),
        key=key,
        required=True,
        wrap=True,
        label_visibility="collapsed",
        format_func=lambda i: installed[i].short_title,
        on_change=lambda: session.remember(_SCHEME, st.session_state[_SCHEME]),
    )
    explain()
    _standard(installed[shown])


def _standard(scheme: Scheme) -> None:
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.markdown(f"#### {plain(scheme.title)}", anchors=False)
        if origin(scheme):
            st.markdown(f":gray-badge[{IMPORTED}]")
        st.text(f"发文：{scheme.issuer}")
        for name, value in (("文号", scheme.document_no), ("日期", scheme.dates)):
            st.text(f"{name}：{value or '来源文本未印'}")
        st.text(f"适用：{scheme.industry}")
        st.text(f"计分：{scheme.formula}")
        if scheme.formula_math:
            st.latex(scheme.formula_math)
        if scheme.notice:
            st.warning(plain(scheme.notice), icon=":material/campaign:")
        if scheme.provenance_note:
            st.markdown(f":gray-badge[整理] {plain(scheme.provenance_note)}")
    with right:
        rows = "\n".join(f"| {plain(name)} | {plain(value)} |" for name, value in _facts(scheme))
        st.markdown(f"| 项目 | 内容 |\n|---|---|\n{rows}")
    if scheme.interpretations:
        with st.expander(f"本工具对原文的理解：{len(scheme.interpretations)} 条"):
            st.markdown(readings(scheme))
    st.markdown("#### 全文", anchors=False)
    hints: Mapping[str, Guidance] = {}
    if has_guidance(scheme) and st.toggle(f"连同{LABEL}", key=_HINTS):
        hints = guidance(scheme)
    for part in scheme.parts:
        if part.title:
            st.markdown(f"**{plain(part.title)}**")
        for element in part.elements:
            _element(scheme, element, hints)


def _facts(scheme: Scheme) -> list[tuple[str, str]]:
    rows = [
        ("各条分值合计", f"{text(scheme.full)} 分"),
        ("总分", f"满分 {text(scheme.best_total)}"),
        *_thresholds(scheme),
    ]
    rows += [
        (level, f"{count} 个") for level, count in zip(scheme.levels, _counts(scheme), strict=True)
    ]
    rows.append(("扣分情形", f"{len(scheme.conditions)} 条"))
    rows.append(("分值按原文", _share([i.provenance != "compiled" for i in scheme.items.values()])))
    official = [i.conditions_provenance != "compiled" for i in scheme.items.values()]
    rows.append(("扣分情形按原文", _share(official)))
    return rows


def _thresholds(scheme: Scheme) -> Iterator[tuple[str, str]]:
    for grade in scheme.grades:
        element = f"，每个要素不低于 {text(grade.element)}" if grade.element else ""
        yield grade.title, f"总分不低于 {text(grade.total)}{element}"
    if not scheme.grades:
        yield "等级", "原文没有及格线和等级"


def _counts(scheme: Scheme) -> list[int]:
    """How many nodes stand on each level of the standard."""
    levels: list[Sequence[Part | Section | Item]] = []
    if scheme.parts[0].id:
        levels.append(scheme.parts)
    nodes: Sequence[Part | Section | Item] = scheme.elements
    while nodes:
        levels.append(nodes)
        nodes = [child for node in nodes if isinstance(node, Section) for child in node.children]
    return [len(nodes) for nodes in levels]


def _share(official: list[bool]) -> str:
    return f"{sum(official)} / {len(official)} 条"


def _element(scheme: Scheme, element: Section, hints: Mapping[str, Guidance]) -> None:
    """One element, written only when it is opened: a whole standard is long."""
    key = f"{scheme.id}:{element.id}"
    box = st.expander(plain(node_title(element)), key=key, on_change="rerun")
    if box.open:
        box.markdown("\n".join(_rows(scheme, element, hints, 0)), anchors=False)


def _rows(
    scheme: Scheme, node: Section | Item, hints: Mapping[str, Guidance], depth: int
) -> Iterator[str]:
    """The node and all below it as a nested list. hints: by item id, those to be shown."""
    indent = "    " * depth
    if isinstance(node, Section):
        if depth:
            yield f"{indent}- **{plain(node_title(node))}**"
        for child in node.children:
            yield from _rows(scheme, child, hints, depth + 1)
        return
    compiled = " :gray-badge[整理]" if is_compiled(node) else ""
    yield f"{indent}- **{plain(node_title(node))}** {text(node.points)} 分{compiled}"
    yield f"{indent}    - 要求：{plain(node.requirement)}"
    own = hints.get(node.id)
    for name, words in parts(own) if own else ():
        yield f"{indent}    - :gray[提示·{name}：{plain('；'.join(words))}]"
    groups, left = node.headings, _row_hints(scheme, node, own)
    group = None
    for condition in node.conditions:
        if groups.get(condition.check) != group:
            group = groups.get(condition.check)
            yield f"{indent}    - **{plain(group or '')}**"
        hint = left.pop(condition.check or "", None)
        yield f"{indent}    - {condition_label(scheme, condition, hint)}"


def _row_hints(scheme: Scheme, item: Item, own: Guidance | None) -> dict[str, str]:
    """By id of a check; of a standard without guidance those that stand in it."""
    if own:
        return dict(own.checks)
    if has_guidance(scheme):
        return {}
    return {check.id: check.hint for check in item.checks if check.hint}


def _hits(installed: dict[str, Scheme], word: str) -> None:
    """Everything in every standard, and in our hints beside it, in which the word occurs."""
    rows = []
    for scheme in installed.values():
        found = [row for row in _texts(scheme) if word in row[1] or word in row[-1]]
        found += [row for row in _hints(scheme) if word in row[-1]]
        rows += [(scheme.short_title, *row) for row in found]
    st.text(f"“{word}”：共 {len(rows)} 处")
    columns = ["标准", "条款", "内容", "出处", "文字"]
    st.dataframe(pd.DataFrame(rows, columns=columns), hide_index=True, alt="查找结果")


def _texts(scheme: Scheme) -> Iterator[_Row]:
    for item in scheme.items.values():
        yield item.id, item.title, "要求", item.requirement
        groups = item.headings
        for condition in item.conditions:
            group = groups.get(condition.check)
            title = f"{item.title}：{group}" if group else item.title
            words = f"{condition.when}（{effect(scheme, condition)}）"
            yield condition.id, title, "扣分情形", words


def _hints(scheme: Scheme) -> Iterator[_Row]:
    """What is said beside the items."""
    for item_id, found in guidance(scheme).items():
        item = scheme.items[item_id]
        for name, lines in parts(found):
            for words in lines:
                yield item_id, item.title, f"{LABEL}·{name}", words
        for row, words in row_words(item, found):
            yield item_id, f"{item.title}：{row}", f"{LABEL}·{LOOK}", words


draw(main)
