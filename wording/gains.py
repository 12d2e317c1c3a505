"""What putting something right brings, in words."""

from planning.gain import Gain
from scoring.result import REACHED, Result, State
from wording.numbers import PERCENT_PLACES, size_words


def gain_words(gain: Gain) -> str:
    """What a gain adds to the total: +1.20."""
    return f"+{size_words(gain.total, PERCENT_PLACES)}"


def unlock_words(result: Result, gain: Gain) -> str | None:
    """The best grade that this alone would unlock; None where it unlocks none."""
    if not gain.unlocks:
        return None
    best = gain.unlocks[0]
    aim = REACHED if result.scheme.one_line else f"达到{best.title}"
    possibly = "" if best.state is State.MET else "有可能"
    return f"只改好这一处，就{possibly}{aim}"
