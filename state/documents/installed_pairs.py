"""Which row of the version before a row of a standard in the making is, said by hand.

What the comparison recognised may be wrong both ways; answers follow what is said here.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from schemes import Item, Scheme
from schemes.held import Content
from state.documents.installed import StandardFault
from state.documents.installed_changes import SchemeChange, every_node, placed, to_content
from state.documents.installed_next import lettered, renamed


def same_row(item_id: str, older: Item) -> SchemeChange:
    """Say that a row is an older one: the answers to it go there.

    Circumstances that say the same take the ids that they had, so that each answer finds its own.
    Raises, when applied: StandardFault where another row is that one already.
    """

    def change(content: Content) -> None:
        for row in placed(content):
            if row.id != item_id and older.id in row.node.get("was", []):
                raise StandardFault(f"{row.id} 已经是原来的 {older.id}：先把它们分开")
        node = _row(content, item_id)
        node["was"] = [older.id]
        if node.get("conditions"):
            before = [{"id": one.key, "when": one.when} for one in older.conditions]
            node["conditions"] = renamed(before, node["conditions"], "when")

    return to_content(change)


def another_row(item_id: str, older_id: str, old: Scheme) -> SchemeChange:
    """Say that a row is not the older one that it was taken for: it is new, and that one is gone.

    A row whose number was an older row's gets a letter, and so does one that would inherit by
    its number alone what is now nobody's: no answer goes to either by mistake.
    """

    def change(content: Content) -> None:
        _row(content, item_id).pop("was", None)
        rows = placed(content)
        claimed = {older for row in rows for older in row.node.get("was", [])}
        taken = {*old.items, *(name for name, _ in every_node(content))}
        for row in rows:
            name = row.id
            heir = name == older_id and not set(row.node.get("was", [])) & set(old.items)
            if (name == item_id and item_id in old.items) or (heir and older_id not in claimed):
                fresh = next(one for one in lettered(name) if one not in taken)
                taken.add(fresh)
                _row(content, name)["id"] = fresh
                content["scheme"] = _renumbered(content["scheme"], name, fresh)

    return to_content(change)


def _row(content: Content, item_id: str) -> dict[str, Any]:
    for name, node in every_node(content):
        if name == item_id:
            return node
    raise StandardFault(f"没有编号为 {item_id} 的内容")


def _renumbered(main: Mapping[str, Any], before: str, now: str) -> Content:
    """With grades that ask for a row under its other number."""
    return {**main, **dict(_grades(main, before, now))}


def _grades(main: Mapping[str, Any], before: str, now: str) -> Iterator[tuple[str, Any]]:
    if main.get("grades"):
        yield "grades", [_asking(grade, before, now) for grade in main["grades"]]


def _asking(grade: Mapping[str, Any], before: str, now: str) -> dict[str, Any]:
    asked = grade.get("items")
    if not asked or before not in asked:
        return dict(grade)
    if isinstance(asked, list):
        return {**grade, "items": [now if i == before else i for i in asked]}
    return {**grade, "items": {now if i == before else i: line for i, line in asked.items()}}
