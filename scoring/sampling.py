"""How many of the things an enterprise has must be looked at."""

from schemes.model import SamplingShape


def sample_size(rule: SamplingShape, owned: int, *, self_assessment: bool) -> int:
    """Number to look at out of `owned` people, records, machines or places.

    A share of them rounded up, but at least the minimum; in a self-assessment a
    multiple of that; never more than there are.
    Source: 003, table G.1; `owned` is H there.
    """
    share = -(-owned * rule.percent // 100)
    number = max(rule.minimum, share)
    if self_assessment:
        number *= rule.self_factor
    return min(owned, number)
