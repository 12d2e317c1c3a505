"""Snapshots of the session's assessment: taken, listed, made documents of, deleted; the trend."""

from decimal import Decimal

import streamlit as st

from reports import DOCUMENTS
from schemes import Scheme
from scoring import Result
from scoring.numbers import text
from state.documents.assessment import Assessment
from state.documents.snapshot import NAME_LENGTH
from state.service.assessments import Key, Visitor
from state.storage.line import Line
from ui import session
from ui.asking import asks_once
from ui.documents import download_then
from ui.history_figures import Moment, trend
from wording.grades import range_words
from wording.history import NOW, SUGGESTED, TREND
from wording.labels import plain, typed
from wording.numbers import total_number


def keeping() -> None:
    """Take a snapshot by one of the usual names, or by another one."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text("现在的样子存为快照：", width="content")
        for name in SUGGESTED:
            st.button(
                name,
                icon=":material/photo_camera:",
                key=f"keep-{name}",
                on_click=_keep,
                args=[name],
            )
        with (
            st.popover("其他名称…", type="tertiary", key="keep-other"),
            st.form("keep-named", clear_on_submit=True, border=False),
        ):
            name = st.text_input("名称", max_chars=NAME_LENGTH, key="keep-name")
            if st.form_submit_button("存为快照") and name.strip():
                _keep(name.strip())
                st.rerun()


_RENAMED = "snapshot-renamed"
"""In the session: which snapshot got another name last, and what it was called before."""


def _keep(name: str) -> None:
    if session.ask(session.service().take_snapshot, name):
        session.notify(f"已存为快照“{name}”")


def listed(lines: list[Line], assessment: Assessment, scheme: Scheme) -> None:
    """A row for each snapshot."""
    if not lines:
        st.caption(
            "还没有快照。快照保存当时的全部回答和得分，以后修改不影响它，可以随时和现在对比。"
        )
    for line in lines:
        _undo(line)
        _row(line, assessment, scheme)


def _undo(line: Line) -> None:
    """Offer the name back that a snapshot had a moment ago."""
    renamed, before, after = st.session_state.get(_RENAMED, ("", "", ""))
    if renamed != line.id or line.title != after:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"“{typed(before)}”已改名为“{typed(after)}”", width="content")
        st.button("撤销改名", key="rename-undo", on_click=_rename, args=[line.id, before])


def _naming(line: Line) -> None:
    with (
        st.popover("改名", type="tertiary", key=f"rename-{line.id}"),
        st.form(f"naming-{line.id}", border=False),
    ):
        st.caption("只改快照的名称，当时的回答和得分不变。")
        name = st.text_input("名称", line.title, max_chars=NAME_LENGTH, key=f"name-{line.id}")
        if st.form_submit_button("保存") and name.strip() not in ("", line.title):
            _rename(line.id, name.strip())
            st.rerun()


def _rename(snapshot_id: str, name: str) -> None:
    def renamed(found: Key, who: Visitor) -> None:
        before = session.service().rename_snapshot(found, who, snapshot_id, name)
        st.session_state[_RENAMED] = snapshot_id, before, name

    session.ask(renamed)


def _row(line: Line, assessment: Assessment, scheme: Scheme) -> None:
    with st.container(
        border=True, key=f"row-{line.id}", horizontal=True, vertical_alignment="center"
    ):
        st.markdown(
            f"**{typed(line.title)}**  \n:gray[:small[{plain(figures(line, scheme))}]]",
            width="stretch",
        )
        with st.popover("当时的文件", type="tertiary", key=f"files-{line.id}"):
            st.caption("按当时的回答重新生成，只有制作日期不同。")
            kind = st.selectbox(
                "文件",
                list(DOCUMENTS),
                format_func=lambda kind: f"{DOCUMENTS[kind].title} {DOCUMENTS[kind].suffix}",
                key=f"file-{line.id}",
            )
            download_then(kind, line.id, assessment.profile.name, key=f"download-{line.id}")
        if session.may_edit():
            _naming(line)
        if session.owns():
            asks_once(
                "删除",
                "这份快照会删除，不能恢复；现在的回答不变。",
                "确定删除",
                _drop,
                line.id,
                key=f"drop-{line.id}",
            )


def _drop(snapshot_id: str) -> None:
    if session.ask(session.service().delete_snapshot, snapshot_id):
        session.notify("快照已删除")


def figures(line: Line, scheme: Scheme) -> str:
    """When it was kept, and what it scored then."""
    parts = [session.local_time(line.updated)]
    if line.standard != scheme.id:
        parts.append("另一个标准")
    elif line.total is not None:
        known = line.reviewed == line.applicable
        total = total_number(scheme, Decimal(line.total))
        parts.append(f"{total} 分" if known else "还没有核查完")
    if line.grade is not None:
        parts.append(line.grade)
    if line.applicable:
        parts.append(f"已核查 {line.reviewed}/{line.applicable} 项")
    return " · ".join(parts)


def total_trend(lines: list[Line], result: Result) -> None:
    """The total from snapshot to snapshot and to now; nothing before there are two."""
    scheme = result.scheme
    moments = [
        Moment(
            line.title,
            session.local_time(line.updated),
            Decimal(line.facts.get("low", line.total)),
            Decimal(line.facts.get("high", line.total)),
            _between(scheme, line),
        )
        for line in reversed(lines)
        if line.standard == scheme.id and line.total is not None
    ]
    if result.low is not None and result.high is not None:
        day = session.today().isoformat()
        moments.append(Moment(NOW, day, result.low, result.high, range_words(result)))
    if len(moments) < 2:
        return
    st.markdown(f"#### {TREND}", anchors=False)
    figure, config = trend(moments)
    words = "；".join(f"{m.name} {m.words}" for m in moments)
    st.plotly_chart(figure, config=config, theme=None, alt=words, key="trend")
    if any(m.low != m.high for m in moments):
        st.caption("空心点：还没有核查完，竖线是总分可能的范围。")


def _between(scheme: Scheme, line: Line) -> str:
    low, high = (line.facts.get(name, line.total) for name in ("low", "high"))
    if low == high:
        return total_number(scheme, Decimal(text(Decimal(low))))
    return f"{total_number(scheme, Decimal(low))} – {total_number(scheme, Decimal(high))}"
