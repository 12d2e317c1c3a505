"""What was found, each once, with all that it costs: its own points and what follows from them."""

from dataclasses import dataclass
from decimal import Decimal

from schemes import Item
from scoring.numbers import added
from scoring.result import Loss, Result, Rule

_ON_ITEMS = (Rule.DEDUCT, Rule.FORFEIT, Rule.LEVEL, Rule.RATIO, Rule.OWN)


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    loss: what it took from its own item. follows: what it took elsewhere: extras, vetoes, and
    what the element is charged because its item is used up (扣满).
    """

    loss: Loss
    follows: tuple[Loss, ...]

    @property
    def item(self) -> Item:
        """What it was found on."""
        return self.loss.item

    @property
    def used_up(self) -> bool:
        """Whether nothing was left of what it would take; what asks for nothing uses nothing up."""
        return bool(self.loss.charged) and not self.taken

    @property
    def taken(self) -> Decimal:
        """All that it took."""
        return added(loss.taken for loss in (self.loss, *self.follows))


def findings_of(result: Result) -> list[Finding]:
    """Every finding that counts, in the order of the standard.

    Bonuses are none, as they take nothing. Using up an item is the consequence of the finding that
    took its last points. What all take together is the full marks less the score without bonuses.
    """
    own = [loss for loss in result.losses if loss.rule in _ON_ITEMS]
    last = {loss.item.id: loss for loss in own if loss.taken}
    follows: dict[str | None, list[Loss]] = {}
    for loss in result.losses:
        if loss.rule not in _ON_ITEMS and loss.rule is not Rule.BONUS:
            cause = loss.key or last[loss.item.id].key
            follows.setdefault(cause, []).append(loss)
    return [Finding(loss, tuple(follows.get(loss.key, ()))) for loss in own]
