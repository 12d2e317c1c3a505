"""`python -m benchmarks.soak [NAME…] [--short]`: run the whole soak, or parts of it.

Only a whole run that is not short writes its part of benchmarks/results.md.
"""

import argparse
import sys
from datetime import date

from benchmarks.results import RESULTS, machine, table, write_part
from benchmarks.soak import attacked, away, crowd, kill, mixed, writers
from benchmarks.soak.outcome import Outcome

_ALL = {
    "kill": kill,
    "mixed": mixed,
    "writers": writers,
    "away": away,
    "crowd": crowd,
    "attacked": attacked,
}
_PACKAGES = ["streamlit", "pydantic", "tinydb", "filelock", "websockets"]


def main() -> int:
    """Exit status 1 when a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(_ALL))
    parser.add_argument("--short", action="store_true", help="a minute instead of half an hour")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in _ALL]
    if unknown:
        parser.error(f"no part {unknown[0]}; there are {', '.join(_ALL)}")
    outcomes = {}
    for name in options.names or _ALL:
        print(f"{name} …", file=sys.stderr, flush=True)
        outcomes[name] = _ALL[name].run(options.short)
        print(table(outcomes[name].rows), flush=True)
    if not options.names and not options.short:
        write_part(RESULTS, _page(outcomes))
    return 0 if all(outcome.met for outcome in outcomes.values()) else 1


def _page(outcomes: dict[str, Outcome]) -> str:
    """The results with what is needed to repeat and to judge them."""
    parts = [
        "# Soak",
        f"Written by `make soak` on {date.today()}, which repeats all of it.",
        f"Machine: {machine(_PACKAGES)}.",
    ]
    for name, outcome in outcomes.items():
        parts += [
            f"## {name}",
            f"Repeat with `python -m benchmarks.soak {name}`. Target: {outcome.target} – "
            f"{'met' if outcome.met else 'missed'}.",
            table(outcome.rows),
            (_ALL[name].__doc__ or "").strip(),
        ]
    return "\n\n".join(parts)


if __name__ == "__main__":
    sys.exit(main())
