"""扣分说明表: every deduction with its reason, the same in Excel and Word. Source: 002, 附表."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reports.content.findings import with_notes
from reports.content.shape import Shape, names_above
from schemes import Item, Scheme
from scoring.findings import Finding, findings_of
from scoring.result import Result
from wording.findings import clause, loss_text, rules_words

TOTAL = "扣分合计"


@dataclass(frozen=True, slots=True)
class Deduction:
    """One row.

    names: of everything above the item and its own, as many for each as there are heads; a dash
    where the item stands higher than others.
    words: what was found and by which rule it costs. remark: the item's, beside its first finding.
    """

    names: list[str]
    words: str
    remark: str
    taken: Decimal
    item: Item

    @property
    def reason(self) -> str:
        """What was found, with the remark."""
        return f"{self.words}\n备注：{self.remark}" if self.remark else self.words


def name_heads(scheme: Scheme) -> list[str]:
    """The standard's own names for the levels that `Deduction.names` are of."""
    part = scheme.levels[:1] if scheme.parts[0].id else ()
    return [*part, *Shape.of(scheme).above, scheme.levels[-1]]


def deduction_heads(scheme: Scheme) -> list[str]:
    """The annex's columns."""
    return ["序号", *name_heads(scheme), "扣分说明", "扣分分值"]


def deductions(result: Result, remarks: Mapping[str, str]) -> Iterator[Deduction]:
    """One row per finding, in the order of the standard. remarks: by item id."""
    shape = Shape.of(result.scheme)
    for finding, (remark,) in with_notes(findings_of(result), remarks):
        names = _names(result.scheme, shape, finding.item)
        yield Deduction(names, _words(finding), remark, finding.taken, finding.item)


def _names(scheme: Scheme, shape: Shape, item: Item) -> list[str]:
    part = scheme.path(item.id).part
    above = [f"{part.id} {part.title}"] if part.id else []
    return [*above, *names_above(scheme, item, shape), f"{item.id} {item.title}"]


def _words(finding: Finding) -> str:
    words = f"{clause(finding.loss)} {loss_text(finding.loss)}（{rules_words(finding)}）"
    return f"{words}，已扣完" if finding.used_up else words
