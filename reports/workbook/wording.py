"""Lines that stand above the table of several sheets."""

from reports.subject import Subject
from scoring.result import Result


def whose(result: Result, subject: Subject) -> str:
    """Enterprise, standard, kind of assessment and day, in one line."""
    name = subject.profile.name or "（未填写企业名称）"
    kind = "复评" if subject.before else "自评"
    return (
        f"企业名称：{name}　标准：{result.scheme.title}　{kind}　"
        f"生成日期：{subject.made_on.isoformat()}"
    )


def year(subject: Subject) -> int:
    """The year that is assessed."""
    return (subject.profile.period_end or subject.made_on).year


def node_name(node_id: str, title: str) -> str:
    """Id and title, as the standard prints them."""
    return f"{node_id} {title}"
