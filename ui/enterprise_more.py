"""What only a self-assessment report asks of an enterprise, folded away as nothing needs it."""

import streamlit as st

from state.documents import changes
from state.documents.assessment import NAME_LENGTH, TEXT_LENGTH, Assessment, Member
from ui.logos import logo_inputs
from ui.widgets import on_change, show
from wording.team import team_lines, team_of

_NAMES = {
    "address": "地址",
    "legal_representative": "法定代表人（主要负责人）",
    "ownership": "企业性质",
    "contact": "联系人",
    "phone": "联系电话",
    "revenue": "年营业收入",
    "shifts": "班次",
    "previous_grade": "已有等级",
    "firm": "咨询机构（没有就不填）",
}
_HINTS = {
    "ownership": "例如：民营、国有、合资",
    "revenue": "例如：3200 万元",
    "shifts": "例如：两班，每班 8 小时",
    "previous_grade": "例如：三级，2023 年 5 月取得",
}
_COUNTS = {"safety_staff": "专职安全管理人员（人）", "special_operators": "特种作业人员（人）"}
_MOST = 10_000_000


def more_of_the_enterprise(assessment: Assessment) -> None:
    """Inputs for the fields of the profile that only the report shows; all of them optional."""
    profile = assessment.profile
    with st.expander("自评报告用的基本情况（选填）"):
        for field, label in _NAMES.items():
            key = show(f"profile:{field}", getattr(profile, field))
            st.text_input(
                label,
                key=key,
                max_chars=TEXT_LENGTH if field == "address" else NAME_LENGTH,
                placeholder=_HINTS.get(field, ""),
                on_change=on_change(key, lambda text, f=field: changes.set_profile(f, text)),
            )
        for field, label in _COUNTS.items():
            key = show(f"profile:{field}", getattr(profile, field))
            st.number_input(
                label,
                value=None,
                min_value=0,
                max_value=_MOST,
                step=1,
                key=key,
                on_change=on_change(key, lambda count, f=field: changes.set_profile(f, count)),
            )
        key = show("profile:team", team_lines(profile.team))
        st.text_area(
            f"{assessment.kind}组成员名单（签字用）",
            key=key,
            max_chars=TEXT_LENGTH,
            height=90,
            placeholder="每行一人：姓名，职务",
            on_change=on_change(
                key,
                lambda text: changes.set_profile(
                    "team", [Member(name=name, post=post) for name, post in team_of(text or "")]
                ),
            ),
        )
        logo_inputs(assessment)
