"""Ids of older versions in answers that name none, by a library whose versions are made up."""

import shutil
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from schemes import Facet, Library, Scheme
from schemes.tree import AppliesWhen, Option
from scoring.problems import AnswersError, Problem, ProblemKind
from scoring.reading import parse
from scoring.versions import OlderIds, add_scheme, library_of
from tests.conftest import LIBRARY

OLD, NEW = Library(LIBRARY).history("workshop")


class History:
    """As much of a library as is asked for its versions, oldest first."""

    def __init__(self, *versions: Scheme) -> None:
        self.versions = versions

    def history(self, _: str) -> list[Scheme]:
        return list(self.versions)


def _with(version: str, *facets: Facet) -> Scheme:
    return replace(OLD, version=version, facets=facets)


def _facet(facet_id: str, *options: str, was: tuple[str, ...] = ()) -> Facet:
    made = tuple(Option(option, option, None) for option in options)
    return Facet(facet_id, facet_id, None, True, made, AppliesWhen(), was)


def _ids(*versions: Scheme) -> OlderIds:
    history: Any = History(*versions)
    return OlderIds(history, versions[-1])


def test_a_facet_without_an_heir_is_named_with_the_version_that_had_it() -> None:
    ids = _ids(
        _with("1.0", _facet("gone", "x"), _facet("stays", "x")), _with("2.0", _facet("stays", "x"))
    )
    assert (ids.facet("stays"), ids.facet("gone"), ids.facet("never")) == ("stays", "gone", "never")
    assert ids.former == {"gone": "1.0"}


def test_an_option_without_an_heir_is_named_with_the_version_that_had_it() -> None:
    ids = _ids(_with("1.0", _facet("kind", "a", "b")), _with("2.0", _facet("kind", "a")))
    assert (ids.option("kind", "a"), ids.option("kind", "b"), ids.option("kind", "c")) == (
        "a",
        "b",
        "c",
    )
    assert ids.former == {"b": "1.0"}


def test_an_option_is_looked_up_within_what_its_facet_became() -> None:
    newest = _with("2.0", _facet("trade", "a", was=("kind",)), _facet("other", "b"))
    ids = _ids(_with("1.0", _facet("kind", "a", "b")), newest)
    assert (ids.facet("kind"), ids.option("kind", "a"), ids.option("kind", "b")) == (
        "trade",
        "a",
        "b",
    )
    assert ids.former == {"b": "1.0"}


def test_the_latest_version_that_knows_an_id_is_asked() -> None:
    ids = _ids(
        _with("1.0", _facet("first", "x"), _facet("both", "x")),
        _with("2.0", _facet("both", "x")),
        _with("3.0", _facet("new", "x")),
    )
    assert [ids.facet(name) for name in ("first", "both", "new")] == ["first", "both", "new"]
    assert ids.former == {"first": "1.0", "both": "2.0"}


def test_an_older_version_between_two_others_is_asked_too() -> None:
    ids = _ids(
        _with("1.0", _facet("old", "x")),
        _with("2.0", _facet("short", "x")),
        _with("3.0", _facet("new", "x")),
        _with("4.0", _facet("new", "x")),
    )
    assert ids.facet("short") == "short"
    assert ids.former == {"short": "2.0"}


def test_a_folder_brings_that_standard_only_into_reach() -> None:
    library = library_of(LIBRARY.parent / "schemes" / "mini-percent")
    assert library.ids() == ["mini-percent"]


def test_the_option_of_every_command_says_what_it_takes() -> None:
    parser = ArgumentParser()
    add_scheme(parser)
    words = " ".join(parser.format_help().split())
    assert "--scheme FOLDER the folder of a standard not installed" in words


def test_an_id_that_only_the_older_of_two_versions_knows_is_refused_with_it(tmp_path: Path) -> None:
    folder = shutil.copytree(LIBRARY.parent / "schemes" / "mini-percent", tmp_path / "mini-percent")
    Library(tmp_path).freeze("mini-percent")
    for file, old, new in (
        ("scheme.yaml", 'version: "1"', 'version: "2"'),
        ("elements/01-first.yaml", "          - {id: b, when: 一次十分, deduct: 10}\n", ""),
    ):
        text = (folder / file).read_text("utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new), "utf-8")
    with pytest.raises(AnswersError) as refused:
        parse({"scheme": "mini-percent", "findings": {"1.1.1-b": 1}}, Library(tmp_path))
    kind = ProblemKind.UNKNOWN_CONDITION
    assert refused.value.problems == [Problem("findings.1.1.1-b", kind, former="1")]
