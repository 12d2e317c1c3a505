"""Runs tests/cases/*.yaml: worked examples that can be checked by hand."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from schemes import Scheme
from scoring import parse_answers, score
from tests.conftest import scheme_named
from wording.output import result_json

CASES = Path(__file__).parent.parent / "cases"
STANDARDS = ("condiment", "hazchem", "model-enterprise", "tobacco")


@cache
def _load() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}: {case['name']}")
        for path in sorted(CASES.glob("*.yaml"))
        for case in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    ]


def _bare(scheme: Scheme, made: dict[str, Any]) -> dict[str, Any]:
    """Findings by id alone, once the words beside each id are seen to be the standard's."""
    bare = {}
    for name, found in made.items():
        condition_id = name.split(" ")[0]
        assert condition_id in scheme.conditions, f"{scheme.id} has no condition {condition_id}"
        right = f"{condition_id} {scheme.conditions[condition_id][1].when}"
        assert name == right, f'write "{right}" for "{name}"'
        bare[condition_id] = found
    return bare


def _facets(scheme: Scheme, given: Any) -> dict[str, list[str]]:
    """The answers, with every other question that is asked answered by all there is, or nothing."""
    chosen = {given: True} if isinstance(given, str) else dict(given or {})
    everything, nothing = chosen.pop("all", False), chosen.pop("none", False)
    if everything or nothing:
        for facet in scheme.facets:
            if not facet.asked_when.met({name: frozenset(kept) for name, kept in chosen.items()}):
                continue
            options = [option.id for option in facet.options]
            some = options if facet.many else options[:1]
            none = ["no"] if facet.yes_no else []
            chosen.setdefault(facet.id, some if everything else none)
    return chosen


def _check(where: str, expected: dict[str, Any], actual: dict[str, Any]) -> None:
    for key, value in expected.items():
        assert actual[key] == value, f"{where}.{key}: expected {value}, got {actual[key]}"


def _of_every_grade(grades: list[dict[str, Any]]) -> list[str]:
    """The gates that no grade meets, where all grades ask for the same."""
    first, *others = [grade["unmet"] for grade in grades]
    assert all(other == first for other in others), "the grades differ: give grades, not unmet"
    return first


@pytest.mark.parametrize("case", _load())
def test_case(case: dict[str, Any]) -> None:
    scheme = scheme_named(case["scheme"], case.get("version"))
    given = {"scheme": case["scheme"], "reviewed": "all", **case["given"]}
    if "version" in case:
        given["version"] = case["version"]
    given["facets"] = _facets(scheme, given.get("facets"))
    for kind in ("findings", "earlier"):
        given[kind] = _bare(scheme, given.get(kind, {}))
    result = result_json(score(scheme, parse_answers(scheme, given)))
    result["states"] = [grade["state"] for grade in result["grades"]]
    result["grades"] = [
        {
            "grade": grade["grade"],
            "met": grade["met"],
            "unmet": [gate["text"] for gate in grade["gates"] if gate["state"] == "unmet"],
        }
        for grade in result["grades"]
    ]
    result["warnings"] = [warning["text"] for warning in result["warnings"]]
    expected = dict(case["expect"])
    if "unmet" in expected:
        result["unmet"] = _of_every_grade(result["grades"])
    for kind in ("elements", "items"):
        found = {node["id"]: node for node in result[kind]}
        for node_id, values in expected.pop(kind, {}).items():
            _check(node_id, values, found[node_id])
    assert expected or case["expect"]
    _check("result", expected, result)


@pytest.mark.parametrize("name", ["2.1.1-c", "2.1.1-c 设置", "2.1.1-c  设置或配备不符合规定"])
def test_a_finding_without_the_right_words_is_told_them(condiment: Scheme, name: str) -> None:
    with pytest.raises(AssertionError, match=r'write "2\.1\.1-c 设置或配备不符合规定"'):
        _bare(condiment, {name: 4})


@pytest.mark.parametrize("scheme_id", STANDARDS)
def test_there_are_enough_cases_to_trust(scheme_id: str) -> None:
    """Of the newest version; those of older ones only show that it stays as it was."""
    assert len(_of_newest(scheme_id)) >= 40


def test_every_major_hazard_and_a_level_veto_has_a_case(hazchem: Scheme) -> None:
    found = {
        name.split(" ")[0]
        for case in _of_newest("hazchem")
        for name in case["given"].get("findings", {})
    }
    grave = {c.id for _, c in hazchem.conditions.values() if c.major or c.scope == "element"}
    assert grave - found == set()


def _of_newest(scheme_id: str) -> list[dict[str, Any]]:
    cases = [param.values[0] for param in _load()]
    return [case for case in cases if case["scheme"] == scheme_id and "version" not in case]
