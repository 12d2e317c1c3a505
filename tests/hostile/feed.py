"""`python -m tests.hostile.feed FAMILY NAME…`: inputs, each on its own, in one fresh process.

NAME: a file of the corpus or one of `large.LARGE`. Prints a line of JSON for each: its
name, the refusal or null, and how many bytes the process has grown since it began. A crash
or hang ends the process; the last name printed tells before which input.
"""

import json
import resource
import sys

import schemes
from tests.hostile.large import LARGE, TAKES_LONG
from tests.hostile.targets import CORPUS, FAMILIES
from tests.hostile.watchdog import SECONDS, watched


def main() -> None:
    """Feed the inputs named on the command line."""
    family, *names = sys.argv[1:]
    for scheme_id in schemes.available():  # what any server has read before
        schemes.load(scheme_id)
    FAMILIES[family](b"")
    large = LARGE.get(family, {})
    contents = {n: large[n]() if n in large else (CORPUS / family / n).read_bytes() for n in names}
    start = _peak()
    for name, content in contents.items():
        with watched(SECONDS * 1000 if name in TAKES_LONG else SECONDS):
            refusal = FAMILIES[family](content)
        print(json.dumps([name, refusal, _peak() - start]), flush=True)


def _peak() -> int:
    """Most memory this process has had so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    main()
