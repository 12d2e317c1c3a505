"""How many of the things an enterprise has must be looked at."""

from schemes.model import SamplingShape


def sample_size(rule: SamplingShape, owned: int, *, self_assessment: bool) -> int:
    """Number to look at out of `owned` people, records, machines or places.

    A share of them rounded up, but at least the minimum, or what the step says that `owned`
    falls in; in a self-assessment a multiple of that; never more than there are.
    Source: 003, table G.1; `owned` is H there.
    """
    if rule.steps:
        step = next(s for s in rule.steps if s.up_to is None or owned <= s.up_to)
        number = _share(step.percent, owned) if step.percent else step.number or owned
    else:
        number = max(rule.minimum or 0, _share(rule.percent or 0, owned))
    if self_assessment:
        number *= rule.self_factor
    return min(owned, number)


def _share(percent: int, owned: int) -> int:
    """Rounded up."""
    return -(-owned * percent // 100)
