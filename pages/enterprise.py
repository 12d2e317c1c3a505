"""Step 2: who is assessed, by which standard, with which safety record."""

from typing import Any

import streamlit as st

import schemes
from schemes import Scheme
from scoring.applicability import given
from scoring.warnings import contradictions
from state.documents import changes
from state.documents.assessment import NAME_LENGTH, TEXT_LENGTH, Assessment, answers_of
from ui import session, standard_session
from ui.certificate import certificate
from ui.enterprise_more import more_of_the_enterprise
from ui.frame import draw, footer, header, need_assessment
from ui.version_notice import version_missing, version_notice
from ui.widgets import on_change, show
from wording.dates import record_period
from wording.labels import plain, readings
from wording.standards import IMPORTED, origin
from wording.warnings import contradiction_words


def main() -> None:
    """Draw the page."""
    assessment = need_assessment("enterprise")
    scheme = session.scheme_of(assessment)
    header("enterprise", assessment, scheme)
    left, right = st.columns(2, gap="large")
    with left:
        _enterprise(assessment)
    with right:
        if not version_missing(assessment):
            scheme = _standard(assessment, scheme)
        if scheme:
            _record(assessment, scheme)
            _contradictions(assessment, scheme)
            _target(assessment, scheme)
    _more(assessment)
    footer("enterprise", assessment)


def _enterprise(assessment: Assessment) -> None:
    profile = assessment.profile
    _text("name", "企业名称", profile.name, "例如：某某酱园有限公司")
    _text("industry", "行业和主要产品", profile.industry, "例如：酱油、食醋生产")
    key = show("profile:employees", profile.employees)
    st.number_input(
        "从业人数",
        value=None,  # so that a number can be taken back
        min_value=0,
        max_value=10_000_000,
        step=1,
        key=key,
        on_change=_saver(key, "employees"),
    )


def _more(assessment: Assessment) -> None:
    """What reports and reminders can use, and scoring does not wait for."""
    st.markdown("**选填，以后补也行**")
    profile = assessment.profile
    left, right = st.columns(2, gap="large")
    with left:
        _days(assessment)
    with right:
        group = f"{assessment.kind}组"
        _text("leader", f"{group}组长", profile.leader, "")
        key = show("profile:members", profile.members)
        st.text_area(
            f"{group}成员",
            key=key,
            max_chars=TEXT_LENGTH,
            height=70,
            on_change=_saver(key, "members"),
        )
    more_of_the_enterprise(assessment)
    certificate(assessment)


def _days(assessment: Assessment) -> None:
    profile = assessment.profile
    start, end = st.columns(2)
    for column, field, label in (
        (start, "period_start", "考评期开始"),
        (end, "period_end", "考评期结束"),
    ):
        key = show(f"profile:{field}", getattr(profile, field))
        column.date_input(label, key=key, format="YYYY-MM-DD", on_change=_saver(key, field))
    if profile.period_start and profile.period_end and profile.period_end < profile.period_start:
        st.warning("考评期结束早于开始，请核对。")
    key = show("profile:applied_on", profile.applied_on)
    st.date_input(
        "打算哪天申请？",
        key=key,
        format="YYYY-MM-DD",
        help="“申请前一年内”从这一天往前算；不填按今天算",
        on_change=_saver(key, "applied_on"),
    )


def _text(field: str, label: str, kept: str, hint: str) -> None:
    key = show(f"profile:{field}", kept)
    st.text_input(
        label, key=key, max_chars=NAME_LENGTH, placeholder=hint, on_change=_saver(key, field)
    )


def _saver(key: str, field: str) -> Any:
    return on_change(key, lambda value: changes.set_profile(field, value))


def _standard(assessment: Assessment, scheme: Scheme | None) -> Scheme | None:
    installed = standard_session.offered(scheme.id if scheme else None)
    fitting = schemes.suggest(assessment.profile.industry + assessment.profile.name)
    for scheme_id in fitting:
        if scheme is None:
            st.success(
                f"按所填行业，建议选：{plain(installed[scheme_id].short_title)}",
                icon=":material/lightbulb:",
            )
    key = show("scheme", scheme.id if scheme else None)
    st.radio(
        "适用哪个标准？",
        list(installed),
        key=key,
        index=None,
        format_func=lambda i: plain(installed[i].short_title),
        captions=[plain(origin(s) or s.industry) for s in installed.values()],
        on_change=on_change(key, lambda i: changes.set_scheme(installed[i])),
    )
    if scheme is None:
        return None
    if scheme.notice:
        st.warning(plain(scheme.notice), icon=":material/campaign:")
    if assessment.shelved:
        names = "、".join(installed[i].short_title for i in assessment.shelved if i in installed)
        st.caption(f"为其他标准做过的自评仍保留着，换回去就能看到：{plain(names)}")
    version_notice(scheme, assessment, declined=True)
    with st.expander("这个标准是什么？"):
        st.markdown(_about(scheme))
    return scheme


def _about(scheme: Scheme) -> str:
    paragraphs = [
        f"**{plain(scheme.title)}**",
        *([f":gray-badge[{IMPORTED}]"] if origin(scheme) else []),
        plain("，".join(filter(None, [scheme.issuer, scheme.document_no, scheme.dates]))),
        f"标准文件版本：{plain(scheme.version)}",
        f"计分：{plain(scheme.formula)}",
    ]
    if scheme.provenance_note:
        paragraphs.append(f":gray-badge[整理] {plain(scheme.provenance_note)}")
    if scheme.interpretations:
        paragraphs.append("本工具对原文的理解：\n" + readings(scheme))
    return "\n\n".join(paragraphs)


def _record(assessment: Assessment, scheme: Scheme) -> None:
    """Safety-record facts; what is left empty leaves the grades open that ask for it."""
    applied_on = assessment.profile.applied_on or session.today()
    for question in scheme.performance:
        kept = assessment.work.answers.performance.get(question.id)
        key = show(f"performance:{question.id}", kept)
        if question.yes_no:
            st.segmented_control(
                f"{question.title}？",
                [0, 1],
                key=key,
                format_func=["否", "是"].__getitem__,
                help=question.help,
                on_change=on_change(
                    key, lambda count, q=question.id: changes.set_performance(q, count)
                ),
            )
            continue
        st.number_input(
            question.title,
            value=None,
            min_value=0,
            max_value=10_000,
            step=1,
            key=key,
            help=question.help,
            placeholder=record_period(question, applied_on) or "没有请填 0",
            on_change=on_change(
                key, lambda count, q=question.id: changes.set_performance(q, count)
            ),
        )


def _contradictions(assessment: Assessment, scheme: Scheme) -> None:
    """Answers that cannot both be right, where one of them is given."""
    answers = answers_of(scheme, assessment.work)
    chosen = given(scheme, answers.facets)
    for subjects in contradictions(scheme, chosen, answers.performance):
        st.warning(plain(contradiction_words(scheme, subjects)), icon=":material/rule:")


def _target(assessment: Assessment, scheme: Scheme) -> None:
    titles = [grade.title for grade in scheme.grades]
    if not titles:
        return
    kept = assessment.profile.target_grade
    key = show("profile:target_grade", kept if kept in titles else None)
    st.segmented_control(
        "准备申请哪一级？",
        titles,
        key=key,
        on_change=on_change(key, lambda title: changes.set_profile("target_grade", title or "")),
    )


draw(main)
