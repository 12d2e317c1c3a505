"""One action, open for editing: what is wrong, what is done about it, by whom and until when."""

from datetime import date
from functools import partial

import streamlit as st

from schemes import Scheme
from state.documents.action import Action, Stage
from state.documents.action_changes import (
    begin_action,
    finish_action,
    open_action,
    places_found,
    set_action,
    set_action_text,
    take_back,
    verify_action,
)
from state.documents.assessment import NAME_LENGTH, TEXT_LENGTH, Assessment
from state.documents.changes import Change
from ui import session
from ui.action_state import close_it, remove
from ui.frame import item_link
from ui.photos import action_photos
from ui.widgets import on_change, on_text, show
from wording.actions import (
    FIELDS,
    FIVE_NOTE,
    GRADES,
    STAGES,
    found_left_words,
    item_words,
    lacking_words,
    stage_words,
    taken_back_words,
)
from wording.labels import plain

_TAKEN = "action-taken"
"""What the total was before the finding of an action was taken back."""


@st.dialog("整改", width="large", on_dismiss=close_it)
def action_form(scheme: Scheme, action_id: str) -> None:
    """Draw the form, every field bound to what is saved."""
    assessment = session.current()
    action = assessment.work.actions.get(action_id) if assessment else None
    if assessment is None or action is None or not session.may_edit():
        close_it()
        st.rerun()
    _said()
    st.markdown(f":gray[{plain(item_words(scheme, action))}]")
    _text(action_id, action, "problem", 70)
    _grade(action_id, action)
    _text(action_id, action, "cause", 70)
    _text(action_id, action, "measure", 100)
    if action.grade == "major":
        _text(action_id, action, "temporary", 70)
        _names(action_id, action, ("money",))
    _names(action_id, action, ("department", "supporting", "person"))
    _dates(action_id, action, ("start", "due"))
    _stage(action_id, action)
    if not action.is_open:
        _dates(action_id, action, ("done", "verified"))
        _names(action_id, action, ("verified_by",))
        _closing(scheme, assessment, action_id, action)
    _text(action_id, action, "remark", 70)
    action_photos(assessment, action_id, action)
    _ways_out(assessment, action_id, action)


def _said() -> None:
    """What went wrong with the last change; the page behind the form is not drawn again."""
    trouble, notice = session.messages()
    if trouble:
        st.error(trouble)
    if notice:
        st.success(plain(notice))


def _text(action_id: str, action: Action, field: str, height: int) -> None:
    kept = getattr(action, field)
    key = show(f"action:{action_id}:{field}", kept)
    st.text_area(
        FIELDS[field],
        key=key,
        height=height,
        max_chars=TEXT_LENGTH,
        on_change=on_text(key, kept, partial(set_action_text, action_id, field)),
    )


def _names(action_id: str, action: Action, fields: tuple[str, ...]) -> None:
    for column, field in zip(st.columns(len(fields)), fields, strict=True):
        key = show(f"action:{action_id}:{field}", getattr(action, field))
        column.text_input(
            FIELDS[field],
            key=key,
            max_chars=NAME_LENGTH,
            on_change=on_change(
                key, lambda name, f=field: _set(action_id, f, (name or "").strip())
            ),
        )


def _dates(action_id: str, action: Action, fields: tuple[str, ...]) -> None:
    for column, field in zip(st.columns(len(fields)), fields, strict=True):
        key = show(f"action:{action_id}:{field}", getattr(action, field))
        column.date_input(
            FIELDS[field],
            key=key,
            format="YYYY-MM-DD",
            on_change=on_change(key, lambda day, f=field: _set(action_id, f, day)),
        )


def _set(action_id: str, field: str, value: object) -> Change:
    """Set a field; without its day a verified action is done, and one that is done is not."""
    gone = {"verified": None} if field == "done" and value is None else {}
    return set_action(action_id, **{field: value, **gone})


def _grade(action_id: str, action: Action) -> None:
    key = show(f"action:{action_id}:grade", action.grade)
    st.segmented_control(
        FIELDS["grade"],
        list(GRADES),
        key=key,
        required=True,
        format_func=GRADES.__getitem__,
        on_change=on_change(key, lambda grade: set_action(action_id, grade=grade)),
    )
    if action.grade == "major":
        lacking = lacking_words(action)
        st.caption(FIVE_NOTE if lacking is None else f"{FIVE_NOTE}。{lacking}")


def _stage(action_id: str, action: Action) -> None:
    today = session.today()
    key = show(f"action:{action_id}:stage", action.stage(today))
    st.segmented_control(
        "进度",
        list(STAGES),
        key=key,
        required=True,
        format_func=STAGES.__getitem__,
        on_change=on_change(key, lambda stage: _to(action_id, stage, today)),
    )
    if action.days_late(today):
        st.caption(f":red[{plain(stage_words(action, today))}]")


def _to(action_id: str, stage: Stage, today: date) -> Change:
    changes = {
        "open": open_action,
        "begun": begin_action,
        "done": finish_action,
        "verified": verify_action,
    }
    return changes[stage](action_id, today)


def _closing(scheme: Scheme, assessment: Assessment, action_id: str, action: Action) -> None:
    """Offer to take the finding back, or say what that has brought."""
    left = places_found(assessment, action.finding)
    again = assessment.work.reassessment is not None and action.finding.startswith("earlier:")
    if left:
        st.info(found_left_words(left, action.places, again=again))
        st.button(
            "计为已整改" if again else "从自评中撤销这个问题",
            key=f"action:{action_id}:back",
            type="primary",
            icon=":material/task_alt:",
            on_click=_take_back,
            args=[scheme, action_id, action],
        )
    before, said = st.session_state.get(_TAKEN, (None, ""))
    if before == action_id:
        st.success(said, icon=":material/trending_up:")


def _take_back(scheme: Scheme, action_id: str, action: Action) -> None:
    assessment = session.current()
    if assessment is None:
        return
    before = session.result_of(assessment, scheme)
    session.apply(take_back(before, action))
    changed = session.current()
    if changed is not None and changed.work.answers != assessment.work.answers:
        after = session.result_of(changed, scheme)
        st.session_state[_TAKEN] = action_id, taken_back_words(before, after)


def _ways_out(assessment: Assessment, action_id: str, action: Action) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        if action.item:
            item_link(assessment, action.item, "看这一条")
        if st.button(
            "删除这项整改",
            key=f"action:{action_id}:remove",
            icon=":material/delete:",
            on_click=remove,
            args=[action_id, action],
        ):
            st.rerun()
        if st.button("关闭", type="primary", key=f"action:{action_id}:close", on_click=close_it):
            st.rerun()
