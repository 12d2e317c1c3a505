"""How grave a nonconformity is, as far as the standard says so: 严重 or 一般."""

from scoring.findings import Finding
from scoring.result import Rule

SEVERITY_NOTE = (
    "性质由本工具初判：重大隐患、带*项不得分、否决或追加扣除的为严重，其余为一般；由审核员核定。"
)


def is_serious(finding: Finding) -> bool:
    """Whether the standard makes more of a finding than of others.

    A major hazard, a starred check, and what costs beyond its item.
    """
    condition = finding.loss.condition
    if condition is None:  # an own finding, of which no standard says more
        return False
    starred = {check.id for check in finding.item.checks if check.starred}
    veto = finding.loss.rule is not Rule.DEDUCT and condition.check in starred
    beyond = condition.scope != "item" or bool(condition.extra)
    return condition.major or veto or beyond


def severity_words(*, serious: bool) -> str:
    """严重 or 一般."""
    return "严重" if serious else "一般"


def severity_boxes(*, serious: bool) -> str:
    """Both with the one ticked that is proposed."""
    return "☑ 严重　□ 一般" if serious else "□ 严重　☑ 一般"
