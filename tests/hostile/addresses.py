"""`python -m tests.hostile.addresses RUNS [SEED]`: the app's pages opened with random addresses.

Every page is drawn for real by Streamlit's AppTest. Ends at the first address that gives a stack
trace, takes over a second of processor time, or changes the assessment; and in the end if the
process has grown by more than 200 MB since its first openings.
"""

import os
import resource
import sys
import tempfile
from pathlib import Path
from random import Random

from streamlit.testing.v1 import AppTest

from state.documents.examples import examples
from state.storage.opening import open_repository
from state.storage.repository import Repository
from tests.hostile.payloads import PAYLOADS
from tests.hostile.targets import ROOT
from tests.hostile.watchdog import watched

PAGES = ("start", "enterprise", "scope", "assess", "results", "report", "project", "standards")
KEPT = "0123456789abcdef" * 2
"""The id of the one assessment there is."""

Address = dict[str, str]

_NAMES = ("a", "r", "p", "k", "step", "item", "machine", "standard", "word", "part", "embed", "x")
_NEAR = (KEPT, KEPT, KEPT, KEPT.upper(), KEPT[:-1], f"../{KEPT}", f"{KEPT}.json", KEPT + "\0")
_PLACES = ("1.1.1", "2.1.1", "12.1", "condiment", "tobacco", "A.1-1", "")
_WARM = 500
"""Openings after which every page has been drawn and what it needs is in memory."""

_GROWTH = 200 * 2**20


def random_address(random: Random) -> tuple[str, Address]:
    """A page, and parameters for it: typed at random, nasty, or nearly right."""
    address = {_name(random): _value(random) for _ in range(random.randrange(4))}
    if random.random() < 0.6:
        address["a"] = random.choice(_NEAR)
    if random.random() < 0.3:
        address["item"] = random.choice(_PLACES)
    return random.choice(PAGES), address


def keep_one(repository: Repository) -> None:
    """Keep a filled assessment, for the addresses that lead to one."""
    repository.create(examples()[0].read().having(id=KEPT))


def open_page(app: AppTest, page: str, address: Address) -> None:
    """Open a page with an address. Raises: AssertionError for a stack trace."""
    app.switch_page(f"pages/{page}.py")
    app.query_params.clear()
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, (page, address, app.exception)


def main() -> None:
    """Open pages until RUNS are done."""
    runs, seed = int(sys.argv[1]), int((*sys.argv, "0")[2])
    random = Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ANBIAO_DATA"] = folder
        repository = open_repository(os.environ)
        keep_one(repository)
        before = repository.load(KEPT)
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
        start = 0
        for run in range(runs):
            page, address = random_address(random)
            with watched():
                open_page(app, page, address)
            assert repository.load(KEPT) == before, (page, address)
            assert [path.name for path in Path(folder).glob("*.json")] == [f"{KEPT}.json"]
            if run == _WARM:
                start = _peak()
            if run % 10_000 == 0:
                print(f"{run} of {runs}, at most {_peak() >> 20} MiB", flush=True)
    grown = _peak() - start
    print(f"{runs} addresses, no fault; grown by {grown >> 20} MiB")
    assert runs <= _WARM or grown < _GROWTH


def _name(random: Random) -> str:
    return random.choice(_NAMES) if random.random() < 0.8 else _typed(random) or "x"


def _value(random: Random) -> str:
    return random.choice((*PAYLOADS.values(), *_PLACES, _typed(random), _typed(random)))


def _typed(random: Random) -> str:
    """Text of any characters but lone surrogates, which no address can carry."""
    highest = random.choice((0x7F, 0x7F, 0xFFFF, 0x10FFFF))
    numbers = (random.randrange(highest) for _ in range(random.randrange(60)))
    return "".join(chr(number) for number in numbers if not 0xD800 <= number < 0xE000)


def _peak() -> int:
    """Most memory this process has had so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    main()
