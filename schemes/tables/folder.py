"""A draft written as a scheme folder, whole or not at all."""

import re
import shutil
import string
import tempfile
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from schemes.loader import load_folder
from schemes.problems import SchemeError
from schemes.tables.grammar import Effect
from schemes.tables.marks import asked_by
from schemes.tables.parts import Draft, Item, Section
from schemes.tables.problems import TableError
from schemes.tree import Scheme

_ID = re.compile(r"[A-Za-z0-9_.-]{1,40}")


def write_folder(
    draft: Draft, folder: Path, title: str, grades: Mapping[str, Decimal] | None, source: str
) -> Scheme:
    """Write the draft as a scheme and read it back.

    grades: lines in the total's own unit, highest first, instead of those that were proposed.
    Raises: TableError, with nothing written.
    """
    folder = folder.resolve()
    if not _ID.fullmatch(folder.name):
        raise TableError(
            f"文件夹名 {folder.name} 就是标准的编号，只能用字母、数字、点、横线和下划线"
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise TableError(f"{folder} 已经存在：换一个文件夹，导入不会覆盖已有的内容")
    content = folder_content(draft, folder.name, title, grades, source)
    files = {"scheme.yaml": content["scheme"]}
    for place, element in enumerate(content["elements"], 1):
        files[f"elements/{place:02}-{_safe(element['id'])}.yaml"] = element
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".import-", dir=folder.parent) as home:
            made = Path(home) / folder.name
            (made / "elements").mkdir(parents=True)
            for name, content in files.items():
                (made / name).write_text(_yaml(content), encoding="utf-8", newline="\n")
            scheme = load_folder(made)
            if folder.exists():
                folder.rmdir()
            shutil.move(made, folder)
    except SchemeError as error:
        lines = [
            f"{p.file.name}:{p.line}: {p.fault}；改法：{p.remedy}" for p in error.problems[:10]
        ]
        raise TableError("读出来的内容不成一个标准：", *lines) from error
    except OSError as error:
        raise TableError(f"无法写入 {folder}（{error.strerror or error}）") from error
    return scheme


def folder_content(
    draft: Draft, name: str, title: str, grades: Mapping[str, Decimal] | None, source: str
) -> dict[str, Any]:
    """What the folder's files say, as `schemes.held` has it. name: the standard's id."""
    return {
        "scheme": _scheme(draft, name, title, grades, source),
        "elements": [_section(element) for element in draft.elements],
    }


def _scheme(
    draft: Draft, name: str, title: str, grades: Mapping[str, Decimal] | None, source: str
) -> dict[str, Any]:
    proposed = draft.proposals
    lines = grades if grades is not None else {g.title: g.value for g in proposed.grades}
    readings = []
    if grades is None:
        readings += [
            {"topic": f"{g.title}的评分线", "reading": f"取 {g.value} 分，据：{g.sentence}"}
            for g in proposed.grades
        ]
    asked = {grade: _asked(draft, grade, list(lines)) for grade in lines}
    readings.append(
        {
            "topic": "导入时的约定",
            "reading": "空项不计入满分；等级只按总分定，安全绩效等其他要求没有导入"
            if not any(asked.values())
            else "空项不计入满分；等级按总分和带星的内容得满分定，安全绩效等其他要求没有导入",
        }
    )
    if any(e.amount for item in draft.items for e in item.effects):
        readings.append(
            {
                "topic": "扣几分由评的人定的",
                "reading": "每 0.5 分一档；没有写“每”的，合计不超过大的数",
            }
        )
    weighted = any(element.weight is not None for element in draft.elements)
    in_points = grades is None and proposed.in_points(draft.points)
    decimals = int(proposed.decimals.value) if proposed.decimals else 1
    return {
        "id": name,
        "version": "1",
        "title": title,
        "short_title": title[:24],
        "industry": "由表格导入",
        "issuer": "由表格导入，见原文",
        "source_file": source,
        "provenance": "imported",
        "levels": list(draft.levels),
        "full": draft.points,
        "formula": _WEIGHTED if weighted else _PERCENT,
        "scoring": {
            "total": "weighted" if weighted else "percent",
            "decimals": decimals,
            "compare": "rounded" if proposed.decimals else "exact",
            "na": "exclude",
        },
        "grades": [
            _present(
                title=grade,
                total=_percent(line, draft.points, in_points=in_points),
                items=asked[grade] or None,
            )
            for grade, line in lines.items()
        ],
        "interpretations": readings,
        **_bonus(draft),
    }


_PERCENT = "评审评分 = 100 × 实际得分合计 ÷（满分 − 空项分值合计）"
_WEIGHTED = (
    "评审评分 = 100 × Σ 权重 × 要素得分 ÷（要素满分 − 空项分值）"
    "；整个要素不适用时其权重由其余要素分担"
)


def _asked(draft: Draft, grade: str, titles: list[str]) -> list[str]:
    """Items that the grade asks for in full."""
    return [
        i.id for i in draft.items if grade in asked_by(i.stars, draft.marks, titles) and i.points
    ]


def _bonus(draft: Draft) -> dict[str, Any]:
    """A cap of bonuses where an element has nothing else, which could not count without one.

    The rows are marked; whoever confirms them says what the cap is.
    """
    alone = [e for e in draft.elements if not any(i.points for i in e.items)]
    adds = [e for one in alone for item in one.items for e in item.effects if e.add is not None]
    if not adds:
        return {}
    most = sum((e.at_most or e.add or Decimal(0) for e in adds), Decimal(0))
    return {"bonus": {"at_most": most, "above_full": True}}


def _percent(line: Decimal, full: Decimal, *, in_points: bool) -> Decimal:
    """A line in points as the percentage that totals are compared in; more than 100 are points."""
    if line <= 100 and not in_points:
        return line
    return (100 * line / full).quantize(Decimal("0.000001")).normalize() + Decimal(0)


def _section(section: Section) -> dict[str, Any]:
    return _present(
        id=section.id,
        title=section.title,
        weight=section.weight,
        full=section.full,
        children=[_section(c) if isinstance(c, Section) else _item(c) for c in section.children],
    )


def _item(item: Item) -> dict[str, Any]:
    rule = item.rule
    conditions = [] if rule else item.reading.effects
    return _present(
        id=item.id,
        title=item.title or None,
        points=item.points,
        requirement=item.requirement,
        note="；".join(item.reading.notes) or None,
        exhausted_extra=item.reading.exhausted_extra or None,
        levels=[
            {"id": _LEVEL_IDS[place], "title": rank.title, "score": rank.score}
            for place, rank in enumerate(item.reading.ranks)
        ]
        or None,
        ratio=item.reading.ratio and {"per": item.reading.ratio},
        rule=rule
        and _present(
            per_place=rule.per_place,
            starred="forfeit" if rule.starred else None,
            missing_material="forfeit" if rule.missing_material else None,
        ),
        checks=[
            _present(id=name, text=line.text, starred=line.starred or None)
            for name, line in item.checks
        ]
        or None,
        conditions=[
            _condition(key, effect) for key, effect in zip(_keys(), conditions, strict=False)
        ]
        or None,
        unread=item.unread or None,
    )


_LEVEL_IDS = string.ascii_lowercase


def _condition(key: str, effect: Effect) -> dict[str, Any]:
    return _present(
        id=key,
        when=effect.when,
        forfeit=True if effect.forfeit else None,
        deduct=effect.deduct
        if effect.amount is None
        else {
            "from": effect.amount.least,
            "to": effect.amount.most,
            "step": effect.amount.step,
        },
        add=effect.add,
        per=effect.per,
        scope=None if effect.scope == "item" else effect.scope,
        extra=effect.extra or None,
        at_most=effect.at_most,
    )


def _keys() -> Iterator[str]:
    """The ids a, b … z, aa, ab …."""
    yield from string.ascii_lowercase
    for first in string.ascii_lowercase:
        for second in string.ascii_lowercase:
            yield first + second


def _present(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _safe(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.-]", "", name)[:40]


_BASE: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
"""libyaml where it is there: an element of 20 rows in a hundredth of a second."""


class _Dumper(_BASE):  # type: ignore[misc]
    """Writes exact numbers, and no aliases."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's own name
        return True


def _decimal(dumper: yaml.SafeDumper, value: Decimal) -> yaml.ScalarNode:
    text = format(value, "f")
    kind = "float" if "." in text else "int"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", text)


_Dumper.add_representer(Decimal, _decimal)


def _yaml(content: dict[str, Any]) -> str:
    text: str = yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)
    return text
