"""The enterprise's own text for the chapters of the self-assessment report."""

from functools import partial

import streamlit as st

from reports.content.chapters import CHAPTERS, named
from state.documents import changes
from state.documents.assessment import TEXT_LENGTH, Assessment
from ui.widgets import on_text, show


def chapter_texts(assessment: Assessment) -> None:
    """A text area for every chapter, folded away, saved as it is written."""
    written = sum(bool(assessment.chapters.get(c.id, "").strip()) for c in CHAPTERS)
    with st.expander("自评报告各章内容"):  # a label that changed would fold it
        st.caption(
            f"已写 {written}/{len(CHAPTERS)} 章。写进 Word 自评报告，换标准也保留；"
            "没有写的章在报告里标为“待补充”。得分、问题和等级由本工具填入，不必重复。"
        )
        for chapter in CHAPTERS:
            kept = assessment.chapters.get(chapter.id, "")
            key = show(f"chapter:{chapter.id}", kept)
            hint = named(chapter.hint, assessment.kind)
            st.text_area(
                named(chapter.title, assessment.kind),
                key=key,
                max_chars=TEXT_LENGTH,
                placeholder=hint,
                help=hint,
                on_change=on_text(key, kept, partial(changes.set_chapter, chapter.id)),
            )
