"""扣分说明表: every deduction with its reason, the same in Excel and Word. Source: 002, 附表."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reports.content.findings import with_notes
from schemes import Item, Part, Scheme, Section
from scoring.findings import Finding, findings_of
from scoring.result import Result
from wording.findings import clause, loss_text, rules_words

TOTAL = "扣分合计"


@dataclass(frozen=True, slots=True)
class Deduction:
    """One row.

    names: of everything above the item and its own, one for each of the standard's levels.
    reason: what was found and by which rule it costs; the item's remark beside its first finding.
    """

    names: list[str]
    reason: str
    taken: Decimal


def deduction_heads(scheme: Scheme) -> list[str]:
    """The annex's columns, under the standard's own names for its levels."""
    return ["序号", *scheme.levels, "扣分说明", "扣分分值"]


def deductions(result: Result, remarks: Mapping[str, str]) -> Iterator[Deduction]:
    """One row per finding, in the order of the standard. remarks: by item id."""
    for finding, (remark,) in with_notes(findings_of(result), remarks):
        yield Deduction(_names(result.scheme, finding), _reason(finding, remark), finding.taken)


def _names(scheme: Scheme, finding: Finding) -> list[str]:
    path = scheme.path(finding.item.id)
    nodes: list[Part | Section | Item] = [*path.sections, finding.item]
    if path.part.id:
        nodes.insert(0, path.part)
    return [f"{node.id} {node.title}" for node in nodes]


def _reason(finding: Finding, remark: str) -> str:
    words = f"{clause(finding.loss)} {loss_text(finding.loss)}（{rules_words(finding)}）"
    if not finding.taken:
        words += "，已扣完"
    return f"{words}\n备注：{remark}" if remark else words
