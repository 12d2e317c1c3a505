"""Breaks valid input: its structure, its lines or its bytes, at places chosen by chance."""

import json
from collections.abc import Callable
from functools import cache
from random import Random
from typing import Any

import yaml

from state.documents.examples import examples
from tests.hostile.payloads import PAYLOADS
from tests.hostile.targets import CORPUS, KEPT, SCHEME

_ODD: list[Any] = [
    *(None, True, False, 0, -1, 1, 1.5, -0.0, 10**9, 10**30, 1e308, float("inf"), float("nan")),
    *("", " ", "0", "all", "yes", "\ud800", "x" * 81, "长" * 2001, "2026-02-30", "9" * 400),
    *([], {}, [[]], [None], {"": {}}, {"count": 1}, ["yes", "no"], {"scheme": "tobacco"}),
    *PAYLOADS.values(),
]
_SNIPPETS = [
    *("&a", "*a", "<<: *a", "? ", "- ", "---", "...", "!!python/object:x", "!!binary x", "%YAML 9"),
    *("\t", "\0", "\ufeff", "\u2028", "\x85", "[", "]", "{", "}", '"', "'", "|", ">", "#", ": "),
    *("1e999", ".nan", "0x1f", "2026-11-01", "~", "null", "9" * 19, "[[[[[[[[[[", "? ? ? ?"),
    *("points: 0", "full: 1", "part: A", "id: x", "children: []", "checks: [{id: x, text: y}]"),
]


def broken(content: bytes, random: Random) -> bytes:
    """The content with one thing changed."""
    return random.choice((_structure, _structure, _lines, _bytes))(content, random)


@cache
def valid(family: str) -> list[bytes]:
    """Inputs of a family that are right, and nasty ones to begin with."""
    found = [path.read_bytes() for path in sorted((CORPUS / family).iterdir())]
    if family == "import":
        found += [sample.path.read_bytes() for sample in examples()]
    if family == "kept":
        tables = [sample.read().having(id=KEPT).model_dump(mode="json") for sample in examples()]
        found += [json.dumps({"assessment": {"1": table}}).encode() for table in tables]
    if family == "scheme":
        found += [path.read_bytes() for path in sorted(SCHEME.rglob("*.yaml"))]
    return found


def _structure(content: bytes, random: Random) -> bytes:
    """One value of JSON or YAML replaced, doubled, moved or taken away."""
    if max(map(content.count, (b"[", b"{", b"- ", b"? ", b"*"))) > 500:
        return _bytes(content, random)  # PyYAML's own reader would end the process
    for read, write in (_JSON, _YAML):
        try:
            tree = read(content)
            holders = _holders(tree)
            if not holders:
                return write(random.choice(_ODD))
            _change(random.choice(holders), random.choice(_ODD), random)
            return write(tree)
        except (ValueError, RecursionError, yaml.YAMLError):
            continue
    return _bytes(content, random)


def _change(holder: Any, odd: Any, random: Random) -> None:
    if isinstance(holder, list):
        place: Any = random.randrange(len(holder) + 1)
        holder[place : place + random.choice((0, 1))] = [odd] * random.choice((0, 1, 1, 300))
        return
    key = random.choice([*holder, "x"])
    if random.random() < 0.2:
        holder.pop(key, None)
    elif random.random() < 0.3:
        name = odd if isinstance(odd, str) else random.choice(("__class__", "", "scheme", "id"))
        holder[name] = holder.pop(key, odd)
    else:
        holder[key] = odd


def _holders(tree: Any) -> list[Any]:
    """Every list and object, however deep; one that aliases share is met once."""
    found: dict[int, Any] = {}
    left = [tree]
    while left:
        here = left.pop()
        if isinstance(here, dict | list) and id(here) not in found:
            found[id(here)] = here
            left += here.values() if isinstance(here, dict) else here
    return list(found.values())


def _lines(content: bytes, random: Random) -> bytes:
    lines = content.split(b"\n")
    place = random.randrange(len(lines))
    snippet = random.choice(_SNIPPETS).encode()
    line = lines[place]
    cut = random.randrange(len(line) + 1)
    lines[place : place + 1] = random.choice(
        (
            [],
            [line, line],
            [b" " + line],
            [line.lstrip()],
            [line[:cut] + snippet + line[cut:]],
            [line, b" " * (len(line) - len(line.lstrip())) + snippet],
            [random.choice(lines)],
        )
    )
    return b"\n".join(lines)


def _bytes(content: bytes, random: Random) -> bytes:
    start = random.randrange(len(content) + 1)
    end = min(len(content), start + random.randrange(12))
    between = random.choice(
        (
            b"",
            random.randbytes(random.randrange(5)),
            content[start:end] * 3,
            random.choice(list(PAYLOADS.values())).encode("utf-8", "surrogatepass"),
            random.choice(_SNIPPETS).encode(),
        )
    )
    return content[:start] + between + content[end:]


def _write_yaml(tree: Any) -> bytes:
    text: str = yaml.dump(tree, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    return text.encode("utf-8", "surrogatepass")


Read = Callable[[bytes], Any]
Write = Callable[[Any], bytes]
_JSON: tuple[Read, Write] = json.loads, lambda tree: json.dumps(tree).encode()
_YAML: tuple[Read, Write] = lambda content: yaml.load(content, yaml.CSafeLoader), _write_yaml
