"""What a server installs is pinned to the byte, and is what this project asks for."""

import re
from importlib.metadata import distribution

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.hostile.targets import ROOT

LOCK = (ROOT / "requirements-server.txt").read_text(encoding="utf-8")
_LOCKED = re.compile(r"^(\S+)==(\S+)(?: ; (.+?))?((?: \\\n +--hash=sha256:[0-9a-f]{64})+)$", re.M)
VERSIONS = {canonicalize_name(name): version for name, version, _, _ in _LOCKED.findall(LOCK)}


def _asked_for(*files: str) -> list[Requirement]:
    lines = [line for file in files for line in (ROOT / file).read_text("utf-8").splitlines()]
    return [Requirement(line) for line in lines if line and line[0] not in "-#"]


SERVER = _asked_for("requirements.txt", "requirements-postgres.txt", "requirements-login.txt")


def _needed() -> dict[str, list[Requirement]]:
    """Everything a server asks for, and all that this needs in turn."""
    needed: dict[str, list[Requirement]] = {}
    left = [*SERVER]
    while left:
        requirement = left.pop()
        name = canonicalize_name(requirement.name)
        seen = needed.setdefault(name, [])
        if requirement in seen:
            continue
        seen.append(requirement)
        environments = [default_environment() | {"extra": e} for e in requirement.extras or {""}]
        for line in distribution(name).requires or []:
            below = Requirement(line)
            if below.marker is None or any(map(below.marker.evaluate, environments)):
                left.append(below)
    return needed


def test_every_line_of_the_lock_is_a_version_with_its_hashes() -> None:
    rest = _LOCKED.sub("", LOCK)
    assert [line for line in rest.splitlines() if line and not line.startswith("#")] == []
    assert "://" not in LOCK


@pytest.mark.parametrize("requirement", SERVER, ids=str)
def test_the_lock_has_the_versions_of_the_requirements(requirement: Requirement) -> None:
    assert f"=={VERSIONS[canonicalize_name(requirement.name)]}" == str(requirement.specifier)


def test_the_lock_has_all_that_is_needed_in_versions_that_fit() -> None:
    for name, requirements in _needed().items():
        for requirement in requirements:
            assert requirement.specifier.contains(VERSIONS[name], prereleases=True), requirement


@pytest.mark.parametrize(
    "file",
    [
        f"requirements{part}.txt"
        for part in ("", "-postgres", "-login", "-dev", "-bench", "-fuzz", "-tools")
    ],
)
def test_every_requirement_is_pinned_to_one_version(file: str) -> None:
    assert all(re.fullmatch(r"==[^*,]+", str(r.specifier)) for r in _asked_for(file))
