"""How many there are, must be looked at, and were, in words."""

from schemes.model import SamplingShape
from scoring.sampling import sample_size
from state.documents.assessment import Sample


def sample_words(rule: SamplingShape, sample: Sample, *, self_assessment: bool) -> str:
    """The sample asked for, and a warning when fewer were looked at."""
    if sample.owned is None:
        return "未填写拥有总数量"
    if sample.checked is not None and sample.checked > sample.owned:
        return f"▲ 抽查了 {sample.checked}，多于拥有总数量 {sample.owned}，请核对"
    needed = sample_size(rule, sample.owned, self_assessment=self_assessment)
    words = f"{'自评' if self_assessment else '复评'}应抽查 {needed}"
    if sample.checked is None:
        return words
    if sample.checked < needed:
        return f"▲ {words}，只抽查了 {sample.checked}，还差 {needed - sample.checked}"
    return f"✓ {words}，已抽查 {sample.checked}"
