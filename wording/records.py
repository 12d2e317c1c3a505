"""资料清单: the papers to have ready, in words."""

from collections.abc import Iterable, Mapping

from state.documents.assessment import PaperState

TITLE = "资料清单"

STATES: Mapping[PaperState, str] = {"have": "有", "missing": "没有", "expired": "过期"}
NOT_LOOKED_AT = "未看"

NOTES = (
    "本清单由本工具按提示整理，不是标准原文；资料名称可以与本企业的不同。",
    "有资料不等于符合，没有也不等于扣分；种类为“现场”的到现场看。",
)
NO_GUIDANCE = "这个标准旁边还没有写提示，所以没有资料清单；写了提示以后才有。"
BY_KIND, BY_PLACE, BY_ELEMENT = "按种类", "按部门", "按要素"
PLACE = "部门（要素）"
DOUBTS = "可能受影响的内容"
NO_DOUBTS = "没有记为“没有”或“过期”的资料。"
DOUBTS_NOTE = "下列内容要用到没有或过期的资料，请逐条核对；本工具不会自动勾选问题。"


def title_words(kind: str) -> str:
    """What the list of a self-assessment, or of a re-assessment, is called. kind: 自评 or 复评."""
    return TITLE if kind == "自评" else f"{kind}{TITLE}"


def open_words(questions: int) -> str | None:
    """That the list is longer than it may have to be; None where every question is answered."""
    if not questions:
        return None
    return f"适用范围还有 {questions} 个问题没有回答，与之相关的资料都列在内。"


def count_words(counts: Mapping[PaperState | None, int]) -> str:
    """共 40 份：有 12，没有 3，过期 1，未看 24."""
    parts = [f"{words} {counts.get(state, 0)}" for state, words in STATES.items()]
    parts.append(f"{NOT_LOOKED_AT} {counts.get(None, 0)}")
    return f"共 {sum(counts.values())} 份：{'，'.join(parts)}"


def doubt_words(papers: Iterable[tuple[str, PaperState]]) -> str:
    """没有安全生产责任制；从业人员花名册过期."""
    return "；".join(f"没有{n}" if s == "missing" else f"{n}过期" for n, s in papers)


def group_words(name: str, counts: Mapping[PaperState | None, int]) -> str:
    """A group, how many papers it has and how many of them are not there: 制度（12 份，没有 1）."""
    lacking = [
        f"{STATES[state]} {counts[state]}" for state in ("missing", "expired") if counts.get(state)
    ]
    return f"{name}（{'，'.join([f'{sum(counts.values())} 份', *lacking])}）"
