"""Attacks on what one visitor may have, while somebody else clicks: `benchmarks.crowding`.

The attacks are uploads without a pause, pages that send messages or made-up state without a pause,
and 新建 in a loop.
"""

from benchmarks import crowding
from benchmarks.soak.outcome import Outcome

SHORT = 10.0


def run(short: bool) -> Outcome:
    """As the benchmark, or a look at it."""
    found = crowding.rows(SHORT, SHORT) if short else crowding.run()
    header = ["figure", "under attack", "beside"]
    rows = [header, *([row.name, *row.cells()[1:3]] for row in found)]
    target = "p95 of a click at most 1 s, at most 1,000 MB held"
    return Outcome(rows, target, not any(row.met is False for row in found))
