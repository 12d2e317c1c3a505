"""What every page has: the assessment it is about, messages, and the way on.

One thing is kept for the whole process: whether the pages have been put in order since it started.
Until somebody has asked for the start page, Streamlit takes the folder pages/ for an app of its old
kind, whatever way it was started and whatever its settings, and runs a page without app.py.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import ParamSpec

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from schemes import Scheme
from schemes.paths import ASSETS
from state.documents.assessment import Assessment
from state.service.mode import Mode
from ui import project_session, seen, session, warming, workers
from ui.glossary import explain
from ui.messages import RETRY, show_clashes, show_lost, show_messages, show_waiting
from ui.version_notice import version_missing, version_notice
from wording.paper import paper_words

P = ParamSpec("P")

STEPS = {
    "start": ("开始", ":material/home:"),
    "enterprise": ("企业与标准", ":material/factory:"),
    "scope": ("适用范围", ":material/rule:"),
    "assess": ("逐项自评", ":material/checklist:"),
    "results": ("结果", ":material/analytics:"),
    "rectification": ("整改", ":material/construction:"),
    "report": ("报告", ":material/description:"),
}
"""The steps of the wizard in order: page name → title and icon."""

_BESIDE = {
    "preview": ("快速预估", ":material/speed:"),
    "classroom": ("课堂", ":material/co_present:"),
    "project": ("项目", ":material/route:"),
    "presenting": ("演示", ":material/slideshow:"),
    "history": ("历史", ":material/history:"),
    "clients": ("客户", ":material/groups:"),
    "records": ("资料清单", ":material/folder_open:"),
    "standards": ("标准", ":material/menu_book:"),
    "import_standard": ("导入标准", ":material/upload_file:"),
}
"""What stands beside the steps."""

_PAGES = STEPS | _BESIDE

_MORE = "更多"
"""What the menu is called in which the pages beside the steps stand."""

_READ = ("results", "rectification", "report", "presenting", "standards")
"""Pages open to a read-only link."""


_EXPLAINED = ("scope", "results")
"""Pages that explain the field's words where they stand, and so not at their foot."""

_LOCKED = ("enterprise", "scope", "assess")
"""Pages that have nothing to change once an assessment is finished."""

_PART = ("assess",)
"""Pages more that a link has which may fill in some elements."""

LOOK = timedelta(seconds=20)
"""Between two looks whether what is shown is still open to the visitor."""

_in_order = False


def configure() -> None:
    """Name the window, before anything else is drawn.

    The icon is a picture of our own: Streamlit would fetch one named by text, as the pages' are,
    from the internet.
    """
    st.set_page_config(page_title="安标自评", page_icon=ASSETS / "icon.png", layout="wide")


def navigation(admitted: bool = True) -> StreamlitPage:
    """Put the pages in order, and return the one asked for.

    Also for a visitor who is not admitted, as Streamlit would run the pages by itself.
    """
    global _in_order
    _in_order = True
    shown = tuple(_PAGES)
    if session.reading():
        shown = (*_READ, *(_PART if session.part() else ()))
    if project_session.linked():
        shown = ("project",)
    pages = {
        step: st.Page(
            page_path(step),
            title=title,
            icon=icon,
            url_path=step,
            default=step == "start",
            visibility="visible" if step in shown else "hidden",
        )
        for step, (title, icon) in _PAGES.items()
    }
    return st.navigation(
        {"": [pages[step] for step in STEPS], _MORE: [pages[step] for step in _BESIDE]},
        position="top" if admitted else "hidden",
    )


def stay_in_touch(admitted: bool = True) -> None:
    """Let a page whose server died ask the next one for itself as soon as it is connected.

    Streamlit's page does so only if something on it runs again and again; else the first click
    would meet a server that has never heard of the page, and be lost. Where rights end, it also
    closes a page that nobody touches, and with it the files that were made for it.
    """
    alone = not admitted or session.service().mode is Mode.LOCAL
    if alone:
        st.fragment(_nothing, run_every=timedelta(hours=1))()
    else:
        st.fragment(_still_open, run_every=LOOK)()


def _nothing() -> None:
    """Draw nothing."""


def _still_open() -> None:
    by_link = project_session.linked()  # of a visitor who need not sign in
    if project_session.shown_out() or (not by_link and session.shown_out()):
        st.rerun()


def draw(page: Callable[[], None]) -> None:
    """Draw a page.

    A link or a refresh after a restart of the server may have led here without app.py. Then
    begin again, with app.py.
    """
    if not _in_order:
        configure()
        navigation(admitted=False)  # who may see its links is asked by app.py
        st.rerun()
    try:
        page()
    finally:  # also one that went no further than to say something
        warming.drawn()


def page_path(step: str) -> str:
    """The script of a step."""
    return f"pages/{step}.py"


def need_assessment(step: str) -> Assessment:
    """The session's assessment; without one, say where to begin and stop the page.

    step: the page asked for, which a read-only link may be kept from.
    """
    reading = session.reading()
    assessment = session.current()
    show_messages()
    if assessment is None and session.settle_address():
        _try_again()
        st.stop()
    if assessment is None and reading:
        st.info("这个只读链接打不开：可能已被收回，或自评已被删除。请向发给您链接的人要新的链接。")
        st.stop()
    if assessment is None:
        st.info("还没有打开自评。请从“开始”新建一份，或继续以前的自评。")
        st.page_link(page_path("start"), label="去开始页", icon=":material/arrow_back:")
        st.stop()
    if not _is_open(step):
        st.info("这个链接只能看结果和报告，不能修改。")
        step_link("results", assessment, "看结果", ":material/analytics:")
        st.stop()
    show_waiting(assessment)
    show_lost(assessment)
    seen.note(assessment)
    show_clashes(session.scheme_of(assessment))
    session.told()
    workers.ready()  # of whatever is on the way, documents come in the end
    return assessment


@st.fragment(run_every=RETRY)
def _try_again() -> None:
    """Wait until the assessment can be reached again."""
    st.info("暂时打不开这份自评，每隔几秒自动重试，不用关闭页面。", icon=":material/cloud_off:")
    if session.current():
        session.messages()  # what was wrong is over
        st.rerun()


def current_or_rerun() -> Assessment:
    """For a fragment: the session's assessment, after redrawing the page if there is news."""
    assessment = session.current()
    if assessment is None or session.news():
        st.rerun()
    seen.note(assessment)
    return assessment


def asking_fragment(drawn: Callable[P, None]) -> Callable[P, None]:
    """A fragment that asks, each time it runs, whether the page is still open to the visitor.

    It holds what the page was drawn with, and runs without the page: a right that has ended since
    would not be missed.
    """

    @st.fragment
    @wraps(drawn)
    def asked(*inputs: P.args, **named: P.kwargs) -> None:
        if not session.may_see():
            st.rerun()
        drawn(*inputs, **named)

    return asked


def need_scheme(assessment: Assessment) -> Scheme:
    """The standard chosen, in the version that was answered, with an offer of a newer one.

    Without it, say what can be done and stop the page.
    """
    scheme = session.scheme_of(assessment)
    if scheme is None and version_missing(assessment):
        st.stop()
    if scheme is None:
        st.info("还没有选择标准。请先在“企业与标准”里选择本企业适用的标准。")
        if session.may_edit():
            step_link("enterprise", assessment, "去选择标准")
        st.stop()
    version_notice(scheme, assessment)
    return scheme


def header(step: str, assessment: Assessment, scheme: Scheme | None) -> None:
    """Title of the page, and whose assessment this is."""
    parts = [assessment.title]
    if scheme:
        parts.append(scheme.short_title)
    if assessment.work.reassessment:
        parts.append(assessment.kind)
    when = session.local_time(assessment.updated)
    if session.part():
        parts.append(f"只填写分给您的要素 · 保存于 {when}")
    elif not session.may_edit():
        parts.append(f"只读 · 保存于 {when}")
    elif assessment.locked:
        parts.append("已完成，锁定")
    else:
        parts.append("有修改还没有保存" if session.waiting() else f"已自动保存 {when}")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"### {_PAGES[step][0]}", width="content", anchors=False)
        st.text(" · ".join(parts))
    if assessment.locked and step in _LOCKED:
        st.info("这份自评已经完成并锁定，要修改请先在“结果”页解锁。", icon=":material/lock:")


def arrive(place: str) -> None:
    """Begin at the top, with a phone's menu folded away, whenever `place` has changed.

    place: a page, or an item's id; nothing a user typed, as it becomes part of a script.
    """
    st.html(
        f"<script>/* {place} */"
        "document.querySelector('[data-testid=stMain]')?.scrollTo(0, 0);"
        "if (window.innerWidth <= 640)"
        " document.querySelector('[data-testid=stSidebarCollapseButton] button')?.click()"
        "</script>",
        unsafe_allow_javascript=True,
    )


def on_paper(page: str) -> None:
    """What is said only where the page is printed, as a screen is not all of it."""
    with st.container(key="on-paper"):
        st.markdown(paper_words(page))


def _is_open(step: str) -> bool:
    """Whether the visitor may do something there."""
    return step in _READ or session.may_edit() or (step in _PART and session.may_answer())


def footer(step: str, assessment: Assessment) -> None:
    """Links to the step before and the step after."""
    names = [name for name in STEPS if _is_open(name)]
    place = names.index(step)
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        if place > 0:
            before = names[place - 1]
            step_link(before, assessment, f"上一步：{STEPS[before][0]}", ":material/arrow_back:")
        if step not in _EXPLAINED:
            explain()
        if place + 1 < len(names):
            after = names[place + 1]
            step_link(after, assessment, f"下一步：{STEPS[after][0]}", ":material/arrow_forward:")


def step_link(step: str, assessment: Assessment, label: str, icon: str | None = None) -> None:
    """A link to a step that carries the assessment's id, or the read-only link."""
    found = session.settle_address()
    address = {session.LINK: found.token} if found and found.token else {session.ID: assessment.id}
    st.page_link(page_path(step), label=label, icon=icon, query_params=address)


def item_link(assessment: Assessment, item_id: str, label: str) -> None:
    """A link to an item of whoever may answer it."""
    address = {session.ID: assessment.id, "item": item_id}
    st.page_link(page_path("assess"), label=label, query_params=address)
