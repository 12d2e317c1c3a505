"""`python -m tests.hostile.fuzz FAMILY [FOLDER…] [-option=value…]`: coverage-guided fuzzing.

Folders and options are libFuzzer's. It begins with the corpus and valid inputs; inputs that
reach new code are kept in the first folder. See `make fuzz`.
"""

import sys
import tempfile
from pathlib import Path
from random import Random

import atheris

with atheris.instrument_imports(include=["schemes", "scoring", "state"]):
    from tests.hostile.breaking import broken, valid
    from tests.hostile.targets import FAMILIES
from tests.hostile.watchdog import watched


def main() -> None:
    """Fuzz one family until libFuzzer is done."""
    family = sys.argv.pop(1)

    def feed(content: bytes) -> None:
        with watched():
            FAMILIES[family](content)

    with tempfile.TemporaryDirectory() as seeds:
        for place, content in enumerate(valid(family)):
            (Path(seeds) / f"{place}").write_bytes(content)
        atheris.Setup([*sys.argv, seeds], feed, custom_mutator=_mutated)
        atheris.Fuzz()


def _mutated(content: bytes, most: int, seed: int) -> bytes:
    """Bytes changed as libFuzzer does, or something of the structure, which it cannot see."""
    random = Random(seed)
    if random.random() < 0.3:
        return bytes(atheris.Mutate(content, most))
    return broken(content, random)[:most]


if __name__ == "__main__":
    main()
