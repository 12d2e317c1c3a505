"""`python -m scoring` as other programs call it: the shapes they get, and how it says no."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import schemes
from schemes import Scheme
from scoring import AnswersError, Result, parse_answers, score
from scoring.answers import MAX_COUNT
from scoring.reading import decode, parse
from tests.commands import Finished, run_command
from tests.conftest import scheme_named
from wording.output import result_json, scheme_json
from wording.problems import problem_words

ROOT = Path(__file__).parent.parent.parent
Run = Callable[..., Finished]

SOY_SAUCE: dict[str, Any] = {
    "scheme": "condiment",
    "facets": {"product": ["soy_sauce"], "equipment": ["cold_store", "warehouse"]},
    "performance": {"deaths": 0, "serious_injuries": 1},
    "not_applicable": ["6.2.9"],
    "reviewed": ["1.1.1", "1.1.2"],
    "findings": {"2.1.1-c": 2, "7.1.4-d": 1, "4.1.2-c": 0},
}
RESIN: dict[str, Any] = {
    "scheme": "hazchem",
    "facets": {"enterprise": ["production"], "contractor": ["no"]},
    "reviewed": "all",
    "findings": {"1.1-d": 3, "12.1-a": 1},
}
DELIVERY: dict[str, Any] = {
    "scheme": "tobacco",
    "facets": {"enterprise": ["commercial"], "distribution": ["delivery"], "storage": ["tobacco"]},
    "performance": {"target_missed": 0, "major_accident": 0},
    "reviewed": "all",
    "findings": {"D.1-2-2.1": 1},
    "earlier": {"D.1-2-2.3": {"count": 4, "rectified": 1, "planned": 2}},
}
TANK_FARM: dict[str, Any] = {"scheme": "model-enterprise", "findings": {"2.4.2-b": 3}}


def _score_one(raw: Any) -> Result:
    parsed = parse(raw)
    return score(parsed.scheme, parsed.answers)


@pytest.fixture(scope="session")
def run() -> Run:
    """Runs one command the way a script would."""

    return partial(run_command, "scoring")


def _file(folder: Path, answers: Any, name: str = "answers.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(answers, ensure_ascii=False), encoding="utf-8")
    return path


def _no_float(digits: str) -> None:
    pytest.fail(f"{digits} should be a decimal string")


def _decoded(text: str) -> Any:
    return json.loads(text, parse_float=_no_float)


def _scored(raw: dict[str, Any]) -> dict[str, Any]:
    scheme = schemes.load(raw["scheme"])
    return result_json(score(scheme, parse_answers(scheme, raw)))


# The contract: keys that are always there, and keys that may be.
SHAPES: dict[str, tuple[set[str], set[str]]] = {
    "scheme": (
        {"id", "version", "title", "levels", "facets", "performance", "grades", "children"},
        {"application"},
    ),
    "facet": ({"id", "title", "choose", "options"}, {"asked_when", "was"}),
    "option": ({"id", "title"}, {"was"}),
    "application": ({"id", "text", "provenance"}, {"grades", "source"}),
    "performance": ({"id", "title", "type"}, set()),
    "section": (
        {"id", "title", "children"},
        {"weight", "applies_when", "variant_of", "source", "was"},
    ),
    "item": (
        {"id", "title", "requirement", "points", "na", "provenance", "checks", "conditions"},
        {"applies_when", "variant_of", "exhausted_extra", "source"}
        | {"note", "conditions_provenance", "groups", "was"},
    ),
    "group": ({"id", "title"}, set()),
    "check": ({"id", "text", "starred"}, {"applies_when", "group", "hint", "was"}),
    "condition": (
        {"id", "when", "effect", "scope"},
        {"points", "per", "extra", "major", "check", "applies_when", "was"},
    ),
    "result": (
        {"scheme", "version", "total", "total_exact", "full", "grade", "grades", "elements"}
        | {"items", "losses", "reviewed", "applicable_items", "low", "high", "excluded"}
        | {"unanswered_facets", "warnings"},
        set(),
    ),
    "grade result": ({"grade", "met", "state", "gates"}, set()),
    "gate": ({"kind", "subject", "value", "low", "high", "line", "state", "text"}, set()),
    "element result": (
        {"id", "title", "score", "low", "high", "full", "percent", "applicable", "extra"},
        set(),
    ),
    "item result": (
        {"id", "score", "low", "high", "full", "applicable", "reviewed"},
        {"groups"},
    ),
    "loss": ({"rule", "item", "count", "planned", "charged", "taken"}, {"condition"}),
    "excluded": ({"by_facet", "by_hand", "share"}, set()),
    "warning": ({"kind", "subjects", "text"}, set()),
}


def _assert_shape(kind: str, value: dict[str, Any]) -> None:
    always, sometimes = SHAPES[kind]
    missing, strange = always - value.keys(), value.keys() - always - sometimes
    assert not missing, f"{kind} {value.get('id')} lacks {missing}"
    assert not strange, f"{kind} {value.get('id')} has {strange}, which the contract does not know"


def _assert_number(value: Any) -> None:
    assert isinstance(value, str)
    assert re.fullmatch(r"\d+(\.\d+)?", value), value


def _assert_node(node: dict[str, Any], options: dict[str, set[str]]) -> None:
    """One node of the tree and everything below it."""
    if "children" in node:
        _assert_shape("section", node)
        _assert_numbers(node, "weight")
        for child in node["children"]:
            _assert_node(child, options)
    else:
        _assert_item(node, options)
    _assert_applies_when(node, options)


def _assert_item(item: dict[str, Any], options: dict[str, set[str]]) -> None:
    _assert_shape("item", item)
    _assert_numbers(item, "points", "exhausted_extra")
    assert item["na"] in {"exclude", "full_credit", "forbidden"}
    assert item["provenance"] in {"official", "compiled"}
    for group in item.get("groups", ()):
        _assert_shape("group", group)
    groups = {group["id"] for group in item.get("groups", ())}
    for check in item["checks"]:
        _assert_shape("check", check)
        assert check.get("group") in groups | {None}
        _assert_applies_when(check, options)
        assert isinstance(check["starred"], bool)
    for condition in item["conditions"]:
        _assert_shape("condition", condition)
        _assert_numbers(condition, "points", "extra")
        _assert_applies_when(condition, options)
        assert condition["effect"] == ("deduct" if "points" in condition else "forfeit")
        assert condition["scope"] in {"item", "section", "element"}
        assert condition.get("major", True) is True
        if "check" in condition:
            assert condition["check"] in {check["id"] for check in item["checks"]}


def _assert_numbers(node: dict[str, Any], *keys: str) -> None:
    for key in keys:
        if key in node:
            _assert_number(node[key])


def _assert_applies_when(
    node: dict[str, Any], options: dict[str, set[str]], key: str = "applies_when"
) -> None:
    for facet, chosen in node.get(key, {}).items():
        assert chosen
        assert set(chosen) <= options[facet]


def test_list_names_every_standard_with_its_versions_and_title(run: Run) -> None:
    finished = run("list")
    lines = [line.split("\t") for line in finished.stdout.splitlines()]
    assert [(name, versions) for name, versions, _ in lines] == [
        ("condiment", "1.0 1.1"),
        ("hazchem", "1.0 2.0"),
        ("model-enterprise", "1.0"),
        ("tobacco", "1.0 1.1"),
    ]
    assert [title for _, _, title in lines] == [schemes.load(name).title for name, _, _ in lines]
    assert (finished.returncode, finished.stderr) == (0, "")


@pytest.mark.parametrize("name", ["condiment", "hazchem", "model-enterprise", "tobacco"])
def test_show_has_the_shape_of_the_contract_at_every_node(run: Run, name: str) -> None:
    finished = run("show", name, "--json")
    assert (finished.returncode, finished.stderr) == (0, "")
    shown = _decoded(finished.stdout)
    _assert_shape("scheme", shown)
    for facet in shown["facets"]:
        _assert_shape("facet", facet)
        assert facet["choose"] in {"one", "many"}
        for option in facet["options"]:
            _assert_shape("option", option)
    for requisite in shown.get("application", ()):
        _assert_shape("application", requisite)
        assert set(requisite.get("grades", ())) <= {grade["grade"] for grade in shown["grades"]}
    for question in shown["performance"]:
        _assert_shape("performance", question)
        assert question["type"] in {"count", "yes_no"}
    options = {facet["id"]: {o["id"] for o in facet["options"]} for facet in shown["facets"]}
    for facet in shown["facets"]:
        _assert_applies_when(facet, options, "asked_when")
    for element in shown["children"]:
        _assert_node(element, options)
    assert shown == scheme_json(schemes.load(name))


def test_show_writes_the_rules_out(mini: Scheme) -> None:
    shown = scheme_json(mini)
    crane = next(c for c in shown["children"][1]["children"][0]["children"] if c["id"] == "2.1.1")
    assert [(c["effect"], c.get("points"), c["check"]) for c in crane["conditions"]] == [
        ("forfeit", None, "1"),
        ("deduct", "2", "2"),
    ]


def test_show_without_json_is_for_reading(run: Run, condiment: Scheme) -> None:
    finished = run("show", "condiment")
    lines = finished.stdout.splitlines()
    assert finished.returncode == 0
    assert [line for line in lines if not line.startswith(" ")] == [
        f"{element.id} {element.title}" for element in condiment.elements
    ]


@pytest.mark.parametrize(
    "answers", [SOY_SAUCE, RESIN, DELIVERY, TANK_FARM], ids=lambda answers: answers["scheme"]
)
def test_score_prints_what_the_engine_finds(
    run: Run, tmp_path: Path, answers: dict[str, Any]
) -> None:
    finished = run("score", _file(tmp_path, answers), "--json")
    assert (finished.returncode, finished.stderr) == (0, "")
    assert _decoded(finished.stdout) == _scored(answers)


@pytest.mark.parametrize(
    "answers",
    [SOY_SAUCE, RESIN, DELIVERY, TANK_FARM, *({"scheme": name} for name in schemes.available())],
    ids=lambda answers: answers["scheme"] + ("" if len(answers) > 1 else ", no answers"),
)
def test_a_result_has_the_shape_of_the_contract(answers: dict[str, Any]) -> None:
    result = _decoded(json.dumps(_scored(answers)))
    _assert_shape("result", result)
    for key in ("total", "total_exact", "full", "low", "high"):
        _assert_number(result[key])
    for grade in result["grades"]:
        _assert_shape("grade result", grade)
        states = {gate["state"] for gate in grade["gates"]}
        assert grade["met"] is (grade["state"] == "met")
        assert (grade["state"] == "unmet") is ("unmet" in states)
        if grade["met"]:
            assert states == {"met"}
            assert not result["unanswered_facets"]
        for gate in grade["gates"]:
            _assert_shape("gate", gate)
            assert gate["text"]
            for key in ("value", "low", "high", "line"):
                if gate[key] is not None:
                    _assert_number(gate[key])
    for loss in result["losses"]:
        _assert_shape("loss", loss)
        _assert_number(loss["charged"])
        _assert_number(loss["taken"])
    _assert_shape("excluded", result["excluded"])
    for warning in result["warnings"]:
        _assert_shape("warning", warning)
        assert warning["subjects"] or warning["kind"] == "formula_undefined"
        assert warning["text"]
    for element in result["elements"]:
        _assert_shape("element result", element)
        _assert_numbers(element, "score", "low", "high", "full", "extra")
        if element["applicable"]:
            _assert_number(element["percent"])
        else:
            assert element["percent"] is None
    for item in result["items"]:
        _assert_shape("item result", item)
        _assert_numbers(item, "score", "low", "high", "full")
        assert all(type(seen) is bool for seen in item.get("groups", {}).values())
    scheme = schemes.load(answers["scheme"])
    assert [item["id"] for item in result["items"]] == list(scheme.items)
    assert [element["id"] for element in result["elements"]] == [e.id for e in scheme.elements]
    assert result["reviewed"] <= result["applicable_items"]


@pytest.mark.parametrize("scheme", ["condiment", "mini-reach"])
def test_with_nothing_applicable_there_is_no_number_to_show(scheme: str) -> None:
    """condiment: everything that may be is marked 不适用."""
    standard = scheme_named(scheme)
    raw = {"scheme": scheme, "facets": {facet.id: [] for facet in standard.facets}}
    marked = [i for i, item in standard.items.items() if item.na != "forbidden"]
    assert len(marked) == len(standard.items)
    answers = parse_answers(standard, {**raw, "not_applicable": marked})
    result = result_json(score(standard, answers))
    nothing = ("total", "total_exact", "low", "high", "grade")
    assert [result[key] for key in nothing] == [None] * 5
    assert [(g["met"], g["state"]) for g in result["grades"]] == [(False, "unmet")] * len(
        standard.grades
    )
    assert {gate["kind"] for grade in result["grades"] for gate in grade["gates"]} == {
        "nothing_applicable"
    }


def test_score_without_json_names_the_elements(run: Run, tmp_path: Path, condiment: Scheme) -> None:
    finished = run("score", _file(tmp_path, SOY_SAUCE))
    assert finished.returncode == 0
    assert all(element.title in finished.stdout for element in condiment.elements)


def test_many_lines_in_give_as_many_lines_out_in_order(run: Run, tmp_path: Path) -> None:
    """With what editors on Windows leave behind: a BOM, CRLF, blank lines, no last line end."""
    worse = {**SOY_SAUCE, "findings": {"2.1.1-a": 1}}
    batch = [SOY_SAUCE, RESIN, worse, SOY_SAUCE]
    lines = [json.dumps(answers, ensure_ascii=False) for answers in batch]
    lines.insert(0, "")
    lines.insert(2, "  \t")
    path = tmp_path / "many.jsonl"
    path.write_bytes("\r\n".join(lines).encode("utf-8-sig"))
    finished = run("score", path)
    assert (finished.returncode, finished.stderr) == (0, "")
    assert [_decoded(line) for line in finished.stdout.splitlines()] == [_scored(a) for a in batch]


def test_a_bom_before_a_single_answers_file_does_no_harm(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(RESIN).encode())
    finished = run("score", path, "--json")
    assert _decoded(finished.stdout) == _scored(RESIN)


def _assert_refused(finished: Finished, starts: list[str]) -> None:
    """Exit status 2, nothing printed, one line a problem, each naming its place."""
    lines = finished.stderr.removesuffix("\n").split("\n")
    assert finished.returncode == 2, finished.stderr
    assert finished.stdout == ""
    assert len(lines) == len(starts), lines
    for line, start in zip(sorted(lines), sorted(starts), strict=True):
        assert line.startswith(f"{start}: "), line


def test_every_problem_of_a_file_is_one_line_on_standard_error(run: Run, tmp_path: Path) -> None:
    answers = {
        "scheme": "condiment",
        "findngs": {},
        "facets": {"product": ["salt", "sugar"], "colour": ["red"], "major_hazard": ["perhaps"]},
        "performance": {"deaths": -1, "births": 0},
        "not_applicable": ["99.9"],
        "reviewed": [["1.1.1"]],
        "findings": {"2.1.1-c": 1.5, "2.1.1-zz": 1, "line\nbreak": 1},
    }
    starts = ["findngs", "facets.product", "facets.colour", "facets.major_hazard"]
    starts += ["performance.deaths", "performance.births", "not_applicable", "reviewed"]
    starts += ["findings.2.1.1-c", "findings.2.1.1-zz", "findings.line break"]
    _assert_refused(run("score", _file(tmp_path, answers), "--json"), starts)


def test_every_problem_of_earlier_findings_is_one_line_on_standard_error(
    run: Run, tmp_path: Path
) -> None:
    answers = {
        "scheme": "tobacco",
        "performance": {"target_missed": 2, "major_accident": "no"},
        "earlier": {
            "C.1-2-9.9": {"count": 1},
            "C.1-2-2.2": {"count": 1, "rectified": 2},
            "C.1-2-2.3": {"count": -1, "rectified": 0.5, "done": 1},
        },
    }
    starts = ["performance.target_missed", "performance.major_accident"]
    starts += ["earlier.C.1-2-9.9", "earlier.C.1-2-2.2", "earlier.C.1-2-2.3.count"]
    starts += ["earlier.C.1-2-2.3.rectified", "earlier.C.1-2-2.3.done"]
    _assert_refused(run("score", _file(tmp_path, answers), "--json"), starts)


def test_a_standard_without_reassessment_refuses_earlier_findings(run: Run, tmp_path: Path) -> None:
    for answers in (SOY_SAUCE, RESIN, TANK_FARM):
        findings = {condition: {"count": 1} for condition in answers["findings"]}
        finished = run("score", _file(tmp_path, {**answers, "earlier": findings}))
        _assert_refused(finished, ["earlier"])


def test_a_bad_line_is_named_and_nothing_is_printed(run: Run, tmp_path: Path) -> None:
    """A line separator inside a text ends no line, so the numbers stay those of an editor."""
    good = json.dumps(RESIN)
    bad = json.dumps({"scheme": "hazchem", "findings": {"1.1\u2028": 1}}, ensure_ascii=False)
    lines = [good, "", bad, "not JSON", good, '{"scheme": "hazchem", "reviewed": 1, "x": 1}', good]
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    starts = ["第 3 行: findings.1.1 ", "第 4 行: （文件）"]
    starts += ["第 6 行: reviewed", "第 6 行: x"]
    _assert_refused(run("score", path), starts)


UNREADABLE = {
    "a directory": None,
    "binary": bytes(range(256)) * 40,
    "UTF-16": json.dumps(RESIN).encode("utf-16"),
}


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_refused_by_name(
    run: Run, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "answers.json"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    _assert_refused(run("score", path, "--json"), [str(path)])


@pytest.mark.parametrize("name", ["missing.json", "missing.jsonl"])
def test_a_missing_file_is_refused_by_name(run: Run, tmp_path: Path, name: str) -> None:
    _assert_refused(run("score", tmp_path / name), [str(tmp_path / name)])


@pytest.mark.parametrize("content", ["", "[" * 100_000], ids=["empty", "deeply nested"])
def test_what_is_not_json_is_refused_without_a_traceback(
    run: Run, tmp_path: Path, content: str
) -> None:
    path = tmp_path / "answers.json"
    path.write_text(content, encoding="utf-8")
    _assert_refused(run("score", path), ["（文件）"])


@pytest.mark.parametrize("name", ["tobacco-pipes", "../condiment", ""])
def test_show_refuses_a_standard_it_does_not_have(run: Run, name: str) -> None:
    finished = run("show", name, "--json")
    _assert_refused(finished, ["scheme"])
    assert all(known in finished.stderr for known in schemes.available())


def _with(**changes: Any) -> str:
    return json.dumps({"scheme": "condiment", **changes})


def _tobacco(**changes: Any) -> str:
    return json.dumps({"scheme": "tobacco", **changes})


def _earlier(finding: Any) -> str:
    """Tobacco answers whose one earlier finding is this."""
    return _tobacco(earlier={"C.1-2-2.3": finding})


FOUND = "earlier.C.1-2-2.3"


# What is wrong, and the place each of its problems must name.
BAD: dict[str, tuple[str, list[str]]] = {
    "no scheme": ("{}", ["scheme"]),
    "unknown scheme": (_with(scheme="nope"), ["scheme"]),
    "scheme in capitals": (_with(scheme="CONDIMENT"), ["scheme"]),
    "scheme null": (_with(scheme=None), ["scheme"]),
    "scheme a list": (_with(scheme=["condiment"]), ["scheme"]),
    "unknown key": (_with(finding={}), ["finding"]),
    "unknown facet": (_with(facets={"colour": ["red"]}), ["facets.colour"]),
    "unknown option": (_with(facets={"equipment": ["cold_store", "x"]}), ["facets.equipment"]),
    "two options of one": (_with(facets={"product": ["salt", "sugar"]}), ["facets.product"]),
    "yes and no": (_with(facets={"major_hazard": ["yes", "no"]}), ["facets.major_hazard"]),
    "option not in a list": (_with(facets={"product": "salt"}), ["facets.product"]),
    "option a number": (_with(facets={"product": [1]}), ["facets.product"]),
    "option null": (_with(facets={"product": None}), ["facets.product"]),
    "facets a list": (_with(facets=["product"]), ["facets"]),
    "facets null": (_with(facets=None), ["facets"]),
    "unknown question": (_with(performance={"births": 0}), ["performance.births"]),
    "performance a number": (_with(performance=0), ["performance"]),
    "performance null": (_with(performance={"deaths": None}), ["performance.deaths"]),
    "deaths negative": (_with(performance={"deaths": -1}), ["performance.deaths"]),
    "deaths fractional": (_with(performance={"deaths": 0.5}), ["performance.deaths"]),
    "unknown item not applicable": (_with(not_applicable=["1.1.99"]), ["not_applicable"]),
    "section not applicable": (_with(not_applicable=["1.1"]), ["not_applicable"]),
    "not applicable a text": (_with(not_applicable="6.2.9"), ["not_applicable"]),
    "not applicable all": (_with(not_applicable="all"), ["not_applicable"]),
    "not applicable a mapping": (_with(not_applicable={"6.2.9": True}), ["not_applicable"]),
    "unknown items reviewed": (_with(reviewed=["x", "y"]), ["reviewed", "reviewed"]),
    "reviewed a number in the list": (_with(reviewed=[1.1]), ["reviewed"]),
    "reviewed a mapping": (_with(reviewed={"1.1.1": True}), ["reviewed"]),
    "reviewed true": (_with(reviewed=True), ["reviewed"]),
    "reviewed ALL": (_with(reviewed="ALL"), ["reviewed"]),
    "unknown condition": (_with(findings={"2.1.1-zz": 1}), ["findings.2.1.1-zz"]),
    "item for condition": (_with(findings={"2.1.1": 1}), ["findings.2.1.1"]),
    "unknown condition 0 times": (_with(findings={"2.1.1-zz": 0}), ["findings.2.1.1-zz"]),
    "findings a list": (_with(findings=["2.1.1-c"]), ["findings"]),
    "deaths true": (_with(performance={"deaths": True}), ["performance.deaths"]),
    "yes twice": (_tobacco(performance={"target_missed": 2}), ["performance.target_missed"]),
    "yes or no negative": (_tobacco(performance={"target_missed": -1}), ["performance.target_missed"]),
    "yes or no fractional": (_tobacco(performance={"target_missed": 1.0}), ["performance.target_missed"]),
    "yes or no a text": (_tobacco(performance={"major_accident": "yes"}), ["performance.major_accident"]),
    "yes or no null": (_tobacco(performance={"major_accident": None}), ["performance.major_accident"]),
    "yes or no in a list": (_tobacco(performance={"major_accident": ["no"]}), ["performance.major_accident"]),
    "earlier without re-assessment": (_with(earlier={"2.1.1-c": {"count": 1}}), ["earlier"]),
    "earlier a list": (_tobacco(earlier=["C.1-2-2.3"]), ["earlier"]),
    "earlier an empty list": (_tobacco(earlier=[]), ["earlier"]),
    "earlier null": (_tobacco(earlier=None), ["earlier"]),
    "earlier true": (_tobacco(earlier=True), ["earlier"]),
    "earlier unknown condition": (_tobacco(earlier={"C.1-2-9.9": {"count": 1}}), ["earlier.C.1-2-9.9"]),
    "earlier item for condition": (_tobacco(earlier={"C.1-2": {"count": 1}}), ["earlier.C.1-2"]),
    "earlier finding a number": (_earlier(2), [FOUND]),
    "earlier finding null": (_earlier(None), [FOUND]),
    "earlier finding a list": (_earlier([2, 0, 1]), [FOUND]),
    "earlier finding empty": (_earlier({}), [FOUND]),
    "earlier count missing": (_earlier({"rectified": 1, "planned": 0}), [FOUND]),
    "earlier count missing beside 0": (_earlier({"rectified": 0}), [FOUND]),
    "earlier unknown state": (_earlier({"count": 1, "done": 1}), [f"{FOUND}.done"]),
    "open negative": (_earlier({"count": 2, "open": -1}), [f"{FOUND}.open"]),
    "more open than found": (_earlier({"count": 2, "rectified": 1, "open": 2}), [FOUND]),
    "application unknown": (_with(application={"luck": "yes"}), ["application.luck"]),
    "application a list": (_with(application=["yes"]), ["application"]),
    "reviewed an unknown group": (_with(reviewed=["6.2.5/9"]), ["reviewed"]),
    "reviewed a group of an unknown item": (_with(reviewed=["9.9/1"]), ["reviewed"]),
    "reviewed half a group": (_with(reviewed=["6.2.5/"]), ["reviewed"]),
    "a group not applicable": (_with(not_applicable=["6.2.5/1"]), ["not_applicable"]),
    "earlier count negative": (_earlier({"count": -1}), [f"{FOUND}.count"]),
    "earlier count fractional": (_earlier({"count": 1.5}), [f"{FOUND}.count"]),
    "earlier count a text": (_earlier({"count": "1"}), [f"{FOUND}.count"]),
    "earlier count true": (_earlier({"count": True}), [f"{FOUND}.count"]),
    "earlier count null": (_earlier({"count": None}), [f"{FOUND}.count"]),
    "earlier count too large": (_earlier({"count": MAX_COUNT + 1}), [f"{FOUND}.count"]),
    "rectified negative": (_earlier({"count": 2, "rectified": -1}), [f"{FOUND}.rectified"]),
    "rectified true": (_earlier({"count": 2, "rectified": True}), [f"{FOUND}.rectified"]),
    "planned negative": (_earlier({"count": 2, "planned": -1}), [f"{FOUND}.planned"]),
    "planned fractional": (_earlier({"count": 2, "planned": 0.5}), [f"{FOUND}.planned"]),
    "negative to make the sum fit": (_earlier({"count": 2, "rectified": 3, "planned": -1}), [f"{FOUND}.planned"]),
    "more rectified than found": (_earlier({"count": 2, "rectified": 3}), [FOUND]),
    "more planned than found": (_earlier({"count": 2, "planned": 3}), [FOUND]),
    "sum more than found": (_earlier({"count": 2, "rectified": 2, "planned": 1}), [FOUND]),
    "rectified of 0 found": (_earlier({"count": 0, "rectified": 1}), [FOUND]),
    "two faults in one earlier finding": (_earlier({"count": "x", "planned": -1}), [f"{FOUND}.count", f"{FOUND}.planned"]),
    "repeated earlier finding": ('{"scheme":"tobacco","earlier":{"C.1-2-2.3":{"count":1},"C.1-2-2.3":{"count":2}}}', ["（文件）"]),
    "count negative": (_with(findings={"2.1.1-c": -1}), ["findings.2.1.1-c"]),
    "count fractional": (_with(findings={"2.1.1-c": 1.5}), ["findings.2.1.1-c"]),
    "count a whole float": (_with(findings={"2.1.1-c": 2.0}), ["findings.2.1.1-c"]),
    "count true": (_with(findings={"2.1.1-c": True}), ["findings.2.1.1-c"]),
    "count false": (_with(findings={"2.1.1-c": False}), ["findings.2.1.1-c"]),
    "count a text": (_with(findings={"2.1.1-c": "2"}), ["findings.2.1.1-c"]),
    "count null": (_with(findings={"2.1.1-c": None}), ["findings.2.1.1-c"]),
    "count a list": (_with(findings={"2.1.1-c": [2]}), ["findings.2.1.1-c"]),
    "count too large": (_with(findings={"2.1.1-c": MAX_COUNT + 1}), ["findings.2.1.1-c"]),
    "count huge": (_with(findings={"2.1.1-c": 10**400}), ["findings.2.1.1-c"]),
    "count beyond floats": ('{"scheme":"condiment","findings":{"2.1.1-c":1e999}}', ["findings.2.1.1-c"]),
    "count of 5000 digits": (f'{{"scheme":"condiment","findings":{{"2.1.1-c":{"9" * 5000}}}}}', ["（文件）"]),
    "count NaN": ('{"scheme":"condiment","findings":{"2.1.1-c":NaN}}', ["（文件）"]),
    "count Infinity": ('{"scheme":"condiment","findings":{"2.1.1-c":-Infinity}}', ["（文件）"]),
    "repeated key": ('{"scheme":"condiment","findings":{},"findings":{}}', ["（文件）"]),
    "repeated finding": ('{"scheme":"condiment","findings":{"2.1.1-c":1,"2.1.1-c":0}}', ["（文件）"]),
    "a list": ('[{"scheme":"condiment"}]', ["（文件）"]),
    "a text": ('"condiment"', ["（文件）"]),
    "null": ("null", ["（文件）"]),
    "not JSON": ("scheme: condiment", ["（文件）"]),
    "cut short": ('{"scheme": "condiment", "find', ["（文件）"]),
    "two objects": ('{"scheme": "condiment"} {"scheme": "condiment"}', ["（文件）"]),
    "empty": ("", ["（文件）"]),
    "deeply nested": ('{"scheme":' * 100_000, ["（文件）"]),
    "a nested count": (_with(findings={"2.1.1-c": [[[[[]]]]] * 50}), ["findings.2.1.1-c"]),
}  # fmt: skip


@pytest.mark.parametrize(("content", "places"), BAD.values(), ids=BAD)
def test_bad_input_is_refused_naming_the_key(content: str, places: list[str]) -> None:
    with pytest.raises(AnswersError) as refused:
        _score_one(decode(content))
    problems = refused.value.problems
    assert len(problems) == len(places), problems
    for problem, place in zip(problems, places, strict=True):
        words = problem_words(problem)
        assert words.startswith(f"{place}: "), words
        assert "\n" not in words


@pytest.mark.parametrize("key", ["findings", "2.1.1-c"])
def test_a_repeated_key_is_named(key: str) -> None:
    content = BAD["repeated key" if key == "findings" else "repeated finding"][0]
    with pytest.raises(AnswersError, match=re.escape(key)):
        decode(content)


def test_an_item_that_may_not_be_left_out_is_refused(mini: Scheme) -> None:
    with pytest.raises(AnswersError) as refused:
        parse_answers(mini, {"scheme": "mini-percent", "not_applicable": ["1.2.1", "1.2.2"]})
    (problem,) = refused.value.problems
    assert problem_words(problem) == "not_applicable: 1.2.2 不能标为不适用"


def test_answers_for_another_standard_are_refused(hazchem: Scheme) -> None:
    with pytest.raises(AnswersError, match=r"^scheme: other_scheme .*hazchem"):
        parse_answers(hazchem, {"scheme": "condiment"})


@pytest.mark.parametrize(
    "changes",
    [
        {"findings": {"2.1.1-c": MAX_COUNT}},
        {"facets": {"product": ["salt", "salt"]}},
        {"facets": {"product": []}},
        {"reviewed": "all"},
        {"reviewed": ["1.1.1", "1.1.1"]},
    ],
    ids=str,
)
def test_unusual_but_clear_answers_are_accepted(changes: dict[str, Any]) -> None:
    _score_one(decode(_with(**changes)))


@pytest.mark.parametrize(
    ("earlier", "score"),
    [
        pytest.param({}, "9", id="nothing found earlier"),
        pytest.param({"count": 0}, "9", id="found 0 times"),
        pytest.param({"count": 4}, "5", id="all open"),
        pytest.param({"count": 4, "rectified": 4}, "9", id="all rectified"),
        pytest.param({"count": 4, "planned": 4}, "7", id="all planned"),
        pytest.param({"count": 4, "rectified": 1, "planned": 1}, "6.5", id="some of each"),
        pytest.param({"count": 40, "planned": 1}, "0", id="more than the item has"),
    ],
)
def test_earlier_findings_cost_by_what_became_of_them(earlier: dict[str, int], score: str) -> None:
    """D.1-2 is worth 10: 1 a place, of which one is found now; half of it for one planned."""
    found = {"D.1-2-2.3": earlier} if earlier else {}
    result = _scored({**DELIVERY, "earlier": found})
    assert {item["id"]: item["score"] for item in result["items"]}["D.1-2"] == score


@pytest.mark.parametrize(
    ("performance", "grade"),
    [
        ({}, None),  # not answered is not no
        ({"target_missed": False}, None),
        ({"target_missed": False, "major_accident": 0}, "一级"),
        ({"target_missed": 0, "major_accident": False}, "一级"),
        ({"target_missed": True, "major_accident": False}, "二级"),
        ({"target_missed": 1, "major_accident": 0}, "二级"),
        ({"target_missed": False, "major_accident": True}, None),
        ({"target_missed": True, "major_accident": 1}, None),
    ],
)
def test_yes_and_no_are_written_as_words_or_numbers(
    performance: dict[str, Any], grade: str | None
) -> None:
    """By a perfect score: a missed target costs one grade, a major accident all of them."""
    answered = {facet.id: [] for facet in schemes.load("tobacco").facets} | DELIVERY["facets"]
    answers = {"scheme": "tobacco", "facets": answered, "reviewed": "all"}
    result = result_json(_score_one(decode(json.dumps({**answers, "performance": performance}))))
    assert (result["total"], result["grade"]) == ("1000.0", grade)


def test_output_is_utf_8_whatever_the_systems_language() -> None:
    """Chinese Windows would write GBK into a redirected file; LC_ALL=C cannot print Chinese."""
    finished = subprocess.run(
        [sys.executable, "-m", "scoring", "list"],
        cwd=ROOT,
        env=os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
        check=True,
    )
    assert "调味品" in finished.stdout.decode("utf-8")


@pytest.mark.parametrize("depth", range(900, 1000, 7))
def test_any_depth_of_nesting_is_refused_not_crashed_on(depth: int) -> None:
    deep = "[" * depth + "]" * depth
    with pytest.raises(AnswersError):
        _score_one(decode(f'{{"scheme": "condiment", "performance": {{"deaths": {deep}}}}}'))
