"""The outcome in sentences, literally, for the samples and for what is not settled."""

import pytest

from planning.gain import item_gains
from tests.reports.conftest import CASES, result_of
from wording.summary import summary_sentences

SAID = {
    ("sample", "condiment", "三级"): [
        "总分 79.8 分（百分制），达到二级，满足申请三级的评分条件。",
        "离一级差 10.2 分（线 90）。",
        "得分率最低的考评类目是 5 教育培训（54.00%）。",
        "先改 5.4.1 特种作业人员持证：改好这一条，总分 +2.84 分。",
    ],
    ("sample", "condiment", "一级"): [
        "总分 79.8 分（百分制），达到二级，不满足申请的一级。",
        "离一级差 10.2 分（线 90）。",
        "得分率最低的考评类目是 5 教育培训（54.00%）。",
        "先改 5.4.1 特种作业人员持证：改好这一条，总分 +2.84 分。",
    ],
    ("sample", "hazchem", "三级"): [
        "已核查 51/53 条，总分在 80.80 – 82.20 分之间（百分制），未达到评分要求。",
        "离达标还差：要素 7 作业安全 49.00 低于 60；存在重大事故隐患（1 项），整改前不能申请定级；"
        "只改好 7.1 作业许可 一条就有可能达到。",
        "低于 60 分线的A级要素：7 作业安全（49.00%）。",
        "先改 7.1 作业许可：改好这一条，总分 +3.00 分。",
    ],
    ("sample", "model-enterprise", ""): [
        "已核查 73/75 条，总分在 83.2 – 84.8 分之间（百分制），不低于参考线（111号文） 80。",
        "目前得分率最低的要素是 7 作业安全（56.00%）。",
        "先改 7.1.1 作业许可：改好这一条，总分 +2.13 分。",
    ],
    ("150 findings", "condiment", ""): [
        "已核查 113/142 条，总分在 30.3 – 50.9 分之间（百分制），未达到任何等级。",
        "离三级至少差 9.1 分（线 60）。",
        "目前得分率最低的考评类目是 9 重大危险源监控（2.50%）。",
        "先改 6.2.7.1 食用盐生产设备：改好这一条，总分 +3.00 分。",
    ],
    ("re-assessment", "tobacco", "二级"): [
        "已核查 6/103 条，总分在 87.5 – 987.9 分之间（千分制），等级待定，能否满足申请的二级待定。",
        "目前得分率最低的模块是 D.16 作业环境（66.67%）。",
        "先改 D.15-2 建筑物消防设施：改好这一条，总分 +20.38 分。",
    ],
    ("empty", "tobacco", ""): ["已核查 0/137 条，总分在 0.0 – 1000.0 分之间（千分制），等级待定。"],
    ("nothing applies", "condiment", ""): ["没有适用的内容，无法评定。"],
}


# Ids of their own, as make mutants looks for tests by id, and pytest, when it collects a second
# time in one process, escapes Chinese ids that stand in a list once more.
@pytest.mark.parametrize(
    ("case", "said"),
    [
        pytest.param(case, said, id=" ".join(word for word in case if word))
        for case, said in SAID.items()
    ],
)
def test_the_outcome_in_sentences(case: tuple[str, str, str], said: list[str]) -> None:
    name, scheme, target = case
    result = result_of(CASES[name](scheme))
    assert summary_sentences(result, item_gains(result), target) == said
