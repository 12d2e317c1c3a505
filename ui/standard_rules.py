"""The form of a standard in the making: its name, grades, safety record, rounding."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from schemes.held import Content
from state.documents.assessment import NAME_LENGTH
from state.documents.installed import InstalledScheme
from state.documents.installed_changes import placed
from state.documents.installed_rules import set_facts
from ui import standard_session
from ui.standard_tables import edited, exact_in, number_column, number_shown, text_in, whole_in
from wording.standards import NA_WORDS, line_words

_COMPARE = {"exact": "按没有取整的总分", "rounded": "按取整后的总分"}
_GRADE, _TOTAL, _ELEMENT, _ABSENT = "等级", "总分不低于", "每个要素不低于（%）", "空项最多占（%）"
_ASKED, _KIND, _YEARS, _DOWN = "问题", "回答", "申请前几年", "有就降一级"
_KINDS = {"count": "次数或人数", "yes_no": "有或没有"}
_ID = "编号"
_USUAL = [
    {"title": title, "total": Decimal(line)}
    for title, line in (("一级", 90), ("二级", 75), ("三级", 60))
]
"""Grades of most standards; offered, never assumed."""


def edit_rules(document: InstalledScheme, content: Content) -> None:
    """Draw the form, saved as a whole: half a table of grades would not stand."""
    main = content["scheme"]
    fixed = document.stage != "draft"
    turn = f"{document.id}:{document.revision}"
    if not (fixed or main.get("grades")):
        st.button(
            "等级填成常见的三级：90、75、60 分",
            icon=":material/format_list_numbered:",
            key="std-usual",
            on_click=standard_session.apply,
            args=[set_facts(grades=_USUAL)],
        )
    with st.form("std-facts", border=False):
        title = st.text_input("标准的名称", main["title"], max_chars=NAME_LENGTH, disabled=fixed)
        st.markdown("**等级**", anchors=False)
        st.caption(
            f"从高到低，一行一个，点最后的空行就能加；总分{_scale(main)}。没有要求的格空着。"
            "标准不分等级的，一行都不写。"
        )
        if said := [*line_words(content)]:
            st.text("\n".join(said))
        grades = _grade_table(main, turn, fixed)
        st.markdown("**安全绩效**", anchors=False)
        st.caption(
            "评级时要看的事故情况，如“生产安全死亡事故”。各等级下面写最多几次，空着就是这一级不看；"
            "回答“有或没有”的，0 是不能有。新加的等级保存以后才有自己的一列。"
        )
        record = _record_table(main, turn, fixed)
        left, right = st.columns(2)
        decimals = left.number_input(
            "总分保留几位小数", 0, 4, int(main["scoring"]["decimals"]), disabled=fixed
        )
        compare = _choice(right, "等级怎样比", _COMPARE, main["scoring"]["compare"], fixed)
        na = _choice(left, "空项（企业没有的内容）", NA_WORDS, main["scoring"]["na"], fixed)
        bonus = _bonus(content, fixed)
        if st.form_submit_button("保存", type="primary", disabled=fixed):
            standard_session.save_form(
                document,
                lambda: set_facts(
                    title=title,
                    **_rows(grades, record, main),
                    decimals=decimals,
                    compare=compare,
                    na=na,
                    bonus=bonus,
                ),
            )


def _scale(main: Content) -> str:
    scaled = main["scoring"]["total"] == "scaled"
    return f"按得分（满分 {main['full']}）" if scaled else "按百分制"


def _grade_table(main: Content, turn: str, fixed: bool) -> pd.DataFrame:
    rows = [
        [
            str(grade["title"]),
            float(grade["total"]),
            number_shown(grade.get("element")),
            number_shown(grade.get("not_applicable_at_most")),
        ]
        for grade in main.get("grades", [])
    ]
    numbers = {name: number_column(name) for name in (_TOTAL, _ELEMENT, _ABSENT)}
    return edited(
        rows,
        {_GRADE: "object", _TOTAL: "Float64", _ELEMENT: "Float64", _ABSENT: "Float64"},
        f"std-grades:{turn}",
        {
            _GRADE: st.column_config.TextColumn(_GRADE, max_chars=20, default=""),
            **numbers,
        },
        fixed,
    )


def _record_table(main: Content, turn: str, fixed: bool) -> pd.DataFrame:
    titles = [str(grade["title"]) for grade in main.get("grades", [])]
    rows = [
        [
            str(one["id"]),
            str(one["title"]),
            _KINDS[one.get("type", "count")],
            number_shown(one.get("years")),
            one["id"] in main.get("downgrade", []),
            *(
                number_shown(grade.get("performance", {}).get(one["id"]))
                for grade in main.get("grades", [])
            ),
        ]
        for one in main.get("performance", [])
    ]
    kinds = {_ID: "object", _ASKED: "object", _KIND: "object", _YEARS: "Float64", _DOWN: "boolean"}
    counts = {f"{title}最多": "Float64" for title in titles}
    return edited(
        rows,
        kinds | counts,
        f"std-record:{turn}",
        {
            _ID: None,
            _ASKED: st.column_config.TextColumn(_ASKED, max_chars=100, default=""),
            _KIND: st.column_config.SelectboxColumn(
                _KIND, options=[*_KINDS.values()], default=_KINDS["count"], required=True
            ),
            _YEARS: number_column(_YEARS, 1),
            _DOWN: st.column_config.CheckboxColumn(_DOWN, default=False),
            **{name: number_column(name, 1) for name in counts},
        },
        fixed,
    )


def _bonus(content: Content, fixed: bool) -> Mapping[str, Any] | None:
    """What bonuses may come to, asked where there are any."""
    if not any(one.get("add") for row in placed(content) for one in row.node.get("conditions", [])):
        return None
    known = content["scheme"].get("bonus", {})
    left, right = st.columns(2, vertical_alignment="bottom")
    most = left.number_input(
        "加分合计最多几分（空着：不限，加到要素满分为止）",
        min_value=0.0,
        value=None if known.get("at_most") is None else float(known["at_most"]),
        step=0.5,
        format="%g",
        disabled=fixed,
    )
    above = right.checkbox("加分可以超过要素的满分", bool(known.get("above_full")), disabled=fixed)
    return {"at_most": Decimal(str(most)) if most else None, "above_full": above}


def _rows(grades: pd.DataFrame, record: pd.DataFrame, main: Content) -> dict[str, Any]:
    """What the two tables say. Counts belong to the grade of their column, if it is still there."""
    questions, downgrade = [], []
    counts: dict[str, dict[str, int]] = {}
    taken = {str(one["id"]) for one in main.get("performance", [])}
    for place, row in enumerate(record.to_dict("records")):
        if not text_in(row[_ASKED]):
            continue
        name = text_in(row[_ID]) or next(
            n for i in range(place + 1, 10_000) if (n := f"p{i}") not in taken
        )
        taken.add(name)
        kind = "yes_no" if row[_KIND] == _KINDS["yes_no"] else None
        years = whole_in(row[_YEARS], "申请前几年")
        questions.append({"id": name, "title": text_in(row[_ASKED]), "type": kind, "years": years})
        if not pd.isna(row[_DOWN]) and row[_DOWN]:
            downgrade.append(name)
        for grade in main.get("grades", []):
            most = whole_in(row[f"{grade['title']}最多"], "最多几次")
            if most is not None:
                counts.setdefault(str(grade["title"]), {})[name] = most
    known = [str(grade["title"]) for grade in main.get("grades", [])]
    told = [
        {
            "before": before,
            "title": text_in(row[_GRADE]),
            "total": exact_in(row[_TOTAL]),
            "element": exact_in(row[_ELEMENT]),
            "not_applicable_at_most": exact_in(row[_ABSENT]),
            "performance": counts.get(before, {}),
        }
        for place, row in zip(grades.index, grades.to_dict("records"), strict=True)
        if text_in(row[_GRADE]) or exact_in(row[_TOTAL]) is not None
        for before in [known[place] if place in range(len(known)) else ""]
    ]
    return {"grades": told, "performance": questions, "downgrade": downgrade}


def _choice(where: Any, label: str, words: Mapping[str, str], now: str, fixed: bool) -> str:
    found: str = where.selectbox(
        label, [*words], [*words].index(now), format_func=words.__getitem__, disabled=fixed
    )
    return found
