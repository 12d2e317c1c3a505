"""Runs tests/cases/plans/*.yaml: plans that can be worked out by hand."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from planning.goal import checked_total, goal_of, goal_of_total
from planning.shortest import shortest
from scoring import parse_answers, score
from tests.conftest import scheme_named
from tests.scoring.test_cases import STANDARDS, _bare, _facets
from wording.plan import plan_json

PLANS = Path(__file__).parent.parent / "cases" / "plans"


def _load() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}: {case['name']}")
        for path in sorted(PLANS.glob("*.yaml"))
        for case in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    ]


@pytest.mark.parametrize("case", _load())
def test_plan(case: dict[str, Any]) -> None:
    scheme = scheme_named(case["scheme"])
    record = {question.id: 0 for question in scheme.performance}
    raw = {"scheme": scheme.id, "reviewed": "all", "performance": record, **case["given"]}
    raw["facets"] = _facets(scheme, raw.get("facets", "all"))
    for kind in ("findings", "earlier"):
        raw[kind] = _bare(scheme, raw.get(kind, {}))
    result = score(scheme, parse_answers(scheme, raw))
    if "grade" in case:
        goal = goal_of(result, case["grade"])
    else:
        goal = goal_of_total(checked_total(scheme, case["total"]))
    plan = plan_json(shortest(result, goal))
    plan["fixes"] = {fix["key"]: fix["count"] for fix in plan["fixes"]}
    assert plan["reachable"] == case["expect"].get("reachable", True)
    assert {key: plan[key] for key in case["expect"]} == case["expect"]


@pytest.mark.parametrize("scheme_id", STANDARDS)
def test_there_are_enough_plans(scheme_id: str) -> None:
    cases = [param.values[0] for param in _load()]
    assert sum(case["scheme"] == scheme_id for case in cases) >= 3
