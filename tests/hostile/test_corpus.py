"""Every nasty case is refused in words, within a second, and without much memory."""

import json
import subprocess
import sys

import pytest

from tests.hostile.large import LARGE
from tests.hostile.targets import CORPUS, FAMILIES, ROOT

MOST_MEMORY = 200 * 1024 * 1024
ACCEPTED = "ok-"
"""Begins the names of files that look nasty and are right."""


def _fed(family: str, names: list[str]) -> list[tuple[str, str | None, int]]:
    command = [sys.executable, "-m", "tests.hostile.feed", family, *names]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    answers = [tuple(json.loads(line)) for line in run.stdout.splitlines()]
    fed = [name for name, _, _ in answers]
    assert fed == names, f"after {fed[-1:]}: exit status {run.returncode}\n{run.stderr}"
    return answers


@pytest.mark.parametrize("family", FAMILIES)
def test_small_nasty_inputs_are_refused_in_words_unless_they_are_right(family: str) -> None:
    names = sorted(path.name for path in (CORPUS / family).iterdir())
    assert len(names) > 20
    _answered(_fed(family, names))


@pytest.mark.parametrize("family", LARGE)
def test_large_nasty_inputs_take_neither_long_nor_much_memory(family: str) -> None:
    _answered(_fed(family, list(LARGE[family])))


def _answered(fed: list[tuple[str, str | None, int]]) -> None:
    for name, refusal, growth in fed:
        assert (refusal is None) == name.startswith(ACCEPTED), f"{name}: {refusal}"
        assert growth < MOST_MEMORY, f"{name}: {growth}"
