"""Links within running text that open an item: one element for a whole list, and a new window too.

assets/ways.js follows them without loading the page anew, and so does a click on a picture's spoke.
"""

from urllib.parse import urlencode

from planning.group import is_chosen
from scoring.applicability import Status
from scoring.result import ItemResult, Result, SectionResult
from ui import session
from wording.labels import node_title, plain
from wording.numbers import NOT_APPLICABLE, below_sign, percent_words


def element_row(result: Result, element: SectionResult) -> str:
    """An element's score and progress in one line of Markdown; its name opens it."""
    name = plain(node_title(element.section))
    if not element.applicable:
        return f"{name}　{NOT_APPLICABLE}"
    sign = below_sign(result.scheme) if result.is_below(element) else ""
    progress = f"已核查 {element.reviewed}/{element.applicable_items}"
    percent = percent_words(result.scheme, element.percent)
    return f"{sign}{_opens(name, result, first_of(element))}　**{percent}**　{progress}"


def item_row(result: Result, item: ItemResult) -> str:
    """An item's name, which opens it."""
    return _opens(plain(node_title(item.item)), result, item.item.id)


def first_of(element: SectionResult) -> str:
    """The id of the item that an element is opened at: the first not looked at, or the first."""
    shown = [item for item in element.items if item.status in (Status.APPLIES, Status.MARKED)]
    return next((i.item.id for i in shown if i.pending), (shown or element.items)[0].item.id)


def _opens(words: str, result: Result, item_id: str) -> str:
    """words: Markdown; they stay words for who may not answer the item."""
    part = session.part()
    own = is_chosen(result.scheme, item_id, part)
    found = session.settle_address()
    if found is None or not own or not session.may_answer():
        return words
    name, value = (session.LINK, found.token) if found.token else (session.ID, found.id)
    return f"[{words}](assess?{urlencode({name: value, 'item': item_id})})"
