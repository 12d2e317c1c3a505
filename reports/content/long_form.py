"""The long form: the summary, then every official table, in one document."""

from dataclasses import replace

from reports.content.blocks import Document, Heading
from reports.content.official import tables
from reports.content.photos import photo_annex
from reports.content.subject import Subject
from reports.content.summary import summary
from reports.content.told import Told
from scoring.result import Result


def long_form(result: Result, subject: Subject) -> Document:
    """The summary with the official tables, which are wide, and photos after it."""
    short = summary(result, subject)
    title = f"{subject.kind}摘要和打分表"
    turned = Heading(f"{subject.kind}打分表", new_page=True, wide=True)
    return replace(
        short,
        title=f"安全生产标准化{title}",
        head=f"{short.name}　安全生产标准化{title}",
        blocks=(
            *short.blocks,
            turned,
            *tables(Told(result, subject)),
            *photo_annex(result, subject, "照片"),
        ),
    )
