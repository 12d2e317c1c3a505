"""The form of a standard in the making: its parts and samples, weights, and named gates."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from schemes.held import Content
from state.documents.installed import InstalledScheme, StandardFault
from state.documents.installed_changes import every_node, placed
from state.documents.installed_structure import astray, named_gates, set_structure
from ui import standard_session
from ui.standard_tables import (
    edited,
    exact_in,
    frame,
    number_column,
    number_shown,
    text_in,
    whole_in,
)
from wording.standards import NA_WORDS

_ID, _TITLE, _PART, _WEIGHT = "编号", "要素和下面的标题", "部分", "权重（%）"
_NAME, _NA, _SCALED = "部分的名称", "空项", "空项折算"
_PERCENT, _MINIMUM, _FACTOR = "抽查（%）", "最少几个", "自评是几倍"
_UP_TO, _NUMBER = "总数不超过", "抽查几个"
_GRADE, _WHAT, _LINE = "等级", "哪一部分、要素或内容", "至少得（%）"
_AS_ALL = "同其他部分"
_SHOWN = 40


def edit_structure(document: InstalledScheme, content: Content) -> None:
    """Draw the form, saved as a whole."""
    fixed = document.stage != "draft"
    turn = f"{document.id}:{document.revision}"
    main = content["scheme"]
    st.caption("大多数评分表不用填这一页：各条得分直接相加，等级只看总分和各要素。")
    with st.form("std-structure", border=False):
        st.markdown("**权重**", anchors=False)
        st.caption(
            "都空着：得分直接相加。各要素按权重计总分的，每个要素都写，合计 100%；"
            "要素下面的标题按权重合成要素得分的，同一个标题下面的都写，合计 100%。"
        )
        sections = _section_table(content, turn, fixed)
        with st.expander(
            "标准分成几部分（如基础管理、现场），或规定了抽样", expanded=bool(_of(main))
        ):
            st.caption(
                "一行一个部分；保存以后，在上面的表里选每个要素属于哪一部分。抽样：每百个查几个，"
                "最少几个（不足的全查）。勾选“空项折算”的部分，企业没有的内容扣除以后，得分按比例"
                "放大回原来的满分，总分是得分合计，等级的线按得分写。"
            )
            parts = _part_table(main, turn, fixed)
            st.caption(
                "抽样分段规定的：从小到大，每段一行，最后一段不写“总数不超过”；全查的两格都空着。"
            )
            steps = _step_table(main, turn, fixed)
        with st.expander("等级点名的要求", expanded=bool(named_gates(content))):
            st.caption("如“一级企业，现场部分不低于 80%”“1.2 必须得满分（100%）”。先填等级。")
            gates = _gate_table(content, turn, fixed)
        if st.form_submit_button("保存", type="primary", disabled=fixed):
            standard_session.save_form(
                document, lambda: set_structure(**_told(content, sections, parts, steps, gates))
            )
    if lost := astray(content):
        st.warning("部分还没有写全，不能安装")
        st.text("\n".join(lost))


def _told(
    content: Content,
    sections: pd.DataFrame,
    parts: pd.DataFrame,
    steps: pd.DataFrame,
    gates: pd.DataFrame,
) -> dict[str, Any]:
    """What the four tables say, as `set_structure` takes it."""
    named = {title: name for name, title in _titles(content["scheme"]).items()}
    rows = sections.to_dict("records")
    elements = {str(element["id"]) for element in content["elements"]}
    told = {
        "weights": {str(row[_ID]): w for row in rows if (w := exact_in(row[_WEIGHT]))},
        "parts": [*_parts(parts, steps)],
        "gates": [*_gates(content, gates)],
    }
    if _PART in sections:
        told["belongs"] = {
            str(row[_ID]): named.get(text_in(row[_PART])) for row in rows if row[_ID] in elements
        }
    return told


# Sections ---------------------------------------------------------------------


def _section_table(content: Content, turn: str, fixed: bool) -> pd.DataFrame:
    titles = _titles(content["scheme"])
    rows = []
    for depth, section in _sections(content["elements"], 0):
        weight = section.get("weight")
        shown = None if weight is None else float(Decimal(weight) * 100)
        row = [str(section["id"]), f"{'　' * depth}{section['title']}", shown]
        rows.append([*row, titles.get(str(section.get("part")))] if titles else row)
    kinds = {_ID: "object", _TITLE: "object", _WEIGHT: "Float64"}
    return st.data_editor(
        frame(rows, kinds | ({_PART: "object"} if titles else {})),
        hide_index=True,
        placeholder="",
        disabled=True if fixed else [_ID, _TITLE],
        key=f"std-weights:{turn}",
        column_config={
            _ID: st.column_config.TextColumn(_ID, width=70),
            _TITLE: st.column_config.TextColumn(_TITLE, width="medium"),
            _WEIGHT: number_column(_WEIGHT),
            _PART: st.column_config.SelectboxColumn(_PART, options=[*titles.values()]),
        },
    )


def _sections(
    nodes: Sequence[Mapping[str, Any]], depth: int
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for node in nodes:
        if "children" in node:
            yield depth, node
            yield from _sections(node["children"], depth + 1)


# Parts ------------------------------------------------------------------------


def _of(main: Content) -> Sequence[Mapping[str, Any]]:
    parts: Sequence[Mapping[str, Any]] = main.get("parts", [])
    return parts


def _titles(main: Content) -> dict[str, str]:
    return {str(part["id"]): str(part["title"]) for part in _of(main)}


def _part_table(main: Content, turn: str, fixed: bool) -> pd.DataFrame:
    scaled = main["scoring"].get("scaled", {}).get("parts", [])
    rows = [
        [
            str(part["id"]),
            str(part["title"]),
            NA_WORDS.get(part.get("na", ""), _AS_ALL),
            part["id"] in scaled,
            *(number_shown(part.get("sampling", {}).get(key)) for key in ("percent", "minimum")),
            number_shown(part.get("sampling", {}).get("self_factor")),
        ]
        for part in _of(main)
    ]
    numbers = (_PERCENT, _MINIMUM, _FACTOR)
    kinds = {_ID: "object", _NAME: "object", _NA: "object", _SCALED: "boolean"}
    return edited(
        rows,
        kinds | dict.fromkeys(numbers, "Float64"),
        f"std-parts:{turn}",
        {
            _ID: None,
            _NAME: st.column_config.TextColumn(_NAME, max_chars=60, default=""),
            _NA: st.column_config.SelectboxColumn(
                _NA, options=[_AS_ALL, *NA_WORDS.values()], default=_AS_ALL, required=True
            ),
            _SCALED: st.column_config.CheckboxColumn(_SCALED, default=False),
            **{name: number_column(name, 1) for name in numbers},
        },
        fixed,
    )


def _step_table(main: Content, turn: str, fixed: bool) -> pd.DataFrame:
    rows = [
        [
            str(part["title"]),
            *(number_shown(step.get(key)) for key in ("up_to", "number", "percent")),
        ]
        for part in _of(main)
        for step in part.get("sampling", {}).get("steps", [])
    ]
    numbers = (_UP_TO, _NUMBER, _PERCENT)
    return edited(
        rows,
        {_PART: "object"} | dict.fromkeys(numbers, "Float64"),
        f"std-steps:{turn}",
        {
            _PART: st.column_config.SelectboxColumn(_PART, options=[*_titles(main).values()]),
            **{name: number_column(name, 1) for name in numbers},
        },
        fixed,
    )


def _parts(parts: pd.DataFrame, steps: pd.DataFrame) -> Iterator[dict[str, Any]]:
    by_part: dict[str, list[dict[str, Any]]] = {}
    for row in steps.to_dict("records"):
        step = {
            "up_to": whole_in(row[_UP_TO], _UP_TO),
            "number": whole_in(row[_NUMBER], _NUMBER),
            "percent": whole_in(row[_PERCENT], _PERCENT),
        }
        if text_in(row[_PART]):
            by_part.setdefault(text_in(row[_PART]), []).append(step)
        elif any(value is not None for value in step.values()):
            raise StandardFault("抽样的每一段要选是哪一部分的")
    nas = {words: na for na, words in NA_WORDS.items()}
    for row in parts.to_dict("records"):
        title = text_in(row[_NAME])
        yield {
            "id": text_in(row[_ID]),
            "title": title,
            "na": nas.get(text_in(row[_NA])),
            "scaled": not pd.isna(row[_SCALED]) and bool(row[_SCALED]),
            "percent": whole_in(row[_PERCENT], _PERCENT),
            "minimum": whole_in(row[_MINIMUM], _MINIMUM),
            "self_factor": whole_in(row[_FACTOR], _FACTOR),
            "steps": by_part.get(title, []),
        }


# Gates ------------------------------------------------------------------------


def _gate_table(content: Content, turn: str, fixed: bool) -> pd.DataFrame:
    named = _nameable(content)
    grades = [str(grade["title"]) for grade in content["scheme"].get("grades", [])]
    rows = [
        [title, named[kind, name], float(line)]
        for title, kind, name, line in named_gates(content)
        if (kind, name) in named
    ]
    return edited(
        rows,
        {_GRADE: "object", _WHAT: "object", _LINE: "Float64"},
        f"std-gates:{turn}",
        {
            _GRADE: st.column_config.SelectboxColumn(_GRADE, options=grades),
            _WHAT: st.column_config.SelectboxColumn(
                _WHAT, options=[*named.values()], width="large"
            ),
            _LINE: number_column(_LINE),
        },
        fixed,
    )


def _gates(content: Content, table: pd.DataFrame) -> Iterator[tuple[str, str, str, Decimal]]:
    named = {words: one for one, words in _nameable(content).items()}
    for row in table.to_dict("records"):
        grade, what, line = text_in(row[_GRADE]), text_in(row[_WHAT]), exact_in(row[_LINE])
        if not (grade or what or line is not None):
            continue
        if not grade or what not in named or line is None:
            raise StandardFault("点名的要求：等级、哪一部分或内容、至少得百分之几都要写")
        yield grade, *named[what], line


def _nameable(content: Content) -> dict[tuple[str, str], str]:
    """What a grade can name, with the words that it is chosen by."""
    items = [row for row in placed(content) if row.points]
    nodes = dict(every_node(content))
    elements = [str(element["id"]) for element in content["elements"]]
    return {
        **{("parts", i): f"部分 {title}" for i, title in _titles(content["scheme"]).items()},
        **{("elements", i): f"要素 {i} {nodes[i]['title']}" for i in elements},
        **{("items", r.id): f"内容 {r.id} {r.node['requirement'][:_SHOWN]}" for r in items},
    }
