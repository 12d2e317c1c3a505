"""What stands in a standard's own tables: how an item is scored, what was found on it."""

from collections.abc import Iterator

from schemes import Check, Condition, Item, Scheme
from schemes.tree import Choices
from scoring.applicability import Status, visible_conditions
from scoring.findings import Finding
from scoring.numbers import text
from scoring.result import ItemResult, Loss, Rule, SectionResult
from wording.findings import RULES, effect, loss_text, scale_words, when_words
from wording.numbers import points_words

CREDITED = "视同得分"
NOT_HERE = "不涉及"
CHECKS, CHECKS_BELOW = "逐条要求", "（逐条要求见下）"
ABSENT_REASONS = {Status.PRUNED: "按适用范围不涉及", Status.MARKED: "标为不适用"}
_STAR = "*"
_KINDS = {".none": "没有任何资料", ".place": "资料不全或运行不符合"}


def method_words(scheme: Scheme, item: Item, choices: Choices) -> str:
    """How an item is scored: every condition with its amount, those that rules wrote as rules."""
    visible = visible_conditions(item, choices)
    own = [c for c in visible if c.check is None]
    lines = [f"{c.key}. {when_words(c)}，{effect(scheme, c)}" for c in own]
    lines += scale_words(item)
    lines += _rules(scheme, item, [c for c in visible if c.check is not None])
    if item.exhausted_extra:
        element = scheme.path(item.id).element.title
        lines.append(f"扣满（得 0 分）时，另从{element}追加扣 {text(item.exhausted_extra)} 分")
    if item.note:
        lines.append(f"说明：{item.note}")
    return "；\n".join(lines)


def _rules(scheme: Scheme, item: Item, conditions: list[Condition]) -> Iterator[str]:
    """Conditions that stand for checks, each kind once: 带*项不符合，不得分."""
    starred = {check.id for check in item.checks if check.starred}
    kinds: dict[tuple[str, str], None] = {}
    for condition in conditions:
        whose = "" if not starred else "带*项" if condition.check in starred else "其他项"
        suffix = next((s for s in _KINDS if condition.key.endswith(s)), "")
        kinds[f"{whose}{_KINDS.get(suffix, '不符合')}", effect(scheme, condition)] = None
    for when, cost in sorted(kinds, key=lambda kind: not kind[0].startswith("带*")):
        yield f"{when}，{cost}"


def check_words(check: Check) -> str:
    """A row of a check list with its number and star: 1.2 消防设施、器材和管理*."""
    return f"{check.id} {check.text}{_STAR * check.starred}"


def finding_words(finding: Finding) -> str:
    """A finding with all that it costs: 设置或配备不符合规定 ×2处，扣 2 分，追加扣除 10 分."""
    words = [loss_text(finding.loss), _cost(finding.loss)]
    words += [
        f"{RULES[loss.rule]} {points_words(loss.taken)} 分"
        for loss in finding.follows
        if loss.taken
    ]
    return "，".join(words)


def _cost(loss: Loss) -> str:
    if loss.charged and not loss.taken:
        return "已扣完"
    if loss.rule in (Rule.DEDUCT, Rule.LEVEL, Rule.RATIO):
        return f"扣 {points_words(loss.taken)} 分"
    return f"{RULES[loss.rule]}（扣 {points_words(loss.taken)} 分）"


def state_words(item: ItemResult) -> str:
    """What is said of an item without findings."""
    return "符合" if item.reviewed else "（未核查）"


def absence_words(item: ItemResult, reason: str = "") -> str:
    """Why an item does not count. reason: the user's own."""
    words = ABSENT_REASONS.get(item.status, "")
    return f"{words}：{reason}" if reason else words


def extra_rows(element: SectionResult) -> Iterator[tuple[str, str, Loss]]:
    """What an element lost beyond its items: by what rule, why, and the loss itself."""
    for loss in element.losses:
        when = loss.condition.when if loss.condition else f"{loss.item.title} 已扣满"
        yield RULES[loss.rule], f"{loss.item.id} {when}", loss


def moved_words(loss: Loss) -> str:
    """What an element lost, or gained by a bonus: −10, +3; a dash for what leaves its points."""
    if loss.rule is Rule.SCHEME_FORFEIT:
        return "—"
    sign = "+" if loss.rule is Rule.BONUS else "−"
    return f"{sign}{points_words(abs(loss.taken))}"


def put_right_words(item: Item, suggestion: str = "") -> str:
    """What an item asks for, as what is to be put right; with a hint where there is one."""
    asked = f"达到本条要求：{item.requirement}"
    return f"{asked}\n{suggestion}" if suggestion else asked
