"""What is wrong with answers, in the user's words."""

import sys
from collections.abc import Iterable

from scoring.problems import Problem, ProblemKind

_WORDS = {
    ProblemKind.UNREADABLE: "无法读取（{}）",
    ProblemKind.FILE_TOO_LARGE: "文件超过 {} MB，请分成几个文件",
    ProblemKind.TOO_MANY_VALUES: "内容超过 {} 项，不像一份答案",
    ProblemKind.NOT_JSON: "不是有效的 JSON（{}）",
    ProblemKind.REPEATED_KEYS: "不是有效的 JSON（键重复：{}）",
    ProblemKind.NO_NUMBER: "不是有效的 JSON（不允许的数值 {}）",
    ProblemKind.UNCHECKED_LINES: "问题太多，后面的行没有检查",
    ProblemKind.NO_OBJECT: "应为键值对 {{ }}",
    ProblemKind.UNKNOWN_SCHEME: "没有标准 {}；可用：{}",
    ProblemKind.NO_SCHEME: "还没有选择标准",
    ProblemKind.OTHER_SCHEME: "应为 {}",
    ProblemKind.NO_FOLDER: "{} 里没有 scheme.yaml",
    ProblemKind.UNKNOWN_VERSION: "{} 没有 {} 版；可用：{}",
    ProblemKind.OTHER_VERSION: "应为 {}",
    ProblemKind.UNKNOWN_KEY: "没有这个键；可用的键：{}",
    ProblemKind.MORE: "另有 {} 处问题，请先改正以上各处",
    ProblemKind.NO_PAIRS: "应为键值对 {{ }}",
    ProblemKind.UNKNOWN_FACET: "没有这个问题；可用的问题：{}",
    ProblemKind.NO_OPTIONS: '应为选项编号的列表，例如 ["yes"]',
    ProblemKind.UNKNOWN_OPTION: "没有选项 {}；可用的选项：{}",
    ProblemKind.ONE_OPTION: "只能选一项，却给了 {} 项",
    ProblemKind.UNKNOWN_QUESTION: "没有这个安全绩效问题",
    ProblemKind.UNKNOWN_CONDITION: "没有这个扣分情形",
    ProblemKind.UNKNOWN_STATE: "没有这个键",
    ProblemKind.NO_YES_NO: "只能是 1（是）或 0（否）",
    ProblemKind.NO_REASSESSMENT: "这个标准没有复评",
    ProblemKind.EARLIER_SUM: "应有 count，且 rectified、planned、open 之和不超过它",
    ProblemKind.UNKNOWN_REQUISITE: "没有这个申请条件；可用的编号：{}",
    ProblemKind.NO_YES_OR_NO: "只能是 yes 或 no",
    ProblemKind.NA_FORBIDDEN: "{} 不能标为不适用",
    ProblemKind.NO_ITEMS: '应为内容编号的列表，例如 ["1.1.1"]',
    ProblemKind.UNKNOWN_ITEM: "没有编号为 {} 的内容",
    ProblemKind.NO_INTEGER: "数量应为整数，不能是 {}",
    ProblemKind.NEGATIVE: "数量不能为负（{}）",
    ProblemKind.COUNT_TOO_LARGE: "数量超过 {}，请核对",
    ProblemKind.NO_AMOUNTS: (
        '应写每次扣的分，例如 {{"amounts": ["{0}"]}}；每次从 {0} 到 {1} 分，以 {2} 分为一档'
    ),
    ProblemKind.WRONG_AMOUNT: ("每次扣的分不能是 {}：应为 {} 到 {}、以 {} 为一档的数字字符串"),
    ProblemKind.NO_LEVELS: "这条内容不分档",
    ProblemKind.UNKNOWN_LEVEL: "没有 {} 这一档；可用的编号：{}",
    ProblemKind.NO_RATIO: "这条内容不按抽查比例扣分",
    ProblemKind.RATIO_SUM: "inspected（抽查数）应大于 0，failed（不合格数）不超过它",
    ProblemKind.NO_OWN_FINDINGS: "应为自填扣分的列表，每项有 id、item、words、points、count",
    ProblemKind.TOO_MANY_OWN: "自填扣分超过 {} 项",
    ProblemKind.OWN_TWICE: "编号重复",
    ProblemKind.NO_OWN_ID: "编号应为 1 至 20 个小写字母或数字",
    ProblemKind.NO_OWN_WORDS: "应写明问题，不超过 {} 个字",
    ProblemKind.NO_OWN_POINTS: '扣分应为 0 到 {} 的数字字符串，例如 "1"',
    ProblemKind.UNKNOWN_PLAN_KEY: "没有这个扣分情形或自填扣分，也没有这样分档或按比例的内容",
    ProblemKind.NO_EFFORT: (
        '每处的工作量应为大于 0、不超过 {} 的数字字符串，最多三位小数，例如 "1.5"，不能是 {}'
    ),
    ProblemKind.NO_PIN: "只能是 fix（一定改）或 keep（改不了），不能是 {}",
    ProblemKind.UNKNOWN_GRADE: "没有等级 {}；可用的等级：{}",
    ProblemKind.NO_GRADES: "这个标准不评等级，请用 --total 指定总分",
    ProblemKind.NO_TOTAL: "总分 {} 应为大于 0、不超过 {} 的数字",
}

_ALL = "（文件）"
"""Where a problem of the whole file is."""

_UNREADABLE_VALUE = "嵌套过深的值"


def problem_words(problem: Problem) -> str:
    """One line: where, and what is wrong."""
    details = [_detail(detail) for detail in problem.details]
    words = f"{problem.key or _ALL}: {_WORDS[problem.kind].format(*details)}"
    if problem.former is not None:
        words += f'；{problem.former} 版有，要按那一版计分请写 "version": "{problem.former}"'
    return words if problem.line is None else f"第 {problem.line} 行: {words}"


def _detail(detail: str | tuple[str, ...]) -> str:
    return "、".join(detail) if isinstance(detail, tuple) else detail or _UNREADABLE_VALUE


def fail(lines: Iterable[str]) -> int:
    """Print one line per problem on standard error; the exit status for bad input."""
    tell(lines)
    return 2


def tell(lines: Iterable[str]) -> None:
    """Print on standard error what whoever runs a command should know."""
    for line in lines:
        print("".join(c if c.isprintable() else " " for c in line), file=sys.stderr)
