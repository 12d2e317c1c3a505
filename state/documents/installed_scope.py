"""Questions of applicability of a standard in the making: what is only looked at where it is."""

from collections.abc import Collection, Mapping
from itertools import count
from typing import Any

from schemes.held import Content
from state.documents.installed import StandardFault
from state.documents.installed_changes import SchemeChange, every_node, said, to_content

_TERMS = "applies_when"
MOST_QUESTIONS = 60
"""More than anybody would answer."""


def add_question(title: str) -> SchemeChange:
    """Ask whether there is something; nothing hangs on it yet. Raises: StandardFault."""

    def change(content: Content) -> None:
        asked = questions(content)
        if len(asked) >= MOST_QUESTIONS:
            raise StandardFault(f"最多 {MOST_QUESTIONS} 个问题")
        name = next(n for i in count(1) if (n := f"f{i}") not in asked)
        facet = {"id": name, "title": said(title, "问题")[:200], "yes_no": True}
        _ask(content, [*asked.values(), facet])

    return to_content(change)


def rename_question(facet_id: str, title: str) -> SchemeChange:
    """Ask in other words. Raises: StandardFault."""

    def change(content: Content) -> None:
        asked = questions(content)
        if facet_id in asked:
            renamed = {**asked[facet_id], "title": said(title, "问题")[:200]}
            _ask(content, [renamed if i == facet_id else one for i, one in asked.items()])

    return to_content(change)


def drop_question(facet_id: str) -> SchemeChange:
    """Ask no longer: what hung on it is looked at everywhere."""

    def change(content: Content) -> None:
        _ask(content, [one for i, one in questions(content).items() if i != facet_id])
        for _, node in every_node(content):
            _set(node, facet_id, False)

    return to_content(change)


def set_ticked(facet_id: str, ticks: Mapping[str, bool]) -> SchemeChange:
    """Say of nodes, by id, whether they are only looked at where the answer is yes."""

    def change(content: Content) -> None:
        if facet_id not in questions(content):
            raise StandardFault("这个问题已被删去")
        for name, node in every_node(content):
            if name in ticks:
                _set(node, facet_id, ticks[name])

    return to_content(change)


def questions(content: Content) -> dict[str, dict[str, Any]]:
    """The questions by id."""
    return {str(one["id"]): one for one in content["scheme"].get("facets", [])}


def ticked(content: Content, facet_id: str) -> set[str]:
    """Ids of the nodes that say themselves that they hang on a question."""
    return {name for name, node in every_node(content) if facet_id in node.get(_TERMS, {})}


def idle(content: Content) -> list[str]:
    """Words of the questions that nothing hangs on, which no standard may have."""
    return [
        str(one["title"])
        for i, one in questions(content).items()
        if one.get("yes_no") and not ticked(content, i)
    ]


def _ask(content: Content, facets: Collection[dict[str, Any]]) -> None:
    main = {k: v for k, v in content["scheme"].items() if k != "facets"}
    content["scheme"] = main | ({"facets": [*facets]} if facets else {})


def _set(node: dict[str, Any], facet_id: str, only: bool) -> None:
    if only == (facet_id in node.get(_TERMS, {})):
        return
    terms = {k: v for k, v in node.get(_TERMS, {}).items() if k != facet_id}
    if only:
        terms[facet_id] = ["yes"]
    node.pop(_TERMS, None)
    if terms:
        node[_TERMS] = terms
