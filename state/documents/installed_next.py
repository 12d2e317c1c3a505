"""A changed table as the next version: rows find those of the version before.

What was confirmed by hand stays where the official words are the same.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from schemes.held import Content, content_of, text_of
from schemes.matching import matched
from state.documents.installed import InstalledScheme, Row
from state.documents.installed_changes import every_node, placed, sum_up
from state.documents.installed_changes import total as total_of
from state.documents.installed_structure import astray, without_parts

_KEPT = ("grades", "performance", "downgrade", "facets", "scoring", "bonus", "formula", "parts")
"""What people say of a standard beside its rows; a table seldom does."""

_MARKED = "applies_when"


def as_next(document: InstalledScheme, before: InstalledScheme) -> InstalledScheme:
    """What was read of a table, as the version that follows what is installed.

    Rows that moved say where from (`was`). A row whose words, points and official text are those
    of the version before is taken over as it was confirmed there; of any other row the questions
    that it hangs on, and the ids of circumstances that say the same. A new row whose number was
    another one's, which is gone, gets a letter, so that no answer goes to it by mistake.
    """
    old, content = content_of(before.content), content_of(document.content)
    rows = dict(document.rows)
    elements = _sections(old, content)
    olds = {row.id: row for row in placed(old)}
    news = {row.id: row for row in placed(content)}
    pairs = matched(
        {i: _words(row.node) for i, row in olds.items()},
        {i: _words(row.node) for i, row in news.items()},
    )
    nodes = {name: node for name, node in every_node(content) if name in news}
    fresh_ids: dict[str, str] = {}
    taken = {name for name, _ in [*every_node(old), *every_node(content)]}
    for name, node in nodes.items():
        if name in pairs:
            older = olds[pairs[name]].node
            there = before.rows.get(pairs[name], Row()).text
            _carry(older, node, _plain(there) == _plain(rows.get(name, Row()).text))
            if pairs[name] != name:
                node["was"] = [pairs[name]]
        elif name in olds and name not in pairs.values():
            fresh = next(one for one in lettered(name) if one not in taken)
            taken.add(fresh)
            node["id"] = fresh
            fresh_ids[name] = fresh
            if name in rows:
                rows[fresh] = rows.pop(name)
    heirs = {older: str(nodes[name]["id"]) for name, older in pairs.items()}
    for grade in content["scheme"].get("grades", []):
        if grade.get("items"):
            lines = _lines(grade["items"]).items()
            grade["items"] = {fresh_ids.get(i, i): line for i, line in lines}
    remarks = [*_facts(old, content, heirs | elements)]
    sum_up(content)
    return document.having(
        content=text_of(content), rows=rows, remarks=(*document.remarks, *remarks)
    )


def _words(node: Mapping[str, Any]) -> str:
    """The words of a row; a check list stands under a short title, so its checks count."""
    checks = "".join(str(check.get("text", "")) for check in node.get("checks", []))
    return f"{node['requirement']}{checks}"


def _plain(text: str) -> str:
    """Without space: lines break elsewhere in another file of the same table."""
    return "".join(text.split())


def _carry(older: Mapping[str, Any], node: dict[str, Any], same_text: bool) -> None:
    same = same_text and older["points"] == node["points"] and _listed(older) == _listed(node)
    if same and _plain(older["requirement"]) == _plain(node["requirement"]):
        kept = {k: v for k, v in older.items() if k not in ("id", "was", "title")}
        own = {k: v for k, v in node.items() if k in ("id", "title")}
        node.clear()
        node.update({**own, **kept})
        return
    if older.get(_MARKED):
        node[_MARKED] = older[_MARKED]
    for key, words in (("conditions", "when"), ("checks", "text")):
        if node.get(key) and all(words in one for one in [*older.get(key, []), *node[key]]):
            node[key] = renamed(older.get(key, []), node[key], words)


def _listed(node: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    return [(one.get("text"), one.get("starred")) for one in node.get("checks", [])]


def renamed(
    older: list[dict[str, Any]], newer: list[dict[str, Any]], words: str
) -> list[dict[str, Any]]:
    """Circumstances or checks under the ids that they had; what is new under one that none had.

    words: the key of what each says.
    """
    pairs = matched(
        {str(one["id"]): str(one[words]) for one in older},
        {str(one["id"]): str(one[words]) for one in newer},
    )
    taken = {str(one["id"]) for one in older}
    told = []
    for one in newer:
        name = str(one["id"])
        now = pairs.get(name) or next(n for n in (name, *lettered(name)) if n not in taken)
        taken.add(now)
        told.append({**one, "id": now})
    return told


def lettered(name: str) -> list[str]:
    """Ids beside one that is taken."""
    letters = "bcdefghijklmnopqrstuvwxyz"
    return [f"{name}{one}" for one in letters] + [f"{name}x{n}" for n in range(1, 10_000)]


def _sections(old: Content, content: Content) -> dict[str, str]:
    """Headings by their words and those above them; questions, weights and parts go with them.

    Returns: newer ids by older ones.
    """
    by_words = dict(_headed(old))
    pairs: dict[str, dict[str, Any]] = {}
    for words, node in _headed(content):
        older = by_words.get(words)
        if older is None:
            continue
        pairs[str(node["id"])] = older
        for key in (_MARKED, "weight", "part"):
            if older.get(key):
                node[key] = older[key]
    same = {name for name, older in pairs.items() if str(older["id"]) == name}
    for _, node in _headed(content):
        older = pairs.get(str(node["id"]))
        if older is not None and str(node["id"]) not in same:
            node["was"] = [str(older["id"])]
    return {str(older["id"]): name for name, older in pairs.items()}


def _headed(content: Content) -> list[tuple[tuple[str, ...], dict[str, Any]]]:
    found: list[tuple[tuple[str, ...], dict[str, Any]]] = []

    def below(node: dict[str, Any], above: tuple[str, ...]) -> None:
        if "children" in node:
            words = (*above, "".join(str(node["title"]).split()))
            found.append((words, node))
            for child in node["children"]:
                below(child, words)

    for element in content["elements"]:
        below(element, ())
    return found


def _facts(old: Content, content: Content, heirs: Mapping[str, str]) -> Iterable[str]:
    """What was said beside the rows stays; where the table says otherwise, that is told.

    heirs: newer ids of rows and elements by older ones.
    """
    before, main = old["scheme"], dict(content["scheme"])
    read = {str(grade["title"]): grade for grade in main.get("grades", [])}
    told = [f"{title} {grade['total']}" for title, grade in read.items()]
    known = [f"{g['title']} {g['total']}" for g in before.get("grades", [])]
    if told and known and told != known:
        yield f"等级仍按上一版（{'、'.join(known)}）；这张表的说明写着：{'、'.join(told)}"
    weighs = "weighted" in (before["scoring"]["total"], main["scoring"]["total"])
    for key in _KEPT:
        if before.get(key):
            main[key] = before[key]
    if known:
        main["grades"] = [
            _grade(grade, read.get(str(grade["title"]), {}), heirs) for grade in before["grades"]
        ]
    rows = placed(content)
    if not any(one.get("add") for row in rows for one in row.node.get("conditions", [])):
        main.pop("bonus", None)
    total = "weighted" if weighs and _all_weigh(content) else before["scoring"]["total"]
    if total == "weighted" and not _all_weigh(content):
        total = "percent"
        yield "要素变了，上一版的权重没有带过来：请在“部分与权重”里重新写"
    main["scoring"] = {**main["scoring"], "total": total}
    content["scheme"] = main
    if main.get("parts") and astray(content):
        yield "要素变了，上一版的部分没有带过来：请在“部分与权重”里重新写"
        without_parts(content)
    for element in content["elements"]:
        if content["scheme"]["scoring"]["total"] != "weighted":
            element.pop("weight", None)
        yield from _weights_below(element)


def _weights_below(section: dict[str, Any]) -> Iterable[str]:
    """Weights below a heading stay where every heading there still has one."""
    below = [child for child in section.get("children", []) if "children" in child]
    weights = [child.get("weight") for child in below]
    whole = all(weights) and sum(weights) == 1 and len(below) == len(section["children"])
    if any(weights) and not whole:
        yield f"“{section['title']}”下面的各项变了，上一版的权重没有带过来"
        for child in below:
            child.pop("weight", None)
    for child in below:
        yield from _weights_below(child)


def _grade(
    grade: Mapping[str, Any], read: Mapping[str, Any], heirs: Mapping[str, str]
) -> dict[str, Any]:
    """A grade with what it asks of rows and elements, and what the table asks of new ones."""
    found = {key: value for key, value in grade.items() if key not in ("items", "elements")}
    for key in ("items", "elements"):
        lines = {heirs[i]: line for i, line in _lines(grade.get(key)).items() if i in heirs}
        lines |= {i: line for i, line in _lines(read.get(key)).items() if i not in lines}
        if lines:
            found[key] = lines
    return found


def _lines(told: Any) -> dict[str, Any]:
    """Lowest percentages by id; a list asks for all points."""
    return dict(told) if isinstance(told, dict) else dict.fromkeys(told or [], 100)


def _all_weigh(content: Content) -> bool:
    """Whether all elements with points have a weight."""
    weights = [
        element.get("weight")
        for element in content["elements"]
        if element.get("weight") or total_of({"elements": [element]})
    ]
    return all(weights) and sum(weights) == 1
