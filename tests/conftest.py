from pathlib import Path

import pytest

import schemes
from schemes import Scheme

FIXTURES = Path(__file__).parent / "fixtures" / "schemes"


def scheme_named(name: str) -> Scheme:
    """A shipped scheme, or one of the small made-up ones."""
    folder = FIXTURES / name
    return schemes.load_folder(folder) if folder.is_dir() else schemes.load(name)


@pytest.fixture(scope="session")
def condiment() -> Scheme:
    return schemes.load("condiment")


@pytest.fixture(scope="session")
def hazchem() -> Scheme:
    return schemes.load("hazchem")


@pytest.fixture(scope="session")
def mini() -> Scheme:
    return scheme_named("mini-percent")
