"""Changes to a standard in the making: pure, and taken back one by one.

They work on the values of its folder (`schemes.held`), so that what is confirmed here and what is
written by hand are one thing; what a row costs is checked by the model that a file is checked by.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from schemes.held import Content, content_of, text_of
from schemes.model import ItemShape
from state.documents.document import NAME_LENGTH
from state.documents.installed import MOST_STEPS, InstalledScheme, StandardFault, Step

SchemeChange = Callable[[InstalledScheme], InstalledScheme]

_NODE = "children"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Placed:
    """An item and the titles of the sections above it."""

    above: tuple[str, ...]
    node: Mapping[str, Any]

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.node["id"])

    @property
    def points(self) -> Decimal:
        """Its full marks."""
        return Decimal(self.node["points"])

    @property
    def unread(self) -> str:
        """What was not read; empty where all was."""
        return str(self.node.get("unread") or "")


def placed(content: Content) -> list[Placed]:
    """Every item in order."""
    return [one for element in content["elements"] for one in _below(element, ())]


def sums(content: Content) -> dict[str, tuple[str, Decimal]]:
    """Title and points of every section, by its id."""
    return {
        str(section["id"]): (str(section["title"]), _points(section))
        for element in content["elements"]
        for section in sections(element)
    }


def total(content: Content) -> Decimal:
    """The points of all items."""
    return sum((_points(element) for element in content["elements"]), Decimal(0))


def set_points(item_id: str, points: Decimal) -> SchemeChange:
    """Give an item other full marks; 0 for one that carries vetoes or bonuses only."""
    return _to_item(
        item_id,
        lambda node: {**node, "points": exact(points, "分值") if points else 0},
    )


def set_item(item_id: str, **values: Any) -> SchemeChange:
    """Give an item other values of the model, None to take one away.

    levels: each with id, title and score; ratio; exhausted_extra; note.
    Raises, when applied: StandardFault.
    """

    def change(node: dict[str, Any]) -> dict[str, Any]:
        told = {k: v for k, v in values.items() if v is not None}
        if "exhausted_extra" in told:
            told["exhausted_extra"] = exact(told["exhausted_extra"], "追加扣分")
        if "levels" in told:
            scores = [one["score"] for one in told["levels"]]
            if len(scores) < 2 or max(scores) != node["points"] or min(scores) == max(scores):
                raise StandardFault("至少写两档，最高的一档等于标准分值，各档得分不同")
            told["levels"] = [
                {**one, "score": exact(one["score"], "得分") if one["score"] else 0}
                for one in told["levels"]
            ]
        rest = {k: v for k, v in node.items() if k not in values}
        return {**rest, **told}

    return _to_item(item_id, change)


def set_requirement(item_id: str, words: str) -> SchemeChange:
    """Say otherwise what is asked for."""
    return _to_item(item_id, lambda node: {**node, "requirement": said(words, "内容")})


def set_conditions(item_id: str, conditions: Sequence[Mapping[str, Any]]) -> SchemeChange:
    """What an item's conditions are, as `schemes.model.ConditionShape` has them.

    Those without an id get one that none had, so that no answer to one stands for another.
    """

    def change(node: dict[str, Any]) -> dict[str, Any]:
        taken = {str(c["id"]) for c in [*node.get("conditions", []), *conditions] if c.get("id")}
        told = []
        for one in conditions:
            name = str(one.get("id") or next(n for n in _names() if n not in taken))
            taken.add(name)
            written = {"id": name, **{k: v for k, v in one.items() if k != "id" and v is not None}}
            written["when"] = said(str(one.get("when") or ""), "情形")
            told.append(_costed(written))
        rest = {k: v for k, v in node.items() if k not in ("conditions", "rule", "checks")}
        kept = node if node.get("checks") else rest
        return {**kept, "conditions": told} if told else dict(kept, conditions=[])

    return _to_item(item_id, change)


def _costed(condition: dict[str, Any]) -> dict[str, Any]:
    """With exact amounts. Raises: StandardFault for some that do not go together."""
    for key in ("deduct", "add", "at_most", "extra"):
        if isinstance(condition.get(key), Decimal):
            condition[key] = exact(condition[key], "扣分" if key != "add" else "加分")
    amount = condition.get("deduct")
    if isinstance(amount, Mapping):
        amount = {key: exact(Decimal(amount[key]), "扣分") for key in ("from", "to", "step")}
        if amount["from"] >= amount["to"] or (amount["to"] - amount["from"]) % amount["step"]:
            raise StandardFault("扣几分到几分：前一个数要小于后一个，相差是每档分数的整数倍")
        condition["deduct"] = amount
    once = amount["to"] if isinstance(amount, Mapping) else condition.get("deduct")
    once = once if once is not None else condition.get("add")
    if condition.get("at_most") is not None and once is not None and condition["at_most"] < once:
        raise StandardFault("合计最多的分数不能小于一次的分数")
    return condition


def accept(item_id: str) -> SchemeChange:
    """Confirm an item as it stands. Raises: StandardFault for one that could cost nothing."""

    def change(node: dict[str, Any]) -> dict[str, Any]:
        if not any(node.get(key) for key in ("conditions", "checks", "levels", "ratio")):
            raise StandardFault("这一条还没有扣分情形：先写至少一条，再确认")
        return {k: v for k, v in node.items() if k != "unread"}

    return _to_item(item_id, change)


def undo(document: InstalledScheme) -> InstalledScheme:
    """Take the latest change back. Raises: StandardFault where there is none."""
    if not document.steps:
        raise StandardFault("没有可以撤销的修改")
    step = document.steps[-1]
    content = content_of(document.content)
    before = _values(step.before)
    if step.node:
        node = _found(content, step.node)
        node.clear()
        node.update(before)
    else:
        content["scheme"] = before
    ids: dict[str, str] = {}
    for name, node in [*every_node(content)] if step.others else ():
        values = _values(step.others.get(name, "{}"))
        node.update(values)
        for key in [key for key, value in values.items() if value is None]:
            del node[key]
        ids |= {name: str(node["id"])} if str(node["id"]) != name else {}
    return _having(_numbered(document, ids), content, document.steps[:-1])


def _numbered(document: InstalledScheme, ids: Mapping[str, str]) -> InstalledScheme:
    """What the file says of each item, under the item's other id. ids: the newer by the older."""
    return document.having(rows={ids.get(i, i): row for i, row in document.rows.items()})


def _values(text: str) -> dict[str, Any]:
    values: dict[str, Any] = content_of(f'{{"scheme":{text},"elements":[]}}')["scheme"]
    return values


def _to_item(item_id: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> SchemeChange:
    def changed(document: InstalledScheme) -> InstalledScheme:
        content = content_of(document.content)
        node = _found(content, item_id)
        before, after = kept_text(node), change(dict(node))
        if after == node:
            return document
        try:
            ItemShape.model_validate(after)
        except ValidationError as error:
            raise StandardFault("这样写不成立：分数要大于 0，文字不能空") from error
        node.clear()
        node.update(after)
        return stepped(document, content, Step(node=item_id, before=before, others={}))

    return changed


def to_content(change: Callable[[Content], None]) -> SchemeChange:
    """A change of the scheme itself and of any of its nodes, taken back as one.

    change: gives nodes and the scheme other values, an item also another id; nodes stay where
    they are.
    """

    def changed(document: InstalledScheme) -> InstalledScheme:
        content = content_of(document.content)
        main, before = kept_text(content["scheme"]), [(i, dict(n)) for i, n in every_node(content)]
        change(content)
        nodes = [*zip(before, every_node(content), strict=True)]
        others = {
            now: text_of({key: older.get(key) for key in keys})
            for (_, older), (now, node) in nodes
            if (keys := _other_keys(older, node))
        }
        if not others and kept_text(content["scheme"]) == main:
            return document
        document = _numbered(document, {was: now for (was, _), (now, _) in nodes if was != now})
        return stepped(document, content, Step(before=main, others=others))

    return changed


def every_node(content: Content) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every section and item by its id, those above before those below."""
    for element in content["elements"]:
        yield from _nodes(element)


def _nodes(node: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield str(node["id"]), node
    for child in node.get(_NODE, []):
        yield from _nodes(child)


def _other_keys(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    keys = [key for key in {**before, **after} if key != _NODE]
    return [key for key in keys if before.get(key) != after.get(key)]


def stepped(document: InstalledScheme, content: Content, step: Step) -> InstalledScheme:
    """The document with a change to it, which `undo` takes back."""
    return _having(document, content, (*document.steps, step)[-MOST_STEPS:])


def _having(
    document: InstalledScheme, content: Content, steps: tuple[Step, ...]
) -> InstalledScheme:
    """With the full marks that the rows have now; what the file printed is kept beside."""
    sum_up(content)
    for element in content["elements"]:
        for section in sections(element):
            section.pop("full", None)
    name = str(content["scheme"]["title"])[:NAME_LENGTH]
    return document.having(content=text_of(content), steps=steps, name=name)


def sum_up(content: Content) -> None:
    """Write the full marks that the rows have now, and those of the parts that are scaled."""
    content["scheme"]["full"] = plain_number(total(content))
    scaled = content["scheme"]["scoring"].get("scaled")
    if scaled:
        parts = [one for one in content["elements"] if one.get("part") in scaled["parts"]]
        content["scheme"]["scoring"] = {
            **content["scheme"]["scoring"],
            "scaled": {**scaled, "to": plain_number(total({"elements": parts}))},
        }


def kept_text(node: Mapping[str, Any]) -> str:
    """A node as a step keeps it. Raises: StandardFault for one that is too long."""
    text = text_of(dict(node))
    if len(text) > 20_000:
        raise StandardFault("这一条太长，请在表里拆成几行再导入")
    return text


def exact(number: Decimal, what: str) -> int | Decimal:
    """A number of points. Raises: StandardFault for none that can be. what: what it is called."""
    if not number.is_finite() or not 0 < number <= 100_000 or -number.as_tuple().exponent > 4:  # type: ignore[operator]
        raise StandardFault(f"{what}要大于 0，不超过 100000，最多四位小数")
    return plain_number(number)


def plain_number(number: Decimal) -> int | Decimal:
    """A number as a file has it."""
    return int(number) if number == number.to_integral_value() else number.normalize()


def said(words: str, what: str) -> str:
    """Words without the space around them. Raises: StandardFault where there are none."""
    if not words.strip():
        raise StandardFault(f"{what}不能空")
    return words.strip()[:_LONGEST]


def _names() -> Iterator[str]:
    yield from _LETTERS
    yield from (first + second for first in _LETTERS for second in _LETTERS)


def _below(node: Mapping[str, Any], above: tuple[str, ...]) -> Iterator[Placed]:
    if _NODE not in node:
        yield Placed(above, node)
    for child in node.get(_NODE, []):
        yield from _below(child, (*above, str(node["title"])))


def sections(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A section and those below it."""
    if _NODE in node:
        yield node
        for child in node[_NODE]:
            yield from sections(child)


def _points(node: Mapping[str, Any]) -> Decimal:
    return sum((one.points for one in _below(node, ())), Decimal(0))


def _found(content: Content, item_id: str) -> dict[str, Any]:
    for one in placed(content):
        if one.id == item_id:
            assert isinstance(one.node, dict)
            return one.node
    raise StandardFault(f"没有编号为 {item_id} 的内容")
