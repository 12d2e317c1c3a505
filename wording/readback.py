"""What a workbook that comes back says otherwise, and why one is refused, in words."""

from schemes import Condition, Item
from schemes.tree import Performance

_MOST = 40
"""Characters of a text that are shown."""

REFUSALS = {
    "too_large": "文件超过 {} MB，不像本工具导出的评分表",
    "no_workbook": "这不是 Excel 工作簿（.xlsx）。请选择从本页下载、填写后保存的评分表",
    "broken": "文件损坏，读不出来。请用 Excel 或 WPS 重新保存一份",
    "too_much": "文件展开后过大，不像本工具导出的评分表",
    "macros": "文件带有宏，不读取。请另存为不带宏的 .xlsx",
    "no_marks": "工作簿里没有“{}”这张表，不是本工具导出的评分表",
    "no_heads": "“{}”里找不到表头（数量、空项、备注）。请不要改动表头和列",
    "no_identity": "找不到文件标识，无法确认是哪份自评的评分表。请重新下载一份填写",
    "other_scheme": "这是另一个标准的评分表，这份自评用的是“{}”",
    "other_assessment": "这是另一份自评的评分表。请打开那份自评再读回",
    "other_version": "评分表按标准的 {} 版生成，这份自评现在用 {} 版。请重新下载一份填写",
    "other_kind": "评分表是{}时生成的，现在是{}。请重新下载一份填写",
}
"""By the reason of `reports.workbook.cells.Refused`."""

_UNREAD = {
    "count": "须为不小于 0 的整数",
    "tick": "只能填 0 或 1",
    "amount": "不在可选的扣分之内，这个情形没有读",
    "level": "没有这一档，请从下拉列表里选",
    "ratio": "抽查和不合格须为整数，不合格不超过抽查",
    "states": "已整改、已计划、未整改须为整数，之和不超过自评发现",
    "mark": "空项只能填“不适用”或“视同得分”",
    "forbidden": "这一条不能标为不适用",
    "long": "超过 2000 字",
    "answer": "安全绩效的回答不对",
    "entries": "由自填的要求算出，请在“逐项自评”页修改",
    "unknown": "标准里没有这一行，或同一行出现了两次",
    "elsewhere": "这一条按现在的适用范围不考评",
}
_NAMES = {
    "count": "数量",
    "amounts": "每次扣分",
    "level": "档次",
    "ratio": "抽查、不合格",
    "earlier": "已整改、已计划、未整改",
    "absent": "空项",
    "remark": "备注",
    "evidence": "证据",
}


def refusal_words(reason: str, details: tuple[str, ...]) -> str:
    """Why a file is not read."""
    return REFUSALS[reason].format(*details)


def unread_words(sheet: str, cell: str, why: str) -> str:
    """Which cell was not read, and why: 打分表 D12：只能填 0 或 1."""
    return f"{sheet} {cell}：{_UNREAD[why]}"


def difference_words(
    what: str, subject: Item | Condition | Performance, before: str, after: str
) -> str:
    """What is said otherwise: 2.1.1-c 设置不符合规定：数量 无 → 2."""
    if isinstance(subject, Performance):
        name, called = subject.title, ""
    elif isinstance(subject, Condition):
        name, called = f"{subject.id} {subject.when}", _NAMES.get(what, "")
    else:
        name, called = f"{subject.id} {subject.title}", _NAMES.get(what, "")
    return f"{name}：{called} {_shown(before)} → {_shown(after)}".replace("： ", "：")


def _shown(text: str) -> str:
    if not text:
        return "（空）"
    line = " ".join(text.split())
    return line if len(line) <= _MOST else f"{line[:_MOST]}…"
