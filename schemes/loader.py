"""Read and check a scheme folder, and hand out the tree."""

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from schemes.check import check
from schemes.check_beside import check_beside
from schemes.check_totals import check_totals
from schemes.check_was import check_was
from schemes.expand import expand
from schemes.model import TAGS, SchemeShape, SectionShape
from schemes.problems import Problem, SchemeError, dotted
from schemes.tree import Scheme
from schemes.yaml_source import KeyPath, Source

_Shape = TypeVar("_Shape", bound=BaseModel)

GUIDE = "docs/add-a-standard.md"

_REMEDIES = {
    "missing": ("缺少这个键", "补上它"),
    "extra_forbidden": ("没有这个键", "删去，或改成 {guide} 列出的键"),
    "string_type": ("应为文字", '加上引号，例如 "2.1"'),
    "string_too_short": ("文字为空", "写上内容，或删去这个键"),
    "string_pattern_mismatch": (
        "编号含有不允许的字符",
        "用标准印的编号，最多 40 个字；不能有空格、/、:、@、引号和 < > & | \\",
    ),
    "string_too_long": ("文字太长", "缩短"),
    "tuple_type": ("应为列表", "写成以 - 开头的多行，或写成 [ ]"),
    "list_type": ("应为列表", "写成以 - 开头的多行，或写成 [ ]"),
    "dict_type": ("应为键值对", "写成 键: 值"),
    "model_type": ("应为键值对", "写成 键: 值"),
    "model_attributes_type": ("应为键值对", "写成 键: 值"),
    "too_short": ("列表为空或太短", "补上所缺的项"),
    "too_long": ("列表太长", "删减或合并，只留必要的项"),
    "int_type": ("应为整数", "写成不带引号的整数"),
    "bool_type": ("应为 true 或 false", "写成 true 或 false，不加引号"),
    "bool_parsing": ("应为 true 或 false", "写成 true 或 false，不加引号"),
    "value_error": ("应为数字", "写成不带引号的数字，例如 5 或 0.5"),
    "greater_than": ("数字太小", "写一个大于 0 的数字"),
    "greater_than_equal": ("数字太小", "写一个不小于 0 的数字"),
    "less_than_equal": ("数字太大", "写一个允许范围内的数字"),
}


def load_folder(folder: Path) -> Scheme:
    """Read and check the scheme in `folder`.

    Raises: SchemeError with every problem found.
    """
    problems: list[Problem] = []
    main = read_shape(folder / "scheme.yaml", SchemeShape, problems)
    paths = sorted((folder / "elements").glob("*.yaml"))
    if not paths:
        fault = "没有要素文件"
        remedy = "在 elements/ 下为每个一级要素写一个 NN-名称.yaml"
        problems.append(Problem(folder / "elements", 1, "（文件夹）", fault, remedy))
    parts = [read_shape(path, SectionShape, problems) for path in paths]
    elements = [part for part in parts if part]
    return built(main, elements if len(elements) == len(paths) else None, problems)


def built(
    main: tuple[Source, SchemeShape] | None,
    elements: list[tuple[Source, SectionShape]] | None,
    problems: list[Problem],
) -> Scheme:
    """The tree of a scheme whose files were read, after checking them.

    main, elements: None where they could not be read. Raises: SchemeError with every problem.
    """
    if main and elements is not None:
        checks = (check, check_was, check_beside, check_totals)
        problems += [problem for one in checks for problem in one(*main, elements)]
    if problems or not main or elements is None:
        raise SchemeError(problems)
    return expand(main[1], [shape for _, shape in elements])


def read_shape(
    path: Path, shape: type[_Shape], problems: list[Problem], guide: str = GUIDE
) -> tuple[Source, _Shape] | None:
    """The file's source and shape; None after adding its faults to `problems`.

    guide: where people read which keys there are.
    """
    try:
        source = Source(path)
    except SchemeError as error:
        problems += error.problems
        return None
    return shaped(source, shape, problems, guide)


def shaped(
    source: Source, shape: type[_Shape], problems: list[Problem], guide: str = GUIDE
) -> tuple[Source, _Shape] | None:
    """A source and its shape; None after adding its faults to `problems`. guide: see above."""
    try:
        return source, TypeAdapter(shape).validate_python(source.data)
    except ValidationError as error:
        problems += [_explain(source, details, guide) for details in error.errors()]
    return None


def _explain(source: Source, details: ErrorDetails, guide: str) -> Problem:
    path: KeyPath = tuple(step for step in details["loc"] if step not in TAGS)
    fault, remedy = _REMEDIES.get(
        details["type"],
        (f"不允许的值（{details['msg']}）", _allowed(details.get("ctx", {}), guide)),
    )
    return Problem(
        source.path, source.line(path), dotted(path), fault, remedy.replace("{guide}", guide)
    )


def _allowed(context: dict[str, Any], guide: str) -> str:
    expected = context.get("expected")
    return f"写成 {expected} 之一" if expected else f"按 {guide} 改写"
