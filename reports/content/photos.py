"""Photos in documents: an annex of those of items, and pairs before and after actions."""

from collections.abc import Iterator

from reports.content.blocks import Block, Heading, Picture, Pictures, Text, Tone
from reports.content.subject import Subject
from scoring.result import Result
from state.documents.action import Action
from wording.labels import node_title
from wording.photos import PAIRS, photo_words


def item_photos(result: Result, subject: Subject) -> list[tuple[str, str, tuple[Picture, ...]]]:
    """Ids of items that have photos, what they are called, and their photos.

    In the order of the standard; what it does not know last. A photo that is lost is left out.
    """
    items = result.scheme.items
    known = [item for item in items if item in subject.photos]
    strange = [item for item in subject.photos if item not in items]
    found = []
    for item in (*known, *strange):
        title = node_title(items[item]) if item in items else item
        read = ((one, subject.picture(one.digest)) for one in subject.photos[item])
        pictures = tuple(
            Picture(data, photo_words(item, number, one.caption))
            for number, (one, data) in enumerate(((o, d) for o, d in read if d), 1)
        )
        if pictures:
            found.append((item, title, pictures))
    return found


def photo_annex(result: Result, subject: Subject, title: str) -> Iterator[Block]:
    """All photos of items under a heading; nothing where there are none."""
    found = item_photos(result, subject)
    if found:
        yield Heading(title, new_page=True, wide=False)
    for _, name, pictures in found:
        yield Text(name, Tone.STRONG)
        yield Pictures(pictures)


def action_photos(actions: list[Action], subject: Subject) -> Iterator[Block]:
    """Photos before and after each action, side by side; nothing where there are none.

    actions: numbered from 1 on, as in the list above.
    """
    begun = False
    for number, action in enumerate(actions, 1):
        pairs = _pairs(action, subject)
        if not pairs:
            continue
        if not begun:
            yield Heading(PAIRS["title"], new_page=True, wide=False)
            begun = True
        words = (
            str(number),
            action.item,
            action.problem.splitlines()[0][:80] if action.problem else "",
        )
        yield Text("　".join(filter(None, words)), Tone.STRONG)
        for pair in pairs:
            yield Pictures(pair)


def _pairs(action: Action, subject: Subject) -> list[tuple[Picture, ...]]:
    """Photos that are there, each beside that of the other time as long as there is one."""
    times = []
    for side in ("before", "after"):
        read = (subject.picture(digest) for digest in getattr(action, side))
        times.append([Picture(data, PAIRS[side]) for data in read if data])
    before, after = times
    count = max(len(before), len(after))
    return [(*before[n : n + 1], *after[n : n + 1]) for n in range(count)]
