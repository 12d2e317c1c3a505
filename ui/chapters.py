"""The enterprise's own text for the chapters of the self-assessment report."""

from functools import partial

import streamlit as st

from reports.content.chapters import CHAPTERS, DRAFTED, TEXTS, Chapter, draft_of, named
from reports.content.subject import Subject
from schemes import Scheme
from state.documents import changes
from state.documents.assessment import TEXT_LENGTH, Assessment
from ui import session
from ui.widgets import on_text, show


def chapter_texts(assessment: Assessment, scheme: Scheme) -> None:
    """A text area for every chapter, folded away, saved as it is written.

    What a result can say stands in the document while nobody wrote it, and can be gone on with.
    """
    written = sum(bool(assessment.chapters.get(c.id, "").strip()) for c in CHAPTERS)
    with st.expander("自评报告各章内容"):  # a label that changed would fold it
        st.caption(
            f"已写 {written}/{len(CHAPTERS)} 章。写进 Word 自评报告，换标准也保留；"
            "没有写的章在报告里标为“待补充”。得分、问题和等级由本工具填入，不必重复。"
        )
        for chapter in TEXTS:
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
            if chapter in DRAFTED and not kept.strip():
                st.button(
                    f"用结果起草“{named(chapter.title, assessment.kind)}”",
                    key=f"draft:{chapter.id}",
                    icon=":material/edit_note:",
                    on_click=_draft,
                    args=[chapter, scheme],
                )


def _draft(chapter: Chapter, scheme: Scheme) -> None:
    """Write what the result says of a chapter, where nobody has written meanwhile."""
    assessment = session.current()
    if assessment is None or assessment.chapters.get(chapter.id, "").strip():
        return
    result = session.result_of(assessment, scheme)
    words = draft_of(chapter, result, Subject.of(scheme, assessment, session.today()))
    session.apply(changes.set_chapter(chapter.id, "", words[:TEXT_LENGTH]))
