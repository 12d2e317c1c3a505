"""What the workbook says of itself: how it is filled in, and what cannot be."""

TICK_FAULT = "▲ 数量只能填 0 或 1"
COUNT_FAULT = "▲ 数量须为不小于 0 的整数"
EARLIER_FAULT = "▲ 整改、计划与未整改之和超过自评发现"
MARK_FAULT = "▲ 空项只能填“{}”或留空"
YES_NO_FAULT = "　▲ 只能填“是”或“否”"
NUMBER_FAULT = "　▲ 须为不小于 0 的整数"

HOW = (
    "浅黄色单元格可以填写：数量（没有问题留空）、空项、备注、证据，以及评分汇总表里的安全绩效；"
    "扣分、得分、总分和等级随之重算，其余单元格已保护（没有密码）。"
    "填好后可在“报告”页读回。"
)
"""Above the sheet that is filled in."""

HOW_SCORES = (
    "各项得分由打分表算出，浅黄色的安全绩效可以填写；每一行应得分减扣分、减追加和否决，就是得分。"
)
"""Above the sheet of scores."""

NO_WORKBOOK = (
    "这个标准用了 Excel 评分表的公式还不会算的评分办法（分档、按比例、可选或有上限的扣分、加分、"
    "整体否决、要素以下的权重、点名的门槛之一），没有生成评分表；其他文件不受影响。"
)
"""Instead of the workbook, where its formulas would reckon wrongly."""

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
