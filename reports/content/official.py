"""The official tables of a standard, as a document: what reviewers compare with their own."""

from collections.abc import Iterator
from dataclasses import replace

from reports.content.blocks import Block, Document, Heading, Text, Tone
from reports.content.check_tables import check_tables
from reports.content.lists import absent_list, reason_table, rectification_table, veto_lists
from reports.content.main_table import main_table, whose
from reports.content.subject import Subject
from reports.content.sum_tables import count_table, score_table, signatures, weight_table
from reports.content.told import Told
from scoring.result import Result
from wording.grades import verdict_words
from wording.labels import NOTICE
from wording.warnings import unknown_words


def official_tables(result: Result, subject: Subject) -> Document:
    """Every table that the standard asks for, by what the standard is like."""
    told = Told(result, subject)
    title = f"{subject.kind}打分表"
    head = f"{result.scheme.short_title}　{title}"
    document = told.document(f"安全生产标准化{title}", _blocks(told, title), head)
    return replace(document, contents=True, wide=True)


def _blocks(told: Told, title: str) -> Iterator[Block]:
    yield Heading(f"安全生产标准化{title}")
    yield whose(told)
    yield Text(f"评定标准：{told.scheme.title}")
    yield Text(verdict_words(told.result), Tone.STRONG)
    for words in unknown_words(told.result):
        yield Text(f"▲ {words}", Tone.WARNING)
    yield Text(NOTICE, Tone.NOTE)
    yield from tables(told)


def tables(told: Told) -> Iterator[Block]:
    """The tables, each under its heading: sums first, then contents, then lists."""
    names, shape = told.scheme.table, told.shape
    if shape.sampled:
        yield Heading(f"{names.summary}")
        yield from count_table(told)
    elif shape.weighted:
        yield Heading(f"{told.scheme.element_level}权重和得分")
        yield from weight_table(told)
    else:
        yield Heading("评分汇总表")
        yield score_table(told)
    yield Heading("打分表", new_page=True)
    yield from mark_blocks(told)
    if shape.vetoes:
        yield Heading("否决项与扣分项清单", new_page=True)
        yield from veto_lists(told)
    yield Heading(names.reasons, new_page=True)
    yield from reason_table(told)
    yield Heading("合理缺项明细表", new_page=True)
    yield from absent_list(told)
    if shape.sampled:
        yield Heading(names.rectification, new_page=True)
        yield rectification_table(told)
    yield signatures(told)


def mark_blocks(told: Told) -> Iterator[Block]:
    """打分表: every content with its marks, in the standard's own form."""
    yield from check_tables(told) if told.shape.listed else main_table(told)
