"""What the workbook says of itself: how it is filled in, and what cannot be."""

from schemes import Scheme
from schemes.tree import Amount
from scoring.numbers import text

TICK_FAULT = "▲ 数量只能填 0 或 1"
COUNT_FAULT = "▲ 数量须为不小于 0 的整数"
EARLIER_FAULT = "▲ 整改、计划与未整改之和超过自评发现"
LEVEL_FAULT = "▲ 请从下拉列表里选一档"
RATIO_FAULT = "▲ 抽查须大于 0，不合格不超过抽查，都填整数"
MARK_FAULT = "▲ 空项只能填“{}”或留空"
YES_NO_FAULT = "　▲ 只能填“是”或“否”"
NUMBER_FAULT = "　▲ 须为不小于 0 的整数"

HOW = (
    "浅黄色单元格可以填写：{}（没有问题留空）、空项、备注、证据，以及评分汇总表里的安全绩效；"
    "扣分、得分、总分和等级随之重算，其余单元格已保护（没有密码）。"
    "填好后可在“报告”页读回。"
)
"""Above the sheet that is filled in."""

HOW_SCORES = (
    "各项得分由打分表算出，浅黄色的安全绩效可以填写；每一行应得分减扣分、减追加和否决{}，就是得分。"
)
"""Above the sheet of scores."""

MORE_AMOUNTS = "（空行不够时，请在“逐项自评”页填写）"
"""After the last row for an amount."""


def amount_words(amount: Amount) -> str:
    """What one occurrence may cost: 1–5 分，每 0.5 分一档."""
    between = f"{text(amount.least)}–{text(amount.most)} 分"
    return f"{between}，每 {text(amount.step)} 分一档"


def amount_fault(amount: Amount) -> str:
    """What is wrong with an amount that is not among those."""
    return f"▲ 每次扣分须在 {amount_words(amount)}"


def cap_words(scheme: Scheme) -> str:
    """How bonuses are capped, of a standard that caps them."""
    assert scheme.bonus is not None
    assert scheme.bonus.at_most is not None
    most = text(scheme.bonus.at_most)
    return f"加分合计超过 {most} 分的，总分里只计 {most} 分，先计对总分作用大的；各要素照列。"


FAULTS = ("▲ 有 ", " 处填写有误（见打分表和安全绩效的红字），改正以前总分和等级不作数")
"""Around how many there are."""

GONE = "（打分表中已取消）"
"""After a finding that was there when the workbook was written and was taken back since."""

FORFEITED = "所在项目或要素整个不得分"
"""Of an item on which nothing was found and that has lost its points all the same."""

LATER = ("▲ 另有 ", " 项新的扣分没有列出，请读回后重新生成评分表")
"""Around how many there are."""

REFUSED = "▲ {}：分值 {} 不在 0 与 {} 之间，不能导入，没有写入"

VETO, DEDUCTION = "否决项", "扣分项"
