"""A worker that finds its standards where a test has put them."""

import os
from pathlib import Path

from reports import orders
from schemes.library import installed

HOME = "STANDARDS_OF_A_TEST"
"""The folder of standards, told to workers in their surroundings."""


def prepare() -> None:
    installed.home = Path(os.environ[HOME])
    orders.prepare()
