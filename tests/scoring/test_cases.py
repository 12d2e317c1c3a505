"""Runs tests/cases/*.yaml: worked examples that can be checked by hand."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from schemes import Scheme
from scoring import parse_answers, score
from tests.conftest import scheme_named
from wording.output import result_json

CASES = Path(__file__).parent.parent / "cases"


def _load() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}: {case['name']}")
        for path in sorted(CASES.glob("*.yaml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def _facets(scheme: Scheme, given: Any) -> dict[str, list[str]]:
    chosen = {} if given == "all" else dict(given or {})
    if given == "all" or chosen.pop("all", False):
        for facet in scheme.facets:
            options = [option.id for option in facet.options]
            chosen.setdefault(facet.id, options if facet.many else options[:1])
    return chosen


def _check(where: str, expected: dict[str, Any], actual: dict[str, Any]) -> None:
    for key, value in expected.items():
        assert actual[key] == value, f"{where}.{key}: expected {value}, got {actual[key]}"


@pytest.mark.parametrize("case", _load())
def test_case(case: dict[str, Any]) -> None:
    scheme = scheme_named(case["scheme"])
    given = {"scheme": case["scheme"], "reviewed": "all", **case["given"]}
    given["facets"] = _facets(scheme, given.get("facets"))
    result = result_json(score(scheme, parse_answers(scheme, given)))
    expected = dict(case["expect"])
    for kind in ("elements", "items"):
        found = {node["id"]: node for node in result[kind]}
        for node_id, values in expected.pop(kind, {}).items():
            _check(node_id, values, found[node_id])
    assert expected or case["expect"]
    _check("result", expected, result)


def test_there_are_enough_cases_to_trust() -> None:
    assert len(_load()) >= 40
