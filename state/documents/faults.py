"""What pydantic finds wrong with a document, in the user's words."""

from pydantic import ValidationError

_FAULTS = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项",
    "string_too_long": "文字太长",
    "string_pattern_mismatch": "写法不对",
    "greater_than_equal": "数值太小",
    "less_than_equal": "数值太大",
    "too_long": "条数太多",
}

_LONGEST = 120
"""Characters of a place in a document; a file may have keys of any length."""


def first_fault(error: ValidationError) -> str:
    """Where the first fault is and what it is, and how many more there are."""
    details = error.errors(include_url=False, include_context=False, include_input=False)
    where = ".".join(str(step) for step in details[0]["loc"]) or "整个文件"
    if len(where) > _LONGEST:
        where = where[:_LONGEST] + "…"
    more = f"；另有 {len(details) - 1} 处" if len(details) > 1 else ""
    return f"{where}：{_FAULTS.get(details[0]['type'], '内容的类型不对')}{more}"
