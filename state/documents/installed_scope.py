"""Questions of applicability of a standard in the making: what is only looked at where it is."""

from collections.abc import Collection, Mapping, Sequence
from itertools import count
from typing import Any

from schemes.held import Content
from state.documents.installed import StandardFault
from state.documents.installed_changes import SchemeChange, every_node, said, to_content

YES = "yes"
"""The answer on which things hang where the question is whether there is something."""
_TERMS, _NOTHING = "applies_when", "selects_nothing"
_GONE = "这个问题或选项已被删去"
MOST_QUESTIONS = 60
"""More than anybody would answer."""
MOST_OPTIONS = 30


def add_question(title: str, options: Sequence[str] = (), many: bool = False) -> SchemeChange:
    """Ask whether there is something or, of options, which; nothing hangs on it yet.

    many: whether more than one of the options may be chosen. Raises: StandardFault.
    """

    def change(content: Content) -> None:
        asked = questions(content)
        if len(asked) >= MOST_QUESTIONS:
            raise StandardFault(f"最多 {MOST_QUESTIONS} 个问题")
        name = next(n for i in count(1) if (n := f"f{i}") not in asked)
        facet: dict[str, Any] = {"id": name, "title": said(title, "问题")[:200]}
        if options:
            facet |= _choices([("", one) for one in options], many, {})
        else:
            facet["yes_no"] = True
        _ask(content, [*asked.values(), facet])

    return to_content(change)


def set_options(facet_id: str, options: Sequence[tuple[str, str]], many: bool) -> SchemeChange:
    """Say which answers a question has: of each the id that it had, empty for a new one, and words.

    What hung on one that is gone, and on nothing else, is looked at everywhere.
    Raises, when applied: StandardFault.
    """

    def change(content: Content) -> None:
        asked = questions(content)
        if facet_id not in asked:
            raise StandardFault(_GONE)
        before = {str(one["id"]): one for one in asked[facet_id].get("options", [])}
        told = {**asked[facet_id], **_choices(options, many, before)}
        kept = {str(one["id"]) for one in told["options"]}
        for _, node in every_node(content):
            for gone in before.keys() - kept:
                _set(node, facet_id, gone, False)
        _ask(content, [told if i == facet_id else one for i, one in asked.items()])
        _mark_idle(content, facet_id)

    return to_content(change)


def _choices(
    options: Sequence[tuple[str, str]], many: bool, before: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    taken = {*before, *(name for name, _ in options)}
    found = []
    for name, words in options:
        if not words.strip():
            continue
        own = name or next(n for i in count(1) if (n := f"o{i}") not in taken)
        taken.add(own)
        found.append({**before.get(own, {}), "id": own, "title": said(words, "选项")[:200]})
    titles = [one["title"] for one in found]
    if not 2 <= len(found) <= MOST_OPTIONS or len(set(titles)) < len(titles):
        raise StandardFault(f"选项写 2 到 {MOST_OPTIONS} 个，各不相同")
    return {"choose": "many" if many else "one", "options": found}


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
            for option in node.get(_TERMS, {}).get(facet_id, ()):
                _set(node, facet_id, option, False)

    return to_content(change)


def set_ticked(facet_id: str, ticks: Mapping[str, bool], option: str = YES) -> SchemeChange:
    """Say of nodes, by id, whether they are looked at where this is the answer.

    A node that names several answers is looked at with any of them, one that names none always.
    """

    def change(content: Content) -> None:
        if option not in options(content, facet_id):
            raise StandardFault(_GONE)
        for name, node in every_node(content):
            if name in ticks:
                _set(node, facet_id, option, ticks[name])
        _mark_idle(content, facet_id)

    return to_content(change)


def questions(content: Content) -> dict[str, dict[str, Any]]:
    """The questions by id."""
    return {str(one["id"]): one for one in content["scheme"].get("facets", [])}


def options(content: Content, facet_id: str) -> dict[str, str]:
    """Answers on which something may hang, with their words; of 有没有 that is 有."""
    facet = questions(content).get(facet_id)
    if facet is None:
        return {}
    if facet.get("yes_no"):
        return {YES: "有"}
    return {str(one["id"]): str(one["title"]) for one in facet.get("options", [])}


def ticked(content: Content, facet_id: str, option: str = YES) -> set[str]:
    """Ids of the nodes that say themselves that they hang on an answer."""
    return {
        name
        for name, node in every_node(content)
        if option in node.get(_TERMS, {}).get(facet_id, ())
    }


def idle(content: Content) -> list[str]:
    """Words of the questions that nothing hangs on, which no standard may have."""
    return [
        str(one["title"])
        for i, one in questions(content).items()
        if not any(ticked(content, i, option) for option in options(content, i))
    ]


def _mark_idle(content: Content, facet_id: str) -> None:
    """Say which answers choose nothing, where others of the same question choose something."""
    facet = questions(content)[facet_id]
    if facet.get("yes_no"):
        return
    used = {option for option in options(content, facet_id) if ticked(content, facet_id, option)}
    told = []
    for one in facet["options"]:
        rest = {key: value for key, value in one.items() if key != _NOTHING}
        told.append(rest if one["id"] in used or not used else {**rest, _NOTHING: True})
    now = {**facet, "options": told}
    _ask(content, [now if i == facet_id else one for i, one in questions(content).items()])


def _ask(content: Content, facets: Collection[dict[str, Any]]) -> None:
    main = {k: v for k, v in content["scheme"].items() if k != "facets"}
    content["scheme"] = main | ({"facets": [*facets]} if facets else {})


def _set(node: dict[str, Any], facet_id: str, option: str, only: bool) -> None:
    before = node.get(_TERMS, {}).get(facet_id, [])
    if only == (option in before):
        return
    now = [*before, option] if only else [one for one in before if one != option]
    terms = {**node.get(_TERMS, {}), facet_id: now}
    terms = {facet: chosen for facet, chosen in terms.items() if chosen}
    node.pop(_TERMS, None)
    if terms:
        node[_TERMS] = terms
