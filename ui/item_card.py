"""One item on the screen: what is asked, its conditions, marks and notes."""

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from schemes import Condition, Item, Scheme
from scoring.applicability import Status, visible_conditions
from scoring.numbers import text
from scoring.result import ItemResult, Result
from state.documents import changes
from state.documents.assessment import TEXT_LENGTH, Assessment, Entry
from state.service.mode import Mode
from ui import session
from ui.condition_row import condition_row
from ui.earlier import earlier_findings
from ui.guidance import item_guidance
from ui.item_choices import amounts, choices
from ui.last_time import last_time
from ui.own_findings import own_findings
from ui.photos import item_photos
from ui.sampling import sample_inputs
from ui.widgets import on_change, on_text, show
from wording.findings import consequence_words, is_compiled
from wording.labels import condition_label, node_title, plain
from wording.numbers import points_words
from wording.preview import QUICK_LABEL
from wording.samples import sample_words

_REVIEWED, _ABSENT = "reviewed", "absent"


def item_card(assessment: Assessment, scored: Result, item_id: str, group: str | None) -> None:
    """Draw the item with every widget bound to the saved assessment.

    group: the one whose checks to show, where checks stand in groups.
    Every click redraws all of this, so it is made of few elements.
    """
    scheme, result = scored.scheme, scored.items[item_id]
    item = result.item
    st.markdown("\n\n".join(_heading(scored, assessment, result)), anchors=False)
    hints = item_guidance(assessment, scheme, item, group)
    marked = result.status is Status.MARKED
    if assessment.work.answers.earlier:
        earlier_findings(scheme, assessment, item, marked)
    last_time(scheme, assessment, item)
    if item.entries:
        _entries(assessment, item, item.entries, marked)
    else:
        choices(assessment, item, marked)
        _conditions(scored, assessment, item, group, hints)
    outcome = _outcome(scored, assessment, result)
    if outcome:
        st.markdown("\n\n".join(outcome), anchors=False)
    own_findings(assessment, item, marked)
    _marks(assessment, result, group)
    item_photos(assessment, item)


def _heading(scored: Result, assessment: Assessment, result: ItemResult) -> list[str]:
    scheme, item = scored.scheme, result.item
    place = scheme.path(item.id)
    titles = [*filter(None, [place.part.title]), *map(node_title, place.sections)]
    path = " › ".join(map(plain, titles))
    marks = f"{points_words(result.score)} / {text(item.points)} 分" if result.full else "不计分"
    lines = [
        f"#### {plain(node_title(item))} :blue-badge[{marks}]",
        f":gray[{path}]",
        plain(item.requirement),
    ]
    if item.note:
        lines.append(f":gray[说明：{plain(item.note)}]")
    work = assessment.work
    if item.id in work.photos:
        lines.append(f":gray[照片 {len(work.photos[item.id])} 张]")
    sample = work.samples.get(item.id)
    if sample and place.part.sampling:
        self_assessment = work.reassessment is None
        words = sample_words(place.part.sampling, sample, self_assessment=self_assessment)
        lines.append(f":gray[抽样：{plain(words)}]")
    if is_compiled(item):
        lines.append(f":gray-badge[整理] :gray[{_provenance(scheme, item)}]")
    if item.id in scored.applies.unsettled:
        lines.append(":orange[待答：适用范围中与本条有关的问题还没有回答，本条不算已核查]")
    return lines


def _outcome(scored: Result, assessment: Assessment, result: ItemResult) -> list[str]:
    """What the answers change, below them: above, it would push them about under the finger."""
    item, work = result.item, assessment.work
    lines = [f":red[{plain(words)}]" for words in consequence_words(scored, item)]
    touch = work.touched.get(item.id)
    if touch and session.service().mode is Mode.LOGIN and session.may_edit():
        when = session.local_time(touch.at)
        lines.append(f":gray[最后修改：{plain(touch.by or '没有名字的人')}，{when}]")
    if item.id in work.answers.quick and result.pending:
        lines.append(f":gray-badge[{QUICK_LABEL}]")
    return lines


def _provenance(scheme: Scheme, item: Item) -> str:
    if item.provenance == "official":
        return plain(item.source or "分值为标准原文，扣分条件为本工具整理")
    return plain(scheme.provenance_note or "本工具整理")


def _conditions(
    scored: Result,
    assessment: Assessment,
    item: Item,
    group: str | None,
    hints: Mapping[str, str],
) -> None:
    """hints: by id of a check; said once, where it has two conditions."""
    groups = {check.id: check.group for check in item.checks}
    left = dict(hints)
    disabled = scored.items[item.id].status is Status.MARKED
    visible = [
        condition
        for condition in visible_conditions(item, scored.applies.choices)
        if groups.get(condition.check or "") in (None, group)
    ]
    if not visible and (item.levels or item.ratio):
        return
    if not visible:
        st.info("适用范围里没有勾选与本条有关的设备。确实没有的，请在下方标为不适用。")
        return
    st.markdown(f":gray[{_asked(visible)}：]")
    findings = assessment.work.answers.findings
    for condition in visible:
        hint = left.pop(condition.check or "", None)
        if condition.amount is not None:
            label = condition_label(scored.scheme, condition, hint)
            given = assessment.work.answers.amounts.get(condition.id, [])
            amounts(label, condition.id, condition.amount, given, disabled)
            continue
        count = findings.get(condition.id, 0)
        condition_row(scored.scheme, condition, hint, count, disabled)


def _asked(visible: Sequence[Condition]) -> str:
    """What to do with the rows."""
    chosen = [bool(condition.asked) for condition in visible]
    words = ["先都按符合，不符合的改选"] if any(chosen) else []
    words += [] if all(chosen) else ["勾选存在的问题"]
    return "；".join(words)


def _marks(assessment: Assessment, result: ItemResult, group: str | None) -> None:
    """已核查 and 不适用, one element for both; 已核查 of the group that is shown."""
    item, groups = result.item, dict(result.groups)
    shown = group if group in groups else None
    reviewed = result.reviewed if shown is None else groups[shown]
    labels = {_REVIEWED: f"已核查（{'有' if result.losses else '无'}扣分）"}
    if len(groups) > 1:
        labels[_REVIEWED] = "本组已核查"
    if item.na != "forbidden":
        credit = item.na == "full_credit"
        labels[_ABSENT] = "不适用（视同得分）" if credit else "不适用（本企业不涉及）"
    before = []
    if reviewed:
        before.append(_REVIEWED)
    if item.id in assessment.work.answers.not_applicable:
        before.append(_ABSENT)
    key = show(f"marks:{item.id if shown is None else f'{item.id}/{shown}'}", before)
    st.pills(
        "本条的状态",
        list(labels),
        selection_mode="multi",
        key=key,
        format_func=labels.__getitem__,
        label_visibility="collapsed",
        wrap=True,
        on_change=on_change(
            key,
            lambda after: changes.set_marks(
                item.id, before, list(after or []), shown, list(groups)
            ),
        ),
    )
    if _ABSENT in before:
        _reason(item, assessment.work.absence.get(item.id, ""))


def _reason(item: Item, kept: str) -> None:
    """Why the item does not apply; the report lists it with its reason."""
    key = show(f"absence:{item.id}", kept)
    st.text_input(
        "不适用的理由（选填）",
        key=key,
        max_chars=TEXT_LENGTH,
        placeholder="例如：本企业没有锅炉",
        on_change=on_text(key, kept, partial(changes.set_text, "absence", item.id)),
    )


@st.dialog("备注与证据", on_dismiss="rerun")
def notes_dialog(scheme: Scheme, item: Item) -> None:
    """Remark, evidence and sample of an item, saved as they are written."""
    assessment = session.current()
    if assessment is None or not session.may_answer():
        st.rerun()
    st.text(node_title(item))
    work = assessment.work
    rule = scheme.path(item.id).part.sampling
    if rule:
        sample_inputs(rule, item, work)
    _note("remarks", "备注", item, work.remarks.get(item.id, ""), "例如：问题的位置、责任部门")
    _note("evidence", "证据", item, work.evidence.get(item.id, ""), "例如：文件名称、照片编号")
    if st.button("完成", type="primary"):
        st.rerun()


def _note(field: str, label: str, item: Item, kept: str, hint: str) -> None:
    key = show(f"{field}:{item.id}", kept)
    st.text_area(
        label,
        key=key,
        max_chars=TEXT_LENGTH,
        placeholder=hint,
        on_change=on_text(key, kept, partial(changes.set_text, field, item.id)),
    )


def _entries(assessment: Assessment, item: Item, condition: str, disabled: bool) -> None:
    """The user's own list of requirements, each met or not."""
    st.caption("写下本地区的每项要求，没有达到的取消勾选；没有要求的得满分")
    for entry in assessment.work.entries.get(item.id, []):
        with st.container(horizontal=True, vertical_alignment="center"):
            met = show(f"met:{item.id}:{entry.id}", entry.met)
            st.checkbox(
                "已达到",
                key=met,
                disabled=disabled,
                on_change=on_change(
                    met,
                    partial(changes.meet_entry, item.id, condition, entry.id),
                ),
            )
            st.text(entry.text)
            st.button(
                "删除",
                key=f"drop:{item.id}:{entry.id}",
                disabled=disabled,
                on_click=session.apply,
                args=[changes.drop_entry(item.id, condition, entry.id)],
            )
    new = f"new:{item.id}"
    st.text_input(
        "添加一项要求，按回车保存",
        key=new,
        max_chars=500,
        disabled=disabled,
        on_change=_add_entry,
        args=[new, item.id, condition],
    )


def _add_entry(key: str, item_id: str, condition: str) -> None:
    written = st.session_state[key].strip()
    if written and session.applied(changes.add_entry(item_id, condition, Entry(text=written))):
        st.session_state[key] = ""
