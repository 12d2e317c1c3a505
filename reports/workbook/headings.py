"""What stands above the tables."""

from reports.content.subject import Subject
from scoring.result import Result
from wording.labels import UNNAMED

MORE = "…（全文见打分表）"
"""Ends a remark that is longer than a cell can show."""


def whose(result: Result, subject: Subject) -> str:
    """Enterprise, standard and kind of assessment."""
    return f"企业名称：{_name(subject)}　标准：{result.scheme.title}　{subject.kind}"


def assessed(subject: Subject) -> str:
    """Enterprise and year of the assessment, as on the forms of 003."""
    year = (subject.profile.period_end or subject.made_on).year
    return f"考核评价单位：{_name(subject)}　　　　{subject.kind}年度：{year}"


def _name(subject: Subject) -> str:
    return subject.profile.name or UNNAMED
