"""Step 4: one item after another, beside the live score.

Only the item and the score panel are in the fragment that a click redraws. What
moves to another item stands outside of it and redraws the page.
"""

import streamlit as st

from schemes import Part, Scheme, Section
from scoring import Result, score
from scoring.applicability import Status
from scoring.result import ItemResult
from state.documents import changes
from state.documents.assessment import Assessment, answers_of
from ui import session
from ui.frame import arrive, current_or_rerun, draw, footer, header, need_assessment, need_scheme
from ui.item_card import item_card, machines, notes_dialog
from ui.panel import score_panel
from ui.widgets import show
from wording.labels import node_title

_ITEM, _MACHINE = "item", "machine"


def main() -> None:
    """Draw the page."""
    assessment = need_assessment("assess")
    scheme = need_scheme(assessment)
    header("assess", assessment, scheme)
    shown = _shown(_score(scheme, assessment))
    if not shown:
        st.info("按适用范围的回答，没有要评的内容。请回到上一步核对。")
    else:
        here = _current(shown)
        machine = _jump_bar(scheme, assessment, shown, here)
        session.hand_on(assessment)
        _workbench(scheme, here.item.id, machine)
        _step_bar(scheme, assessment, shown, here)
        arrive(here.item.id)
    footer("assess", assessment)


@st.fragment
def _workbench(scheme: Scheme, item_id: str, machine: str | None) -> None:
    """Item and score panel together, so that a click redraws only these."""
    assessment = current_or_rerun()
    result = _score(scheme, assessment)
    left, right = st.columns([3, 2], gap="large")
    with right:  # first, so that score and radar reach the browser first
        score_panel(result, scheme.path(item_id).part.id)
    with left:
        item_card(scheme, assessment, result.items[item_id], machine)


def _score(scheme: Scheme, assessment: Assessment) -> Result:
    return score(scheme, answers_of(scheme, assessment.work))


def _shown(result: Result) -> list[ItemResult]:
    """Items to walk through: those that apply, and those the user marked 不适用."""
    return [i for i in result.items.values() if i.status in (Status.APPLIES, Status.MARKED)]


def _current(shown: list[ItemResult]) -> ItemResult:
    """The item in the address, else the first one not yet reviewed."""
    by_id = {item.item.id: item for item in shown}
    wanted = session.remembered(_ITEM)
    here = by_id.get(wanted or "") or next((i for i in shown if _open(i)), shown[0])
    session.remember(_ITEM, here.item.id)
    return here


def _open(item: ItemResult) -> bool:
    return item.applicable and not item.reviewed


def _go(item_id: str) -> None:
    session.remember(_ITEM, item_id)
    session.forget(_MACHINE)


def _jump(places: dict[str, str], key: str) -> None:
    """Go to the item that a choice in the list `key` stands for.

    A browser may still send the label an item had before it was reviewed: that is no place.
    """
    chosen = st.session_state[key]
    if chosen in places:
        _go(places[chosen])


def _jump_bar(
    scheme: Scheme, assessment: Assessment, shown: list[ItemResult], here: ItemResult
) -> str | None:
    """Lists to jump to an element, an item and, where checks are grouped, a machine.

    Returns: the machine chosen, None where checks are not grouped.
    """
    first: dict[str, str] = {}
    ids = [item.item.id for item in shown]
    for item_id in ids:
        first.setdefault(scheme.path(item_id).element.id, item_id)
    element = scheme.path(here.item.id).element
    siblings = {i: i for i in ids if scheme.path(i).element is element}
    titles = {e.id: _element_title(part, e) for part in scheme.parts for e in part.elements}
    titles |= {i.item.id: f"{_mark(i)} {node_title(i.item)}" for i in shown}
    headings = machines(here.item, assessment)
    left, right = st.columns(2, wrap=False)
    with left:
        key = show("jump:element", element.id)
        st.selectbox(
            scheme.element_level,
            list(first),
            key=key,
            label_visibility="collapsed",
            format_func=titles.__getitem__,
            on_change=_jump,
            args=[first, key],
        )
    with right:
        name = show("jump:item", here.item.id)
        st.selectbox(
            scheme.levels[-1],
            list(siblings),
            key=name,
            label_visibility="collapsed",
            format_func=titles.__getitem__,
            on_change=_jump,
            args=[siblings, name],
        )
    if len(headings) < 2:
        return headings[0] if headings else None
    wanted = session.remembered(_MACHINE)
    machine = wanted if wanted in headings else headings[0]
    pill = show("jump:machine", machine)
    st.pills(
        "设备",
        headings,
        key=pill,
        required=True,
        wrap=True,
        label_visibility="collapsed",
        on_change=lambda: session.remember(_MACHINE, st.session_state[pill]),
    )
    return machine


def _element_title(part: Part, element: Section) -> str:
    return f"{node_title(element)}（{part.title}）" if part.title else node_title(element)


def _mark(item: ItemResult) -> str:
    """How an item stands, as one sign."""
    if not item.applicable:
        return "－"
    if item.losses:
        return "×"
    return "✓" if item.reviewed else "○"


def _step_bar(
    scheme: Scheme, assessment: Assessment, shown: list[ItemResult], here: ItemResult
) -> None:
    """Back, notes, and on with the mark 已核查; always in reach at the foot of the window."""
    index = next(i for i, item in enumerate(shown) if item.item.id == here.item.id)
    after = shown[(index + 1) % len(shown)].item.id
    later = shown[index + 1 :] + shown[:index]
    unreviewed = next((item.item.id for item in later if _open(item)), None)
    item = here.item
    with st.bottom, st.container(horizontal=True, horizontal_alignment="center"):
        st.button(
            "上一条",
            key="back",
            disabled=index == 0,
            on_click=_go,
            args=[shown[index - 1].item.id],
        )
        work = assessment.work
        noted = any(item.id in kept for kept in (work.remarks, work.evidence, work.samples))
        label = "备注、抽样" if scheme.path(item.id).part.sampling else "备注"
        if st.button(f"{label}{' ●' if noted else ''}", key="notes"):
            notes_dialog(scheme, item)
        st.button(
            "核查完毕，下一条" if index + 1 < len(shown) else "核查完毕",
            key="on",
            type="primary",
            on_click=_reviewed,
            args=[item.id, after],
        )
        if unreviewed and unreviewed != after:
            st.button("跳到未核查", key="open", on_click=_go, args=[unreviewed])


def _reviewed(item_id: str, after: str) -> None:
    session.apply(changes.set_reviewed([item_id], True))
    _go(after)


draw(main)
