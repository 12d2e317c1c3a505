"""YAML with line numbers, exact decimals and no surprises.

PyYAML's own constructor follows YAML 1.1, where `yes`, `no` and `on` are
booleans, 0.5 becomes a float and a repeated key silently wins. A standard is a
legal text, so this reader builds the values itself: YAML 1.2 words, `Decimal`
for numbers with a point, and a problem for every repeated key.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from schemes.problems import Problem, SchemeError, dotted

KeyPath = tuple[str | int, ...]

MAX_BYTES = 512 * 1024
"""Largest file that is read; the longest element of a standard is a tenth of it."""

_DEEPEST = 40
"""Levels of lists and keys; sections nest by two of them."""

_MOST = 20_000
"""Values in one file, so that finding fault with each of them is soon done."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,17})\.[0-9]{1,9}")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


class Source:
    """The values of one YAML file and the line on which each of them stands."""

    def __init__(self, path: Path) -> None:
        """Read `path`.

        Raises: SchemeError when the file cannot be read, is not YAML, repeats
        a key or uses aliases.
        """
        self.path = path
        self._lines: dict[KeyPath, int] = {}
        self._problems: list[Problem] = []
        self._values = 0
        self.data: Any = self._read()
        if self._problems:
            raise SchemeError(self._problems)

    def line(self, path: KeyPath) -> int:
        """Line of the value at `path`, or of its nearest parent that exists."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def problem(self, path: KeyPath, fault: str, remedy: str) -> Problem:
        """A problem at `path` in this file."""
        return Problem(self.path, self.line(path), dotted(path), fault, remedy)

    def _read(self) -> Any:
        try:
            with self.path.open("rb") as file:
                content = file.read(MAX_BYTES + 1)
            if len(content) > MAX_BYTES:
                raise self._refusal(f"文件超过 {MAX_BYTES // 1024} KB", "拆成几个要素文件")
            return self._document(yaml.parse(content.decode("utf-8-sig"), Loader=_LOADER))
        except (OSError, UnicodeDecodeError) as error:
            raise self._refusal(
                f"无法读取（{error}）", "确认文件存在并以 UTF-8 编码保存"
            ) from error
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            raise self._refusal(
                f"不是有效的 YAML（{getattr(error, 'problem', None) or error}）",
                "检查该行的缩进、冒号后的空格和成对的引号、括号",
                mark.line + 1 if mark else 1,
            ) from error

    def _refusal(self, fault: str, remedy: str, line: int = 1) -> SchemeError:
        return SchemeError([Problem(self.path, line, "（文件）", fault, remedy)])

    def _document(self, events: Iterator[yaml.Event]) -> Any:
        """The value of the only document, built from events.

        PyYAML would build a graph of nodes first; it does so by recursion in C, where
        a file of nothing but brackets ends the process.
        """
        data = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if () in self._lines:
                    line = _line(event)
                    raise self._refusal("不止一份文档", "删去 --- 和它后面的内容", line)
                data = self._value(next(events), events, ())
        return data

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], path: KeyPath) -> Any:
        self._lines[path] = _line(event)
        self._values += 1
        if self._values > _MOST:
            raise self._refusal(f"内容超过 {_MOST} 项", "拆成几个要素文件", self.line(path))
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if isinstance(event, yaml.AliasEvent):
            self._fault(path, "使用了别名（*）", "把内容完整写出")
            return None
        if len(path) == _DEEPEST:
            raise self._refusal("嵌套过深", "减少层级", self.line(path))
        if isinstance(event, yaml.MappingStartEvent):
            return dict(self._pairs(events, path))
        return list(self._entries(events, path))

    def _entries(self, events: Iterator[yaml.Event], path: KeyPath) -> Iterator[Any]:
        for place, event in enumerate(events):
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self._value(event, events, (*path, place))

    def _pairs(self, events: Iterator[yaml.Event], path: KeyPath) -> Iterator[tuple[str, Any]]:
        seen: set[str] = set()
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                return
            line = _line(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refusal("键不是文字", "把键写成一个词，后面跟冒号", line)
            key = event.value
            if key in seen:
                self._fault((*path, key), f"键 {key} 重复", "只保留一个")
            seen.add(key)
            yield key, self._value(next(events), events, (*path, key))
            self._lines[(*path, key)] = line

    def _fault(self, path: KeyPath, fault: str, remedy: str) -> None:
        self._problems.append(self.problem(path, fault, remedy))


def _line(event: yaml.Event) -> int:
    """The line an event begins on; the parser marks every one, whatever its types say."""
    return event.start_mark.line + 1 if event.start_mark else 1


def _scalar(event: yaml.ScalarEvent) -> str | int | bool | Decimal | None:
    text = str(event.value)
    if event.style:  # quoted or block: text, whatever it looks like
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return text
