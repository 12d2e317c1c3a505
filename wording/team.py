"""The people of a group as lines that somebody can write: name, post."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from state.documents.assessment import NAME_LENGTH, Member

_MOST = 50
_BETWEEN = re.compile("[，,、：:\t]")


def team_lines(team: Iterable[Member]) -> str:
    """A line for each."""
    return "\n".join(f"{one.name}，{one.post}" if one.post else one.name for one in team)


def team_of(lines: str) -> Iterator[tuple[str, str]]:
    """Name and post of each line that has one, at most fifty; what is too long is cut."""
    written = (line.strip() for line in lines.splitlines())
    for line in islice(filter(None, written), _MOST):
        name, *post = _BETWEEN.split(line, maxsplit=1)
        yield name.strip()[:NAME_LENGTH], "".join(post).strip()[:NAME_LENGTH]
