"""Inputs too large to be kept as files: each the largest of its kind that is read at all."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

from schemes.tables.archive import MAX_BYTES as MAX_TABLE
from state.documents.examples import examples
from state.documents.transfer import MAX_BYTES, MAX_VALUES, export_json
from tests.hostile.targets import CORPUS

Make = Callable[[], bytes]


def _assessment(**fields: object) -> bytes:
    """A sample with other fields."""
    exported = json.loads(export_json(examples()[0].read()))
    return json.dumps({**exported, **fields}, ensure_ascii=False).encode()


def _work(**fields: object) -> bytes:
    exported = json.loads(export_json(examples()[0].read()))
    return _assessment(work={**exported["work"], **fields})


def _many(value: object, count: int = MAX_VALUES - 5000) -> dict[str, object]:
    return {f"{place:x}": value for place in range(count)}


def _findings(value: object) -> bytes:
    return json.dumps({"scheme": "tobacco", "findings": _many(value)}).encode()


def _repeated(text: str) -> str:
    return text * (MAX_BYTES // len(text))


_ITEM = '- {id: "1.1", points: 1, requirement: x, conditions: [{id: a, when: x, forfeit: true}]}\n'
_QUESTIONS = "facets:\n" + "".join(f"- {{id: q{i}, title: x, yes_no: true}}\n" for i in range(4000))
_TERMS = ", ".join(f"z{i}: [a]" for i in range(6000))

_PASTED = "考评内容\t分值\t考评办法\n" + "有制度\t5\t无制度的，不得分。\n" * 5


def _zip(part: bytes, count: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for place in range(count):
            archive.writestr(f"xl/{place}.xml", part)
    return out.getvalue()


def _packed(**parts: bytes) -> bytes:
    """A workbook with other parts, named by their last name, compressed."""
    source = CORPUS / "workbook" / "ok-plain.xlsx"
    file = io.BytesIO()
    with zipfile.ZipFile(source) as plain, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in plain.namelist():
            new.writestr(name, parts.pop(Path(name).stem, plain.read(name)))
        for name, content in parts.items():
            new.writestr(f"xl/{name}.xml", content)
    return file.getvalue()


def _cells(cell: bytes, count: int) -> bytes:
    return b"<worksheet><sheetData>" + cell * count + b"</sheetData></worksheet>"


LARGE: dict[str, dict[str, Make]] = {
    "workbook": {
        "bomb": lambda: _packed(zeros=bytes(100 * 2**20)),
        "larger-than-is-read": lambda: bytes(6 * 2**20),
        "a-million-cells": lambda: _packed(sheet1=_cells(b"<c r='A1'><v>1</v></c>", 900_000)),
        "a-million-texts": lambda: _packed(sharedStrings=_cells(b"<si><t>x</t></si>", 900_000)),
        "one-text": lambda: _packed(
            sheet1=_cells(b"<c r='A1' t='str'><v>" + b"x" * (20 * 2**20) + b"</v></c>", 1)
        ),
    },
    "import": {
        "over-5-mb": lambda: b" " * (MAX_BYTES + 1),
        "nothing-but-spaces": lambda: b" " * MAX_BYTES,
        "nothing-but-brackets": lambda: b"[" * MAX_BYTES,
        "empty-lists": lambda: b"[" + b"[]," * (MAX_BYTES // 3 - 1) + b"[]]",
        "unknown-keys": lambda: _assessment(**_many(1)),
        "remarks-that-are-lists": lambda: _work(remarks=_many([], MAX_VALUES // 3)),
        "samples-that-are-numbers": lambda: _work(samples=_many(1)),
        "entries-that-are-numbers": lambda: _work(entries={"1": [1] * (MAX_VALUES - 5000)}),
        "a-key-of-4-mb": lambda: _assessment(**{"k" * 4_000_000: 1}),
        "a-name-of-4-mb": lambda: _assessment(profile={"name": "长" * 1_300_000}),
        "a-number-of-4-mb": lambda: b'{"kind": ' + b"9" * 4_000_000 + b"}",
        "escapes": lambda: _repeated("\\u0041").encode(),
    },
    "scheme": {
        "over-the-limit": lambda: b"#" * 1_000_000,
        "nothing-but-brackets": lambda: b"[" * 500_000,
        "nothing-but-braces": lambda: b"{a: " * 120_000,
        "nothing-but-dashes": lambda: b"- " * 250_000,
        "nothing-but-question-marks": lambda: b"? " * 250_000,
        "deeper-and-deeper": lambda: "".join(f"{' ' * i}a:\n" for i in range(900)).encode(),
        "a-line-of-500-kb": lambda: b'title: "' + b"x" * 500_000 + b'"',
        "faulty-children": lambda: b'id: "9"\ntitle: x\nchildren: [' + b"1," * 19_000 + b"]",
        "too-many-values": lambda: b"[" + b"1," * 250_000 + b"]",
        "the-same-key": lambda: b"a: 1\n" * 100_000,
        "the-same-id": lambda: f'id: "9"\ntitle: x\nchildren:\n{_ITEM * 2000}'.encode(),
        "thousands-of-questions": _QUESTIONS.encode,
        "thousands-of-terms": (
            f'id: "9"\ntitle: x\napplies_when: {{{_TERMS}}}\nchildren:\n{_ITEM}'.encode
        ),
    },
    "table": {
        "over-20-mb": lambda: b"x" * (MAX_TABLE + 1),
        "a-hundred-thousand-rows": lambda: _PASTED.encode() * 20_000,
        "nothing-but-tabs": lambda: b"\t" * 2_000_000,
        "nothing-but-line-breaks": lambda: b"\n" * 2_000_000,
        "a-cell-of-4-mb": lambda: (
            "考评内容\t分值\t考评办法\n有\t5\t" + "无扣" * 2_000_000
        ).encode(),
        "ok-a-method-of-the-same-words": lambda: (_PASTED + "有\t5\t" + "应按" * 2900).encode(),
        "a-bomb": lambda: _zip(b"\0" * 30_000_000, 3),
        "ten-thousand-parts": lambda: _zip(b"", 10_000),
    },
    "answers": {
        "nothing-but-brackets": lambda: b"[" * MAX_BYTES,
        "ok-nothing-but-line-breaks": lambda: b"\n" * 1_000_000,
        "lines-that-are-no-answers": lambda: b"1\n" * (MAX_BYTES // 2),
        "ok-hundreds-of-empty-assessments": lambda: b'{"scheme":"tobacco"}\n' * 200,
        "the-same-key": lambda: b"{" + b'"a":1,' * 150_000 + b'"a":1}',
        "unknown-findings": lambda: _findings(1),
        "negative-findings": lambda: _findings(-(10**20)),
        "a-number-of-4-mb": lambda: b'{"scheme": ' + b"9" * 4_000_000 + b"}",
        "a-standard-of-4-mb": lambda: b'{"scheme": "' + b"x" * 4_000_000 + b'"}',
        "over-the-limit": lambda: b" " * (50 * 1024 * 1024 + 1),
    },
}
"""By family and name."""

TAKES_LONG = {"ok-hundreds-of-empty-assessments"}
"""Hundreds of inputs in one, which may take as many seconds."""
