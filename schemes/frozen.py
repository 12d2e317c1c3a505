"""A compiled standard as one JSON file, so that an older version can be read for ever.

Numbers are decimal strings and sets are sorted lists. Every field of `schemes.tree` and of the
shapes it holds is written; a field that came later than the file takes its default.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from schemes.problems import Problem, SchemeError
from schemes.tree import Item, Scheme, Section

FORMAT = 1
"""Raised when a field changes its meaning; a new field with a default does not raise it."""

MAX_BYTES = 8 * 1024 * 1024
"""Largest file that is read; the longest standard takes a tenth of it."""

_RESTORE = "从原来的安装包或备份中恢复这个文件"


def frozen_json(scheme: Scheme) -> str:
    """The scheme as text that `read_frozen` reads back equal."""
    content = {"format": FORMAT, "scheme": _encoded(scheme)}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def read_frozen(path: Path) -> Scheme:
    """The scheme frozen in `path`. Raises: SchemeError with the file and a remedy."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise ValueError(f"文件超过 {MAX_BYTES // 1024 // 1024} MB")
        data = json.loads(content.decode("utf-8"))
        found = data["format"] if isinstance(data, dict) and "format" in data else None
        if isinstance(found, int) and found > FORMAT:
            raise _error(path, f"格式 {found} 比本程序认识的（{FORMAT}）新", "升级本程序")
        if found != FORMAT or isinstance(found, bool):
            raise ValueError("没有可以认识的 format")
        scheme = _decoded(Scheme, data["scheme"], "scheme")
        assert isinstance(scheme, Scheme)
    except (OSError, ValueError, TypeError, KeyError, ArithmeticError, RecursionError) as error:
        raise _error(path, f"冻结的旧版损坏（{error}）", _RESTORE) from error
    if (path.parent.parent.name, path.stem) != (scheme.id, scheme.version):
        fault = f"里面是 {scheme.id} 的 {scheme.version} 版，与文件夹名和文件名不同"
        raise _error(path, fault, _RESTORE)
    return scheme


def _error(path: Path, fault: str, remedy: str) -> SchemeError:
    return SchemeError([Problem(path, 1, "（文件）", fault, remedy)])


def _encoded(value: Any) -> Any:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, list | tuple):
        return [_encoded(member) for member in value]
    kind: type = type(value)
    names = _hints(kind)
    if not names:
        raise TypeError(f"no way to freeze a {kind.__name__}")
    return {name: _encoded(getattr(value, name)) for name in names}


def _decoded(hint: Any, raw: Any, where: str) -> Any:
    """`raw` as what the annotation says. Raises: ValueError naming the place."""
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return _chosen(get_args(hint), raw, where)
    if isinstance(raw, list) and origin in (tuple, list, frozenset):
        return _sequence(origin, get_args(hint), raw, where)
    if isinstance(raw, dict) and isinstance(hint, type) and _hints(hint):
        return hint(**dict(_values(hint, raw, where)))
    return _single(hint, raw, where)


def _single(hint: Any, raw: Any, where: str) -> Any:
    if get_origin(hint) is Literal and raw in get_args(hint):
        return raw
    if hint is Decimal and isinstance(raw, str) and Decimal(raw).is_finite():
        return Decimal(raw)
    if hint in (str, int, bool) and type(raw) is hint:
        return raw
    raise ValueError(f"{where} 的内容不对")


def _chosen(choices: tuple[Any, ...], raw: Any, where: str) -> Any:
    if raw is None and NoneType in choices:
        return None
    if Section in choices:
        choice = Section if isinstance(raw, dict) and "children" in raw else Item
        return _decoded(choice, raw, where)
    return _decoded(next(c for c in choices if c is not NoneType), raw, where)


def _sequence(kind: type, hints: tuple[Any, ...], raw: list[Any], where: str) -> Any:
    if kind is tuple and hints[-1] is not Ellipsis:
        pairs = enumerate(zip(hints, raw, strict=True))
        return tuple(_decoded(hint, member, f"{where}[{i}]") for i, (hint, member) in pairs)
    return kind(_members(raw, hints[0], where))


def _members(raw: list[Any], hint: Any, where: str) -> Iterator[Any]:
    for place, member in enumerate(raw):
        yield _decoded(hint, member, f"{where}[{place}]")


def _values(kind: type, raw: Mapping[str, Any], where: str) -> Iterator[tuple[str, Any]]:
    hints = _hints(kind)
    strange = sorted(raw.keys() - hints.keys())
    if strange:
        raise ValueError(f"{where} 不应有 {strange[0]}")
    for name, hint in hints.items():
        if name in raw:
            yield name, _decoded(hint, raw[name], f"{where}.{name}")
        elif name in _required(kind):
            raise ValueError(f"{where} 缺少 {name}")


@cache
def _hints(kind: type) -> dict[str, Any]:
    """The fields that are written, with their types; none for what is no part of a tree."""
    if is_dataclass(kind):
        names = [field.name for field in fields(kind) if field.init]
    elif issubclass(kind, BaseModel):
        names = list(kind.model_fields)
    else:
        return {}
    hints = get_type_hints(kind)
    return {name: hints[name] for name in names}


@cache
def _required(kind: type) -> frozenset[str]:
    """The fields without a default."""
    if is_dataclass(kind):
        return frozenset(
            f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING
        )
    assert issubclass(kind, BaseModel)
    return frozenset(name for name, info in kind.model_fields.items() if info.is_required())
