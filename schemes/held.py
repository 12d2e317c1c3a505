"""A scheme folder as one JSON text, so that it can be kept and sent as one document.

The text is `{"scheme": …, "elements": [… ]}`: what `scheme.yaml` and the files of `elements/` say,
key by key, and checked exactly as they are.
"""

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

from schemes.loader import built, shaped
from schemes.model import SchemeShape, SectionShape
from schemes.problems import Problem, SchemeError
from schemes.tree import Scheme
from schemes.yaml_source import KeyPath, Source

MAX_LENGTH = 4_000_000
"""Characters; the longest standard known takes a tenth of them."""

_MOST = 200_000
"""Values in a text."""

_DEEPEST = 40
"""Levels of lists and keys, as in a folder."""

_NUMBER = re.compile(r"-?(0|[1-9]\d{0,17})(\.\d{1,9})?")
"""As in a folder: no number that takes long to calculate with."""

Content = dict[str, Any]


class _Held(Source):
    """Values that stand in no file; every problem is said to be on line 1."""

    def __init__(self, name: str, data: Any) -> None:
        self.path = Path(name)
        self.data = data

    def line(self, path: KeyPath) -> int:  # noqa: ARG002 - as of a file
        return 1


def content_of(text: str) -> Content:
    """The values of a text. Raises: SchemeError for what is none."""
    try:
        if len(text) > MAX_LENGTH:
            raise ValueError("内容过长")
        data = json.loads(text, parse_float=_number, parse_int=_number, parse_constant=_number)
        _count(data, 0, [_MOST])
        if not isinstance(data, dict) or data.keys() != {"scheme", "elements"}:
            raise ValueError("没有 scheme 和 elements")
        if not isinstance(data["elements"], list) or not isinstance(data["scheme"], dict):
            raise ValueError("scheme 或 elements 的内容不对")
    except (ValueError, RecursionError) as error:
        fault, remedy = f"标准的内容损坏（{error}）", "重新导入原来的表，或请同事重新导出"
        raise SchemeError([Problem(Path("标准"), 1, "（文件）", fault, remedy)]) from error
    return data


def text_of(content: Content) -> str:
    """The text that `content_of` reads back equal."""
    return json.dumps(content, ensure_ascii=False, default=_written, separators=(",", ":"))


def read_held(text: str) -> Scheme:
    """The tree of a text. Raises: SchemeError with every problem."""
    content = content_of(text)
    problems: list[Problem] = []
    main = shaped(
        _Held(f"{content['scheme'].get('id')}/scheme.yaml", content["scheme"]),
        SchemeShape,
        problems,
    )
    if not content["elements"]:
        fault = "没有一级要素"
        problems.append(Problem(Path("标准"), 1, "elements", fault, "重新导入原来的表"))
    names = ((_Held(f"elements/{i:02}", e), e) for i, e in enumerate(content["elements"], 1))
    parts = [shaped(source, SectionShape, problems) for source, _ in names]
    elements = [part for part in parts if part]
    return built(main, elements if len(elements) == len(parts) else None, problems)


def _number(text: str) -> int | Decimal:
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"数字 {text[:20]} 不对")
    return Decimal(text) if "." in text else int(text)


def _written(value: object) -> int | float:
    """An exact number as JSON has it, read back as the same one."""
    if not isinstance(value, Decimal):
        raise TypeError(f"no way to write a {type(value).__name__}")
    if value == value.to_integral_value():
        return int(value)
    near = float(value)
    if Decimal(repr(near)) != value:
        raise ValueError(f"{value} has too many digits")
    return near


def _count(value: Any, depth: int, left: list[int]) -> None:
    left[0] -= 1
    if left[0] < 0 or depth > _DEEPEST:
        raise ValueError("内容过多或嵌套过深")
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        _count(one, depth + 1, left)
