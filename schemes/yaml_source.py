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
        self._seen: set[int] = set()
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
            root = yaml.compose(self.path.read_text(encoding="utf-8"), Loader=_LOADER)
            return None if root is None else self._value(root, ())
        except (OSError, UnicodeDecodeError) as error:
            fault, line = f"无法读取（{error}）", 1
            remedy = "确认文件存在并以 UTF-8 编码保存"
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            fault = f"不是有效的 YAML（{getattr(error, 'problem', None) or error}）"
            line = mark.line + 1 if mark else 1
            remedy = "检查该行的缩进、冒号后的空格和成对的引号、括号"
        except RecursionError:
            fault, line, remedy = "嵌套过深", 1, "减少层级"
        raise SchemeError([Problem(self.path, line, "（文件）", fault, remedy)])

    def _value(self, node: yaml.Node, path: KeyPath) -> Any:
        self._lines[path] = node.start_mark.line + 1
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        if id(node) in self._seen:
            self._fault(path, "使用了别名（*）", "把内容完整写出")
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return dict(self._pairs(node, path))
        return [self._value(child, (*path, i)) for i, child in enumerate(node.value)]

    def _pairs(self, node: yaml.MappingNode, path: KeyPath) -> Iterator[tuple[str, Any]]:
        seen: set[str] = set()
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in seen:
                self._fault((*path, key), f"键 {key} 重复", "只保留一个")
            seen.add(key)
            yield key, self._value(value_node, (*path, key))
            self._lines[(*path, key)] = key_node.start_mark.line + 1

    def _fault(self, path: KeyPath, fault: str, remedy: str) -> None:
        self._problems.append(self.problem(path, fault, remedy))


def _scalar(node: yaml.ScalarNode) -> str | int | bool | Decimal | None:
    text = str(node.value)
    if node.style:  # quoted or block: text, whatever it looks like
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return text
