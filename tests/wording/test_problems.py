"""Every fault of answers in words, against literals, and where the words go."""

import pytest

from scoring.problems import Problem, ProblemKind
from wording.problems import fail, problem_words

K = ProblemKind

SAID: dict[ProblemKind, tuple[tuple[str | tuple[str, ...], ...], str]] = {
    K.UNREADABLE: (("没有权限",), "无法读取（没有权限）"),
    K.FILE_TOO_LARGE: (("50",), "文件超过 50 MB，请分成几个文件"),
    K.TOO_MANY_VALUES: (("200000",), "内容超过 200000 项，不像一份答案"),
    K.NOT_JSON: (("line 1",), "不是有效的 JSON（line 1）"),
    K.REPEATED_KEYS: ((("a", "b"),), "不是有效的 JSON（键重复：a、b）"),
    K.NO_NUMBER: (("NaN",), "不是有效的 JSON（不允许的数值 NaN）"),
    K.UNCHECKED_LINES: ((), "问题太多，后面的行没有检查"),
    K.NO_OBJECT: ((), "应为键值对 { }"),
    K.UNKNOWN_SCHEME: (('"x"', ("condiment", "hazchem")), '没有标准 "x"；可用：condiment、hazchem'),
    K.NO_SCHEME: ((), "还没有选择标准"),
    K.OTHER_SCHEME: (("hazchem",), "应为 hazchem"),
    K.NO_FOLDER: (("a/b",), "a/b 里没有 scheme.yaml"),
    K.UNKNOWN_VERSION: (
        ("workshop", '"2"', ("1.0", "1.1")),
        'workshop 没有 "2" 版；可用：1.0、1.1',
    ),
    K.OTHER_VERSION: (("1.1",), "应为 1.1"),
    K.UNKNOWN_KEY: ((("scheme", "facets"),), "没有这个键；可用的键：scheme、facets"),
    K.MORE: (("7",), "另有 7 处问题，请先改正以上各处"),
    K.NO_PAIRS: ((), "应为键值对 { }"),
    K.UNKNOWN_FACET: ((("kind",),), "没有这个问题；可用的问题：kind"),
    K.NO_OPTIONS: ((), '应为选项编号的列表，例如 ["yes"]'),
    K.UNKNOWN_OPTION: (("w", ("x", "y")), "没有选项 w；可用的选项：x、y"),
    K.ONE_OPTION: (("2",), "只能选一项，却给了 2 项"),
    K.UNKNOWN_QUESTION: ((), "没有这个安全绩效问题"),
    K.UNKNOWN_CONDITION: ((), "没有这个扣分情形"),
    K.UNKNOWN_STATE: ((), "没有这个键"),
    K.NO_YES_NO: ((), "只能是 1（是）或 0（否）"),
    K.NO_REASSESSMENT: ((), "这个标准没有复评"),
    K.EARLIER_SUM: ((), "应有 count，且 rectified、planned、open 之和不超过它"),
    K.UNKNOWN_REQUISITE: ((("a1", "a2"),), "没有这个申请条件；可用的编号：a1、a2"),
    K.NO_YES_OR_NO: ((), "只能是 yes 或 no"),
    K.NA_FORBIDDEN: (("1.2.2",), "1.2.2 不能标为不适用"),
    K.NO_ITEMS: ((), '应为内容编号的列表，例如 ["1.1.1"]'),
    K.UNKNOWN_ITEM: (('"9.9"',), '没有编号为 "9.9" 的内容'),
    K.NO_INTEGER: (("1.5",), "数量应为整数，不能是 1.5"),
    K.NEGATIVE: (("-1",), "数量不能为负（-1）"),
    K.COUNT_TOO_LARGE: (("1000000",), "数量超过 1000000，请核对"),
    K.NO_AMOUNTS: (
        ("1", "5", "0.5"),
        '应写每次扣的分，例如 {"amounts": ["1"]}；每次从 1 到 5 分，以 0.5 分为一档',
    ),
    K.WRONG_AMOUNT: (
        ('"6"', "1", "5", "0.5"),
        '每次扣的分不能是 "6"：应为 1 到 5、以 0.5 为一档的数字字符串',
    ),
    K.NO_LEVELS: ((), "这条内容不分档"),
    K.UNKNOWN_LEVEL: (("bad", ("full", "none")), "没有 bad 这一档；可用的编号：full、none"),
    K.NO_RATIO: ((), "这条内容不按抽查比例扣分"),
    K.RATIO_SUM: ((), "inspected（抽查数）应大于 0，failed（不合格数）不超过它"),
    K.NO_OWN_FINDINGS: ((), "应为自填扣分的列表，每项有 id、item、words、points、count"),
    K.TOO_MANY_OWN: (("500",), "自填扣分超过 500 项"),
    K.OWN_TWICE: ((), "编号重复"),
    K.NO_OWN_ID: ((), "编号应为 1 至 20 个小写字母或数字"),
    K.NO_OWN_WORDS: (("500",), "应写明问题，不超过 500 个字"),
    K.NO_OWN_POINTS: (("5",), '扣分应为 0 到 5 的数字字符串，例如 "1"'),
    K.UNKNOWN_PLAN_KEY: ((), "没有这个扣分情形或自填扣分，也没有这样分档或按比例的内容"),
    K.NO_EFFORT: (
        ("1000000", '"0"'),
        '每处的工作量应为大于 0、不超过 1000000 的数字字符串，最多三位小数，例如 "1.5"，不能是 "0"',
    ),
    K.NO_PIN: (('"x"',), '只能是 fix（一定改）或 keep（改不了），不能是 "x"'),
    K.UNKNOWN_GRADE: (("特级", ("一级", "二级")), "没有等级 特级；可用的等级：一级、二级"),
    K.NO_GRADES: ((), "这个标准不评等级，请用 --total 指定总分"),
    K.NO_TOTAL: (("101", "100"), "总分 101 应为大于 0、不超过 100 的数字"),
}


def test_every_kind_of_fault_is_here() -> None:
    assert set(SAID) == set(ProblemKind)


@pytest.mark.parametrize("kind", SAID, ids=lambda kind: str(kind.value))
def test_each_fault_is_said_with_its_place(kind: ProblemKind) -> None:
    details, words = SAID[kind]
    assert problem_words(Problem("findings.1.1-a", kind, details)) == f"findings.1.1-a: {words}"


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (Problem("", K.NO_OBJECT), "（文件）: 应为键值对 { }"),
        (Problem("", K.NO_OBJECT, line=3), "第 3 行: （文件）: 应为键值对 { }"),
        (Problem("reviewed", K.NO_ITEMS, line=12), '第 12 行: reviewed: 应为内容编号的列表，例如 ["1.1.1"]'),
        (Problem("a", K.NO_INTEGER, ("",)), "a: 数量应为整数，不能是 嵌套过深的值"),
        (
            Problem("a", K.UNKNOWN_CONDITION, former="1.0", line=2),
            '第 2 行: a: 没有这个扣分情形；1.0 版有，要按那一版计分请写 "version": "1.0"',
        ),
    ],
)  # fmt: skip
def test_the_place_is_a_key_or_the_file_and_the_line_where_there_are_several(
    problem: Problem, words: str
) -> None:
    assert problem_words(problem) == words


def test_problems_go_to_standard_error_one_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert fail(["甲: 一\n二", "乙\x1b[31m"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == "甲: 一 二\n乙 [31m\n"
