"""The numbers of the tobacco standard, as its appendices A and C to F print them."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

import schemes
from schemes import Item, Scheme, Section
from schemes.guidance import guidance
from schemes.tree import Choices
from scoring import Answers, Result, parse_answers, score
from wording.warnings import warning_words

# Table A.1: points of each module and of its elements in order.
POINTS = {
    "C.1": "15: 5 5 5",
    "C.2": "15: 5 5 5",
    "C.3": "15: 5 5 5",
    "C.4": "15: 5 5 5",
    "C.5": "20: 5 5 5 5",
    "C.6": "30: 5 5 5 5 5 5",
    "C.7": "10: 5 5",
    "C.8": "20: 4 4 4 4 4",
    "C.9": "10: 5 5",
    "C.10": "20: 5 5 5 5",
    "C.11": "10: 5 5",
    "C.12": "10: 5 5",
    "C.13": "15: 5 10",
    "C.14": "20: 5 5 5 5",
    "C.15": "25: 5 10 10",
    "C.16": "20: 5 5 5 5",
    "C.17": "20: 5 5 5 5",
    "C.18": "15: 5 5 5",
    "C.19": "20: 10 5 5",
    "C.20": "15: 5 5 5",
    "C.21": "10: 5 5",
    "D.1": "60: 5 10 10 10 10 10 5",
    "D.2": "30: 5 10 5 10",
    "D.3": "30: 10 15 5",
    "D.4": "40: 5 5 15 15",
    "D.5": "25: 3 3 3 3 3 10",
    "D.6": "10: 4 3 3",
    "D.7": "15: 5 10",
    "D.8": "55: 10 10 5 10 5 5 10",
    "D.9": "65: 10 10 10 10 5 10 10",
    "D.10": "15: 10 5",
    "D.11": "15: 10 5",
    "D.12": "15: 3 3 3 3 3",
    "D.13": "20: 10 5 5",
    "D.14": "20: 10 5 5",
    "D.15": "65: 10 10 10 10 5 5 5 10",
    "D.16": "20: 5 5 5 5",
    "E.1": "35: 10 10 5 5 5",
    "E.2": "45: 10 10 10 5 5 5",
    "E.3": "30: 10 5 5 5 5",
    "E.4": "40: 10 20 5 5",
    "F.1": "60: 15 20 10 15",
    "F.2": "50: 10 10 20 10",
    "F.3": "40: 25 15",
}

# Tables C.1 to F.3. Rows and stars of the table; then, for each element, the points a place
# costs (0 where only the starred rule can apply) and its rows in order: "*" starred, "." not.
ROWS = {
    "C.1": "9 7: 1**** 1*.. 1**",
    "C.2": "8 2: 1*.. 1... 1*.",
    "C.3": "8 4: 1**. 1.. 1*.*",
    "C.4": "8 5: 1** 1**. 1*..",
    "C.5": "8 3: 1* 1. 1.. 1*..*",
    "C.6": "16 8: 1**.. 1**. 1** 1.*. 1.. 1*.",
    "C.7": "7 1: 1*.... 1..",
    "C.8": "10 6: 1*. 1*. 1.. 1** 1**",
    "C.9": "5 0: 1.. 1...",
    "C.10": "8 2: 1.* 1*.. 1. 1..",
    "C.11": "4 1: 1*. 1..",
    "C.12": "4 2: 1*. 1*.",
    "C.13": "8 5: 1... 1*****",
    "C.14": "10 8: 1*** 1** 1*. 1*.*",
    "C.15": "6 5: 1** 1** 1*.",
    "C.16": "12 5: 1** 1*.. 1**... 1..",
    "C.17": "16 9: 1** 1.*.***. 1**.. 1*..",
    "C.18": "8 5: 1.* 1*** 1.*.",
    "C.19": "9 5: 1*... 1*** 1*.",
    "C.20": "9 2: 1*.* 1.... 1..",
    "C.21": "6 2: 1.. 1.**.",
    "D.1": "28 10: 1.*...*. 1.*. 1..* 1..* 1..*..* 1.**. 1*.",
    "D.2": "13 6: 1.* 2**..* 1.* 2..*.",
    "D.3": "12 1: 2.*... 2...... 2.",
    "D.4": "19 5: 1*... 1..* 2....*. 2..**..",
    "D.5": "14 2: 1.. 1.. 1... 1.. 1.. 2*.*",
    "D.6": "17 3: 1...*.. 1.*.. 1......*",
    "D.7": "11 3: 1....* 2*....*",
    "D.8": "26 4: 2...... 2...* 1....* 2*. 1... 1... 2.*.",
    "D.9": "38 13: 2..*....* 2*.. 2...* 2*.*.. 1*...** 2..*.*. 2*....*",
    "D.10": "9 2: 2.*... 1*...",
    "D.11": "10 2: 2.*. 1....*..",
    "D.12": "15 5: 1.*. 1...* 1*.. 1..* 1*.",
    "D.13": "11 2: 2.*.... 1... 1.*",
    "D.14": "10 1: 2..... 1... 1.*",
    "D.15": "32 11: 2.*.* 2..** 2....* 2.*.*... 1*. 1*.. 1*... 2.*.",
    "D.16": "13 3: 1.. 1..*. 1.*.. 1*..",
    "E.1": "25 3: 2.*.... 2......... 1.... 2... 1**.",
    "E.2": "25 7: 2.*.... 2..*.* 2..** 1... 1.... 1**.",
    "E.3": "22 4: 2.*.... 2..... 1..... 1..*. 0**",
    "E.4": "17 5: 2.*.... 3....* 2*... 0**",
    "F.1": "11 1: 3..* 3... 3... 3..",
    "F.2": "11 1: 3.*.. 3.. 3.. 3...",
    "F.3": "5 1: 3..* 3..",
}

# Where the printed numbers of the rows do not simply count up; 6.5b is printed 6.5 again.
ODD_NUMBERS = {
    "D.1-4": ["4.1", "4.2", "4.4"],
    "D.9-6": ["6.1", "6.2", "6.3", "6.4", "6.5", "6.5b"],
}

NOTHING: Choices = {facet.id: frozenset() for facet in schemes.load("tobacco").facets}
"""Every question answered, with nothing."""

INDUSTRIAL = {"primary", "expanded", "making", "reconstituted"}
COMMERCIAL = {"leaf_station", "distribution", "premises"}


@pytest.fixture(scope="module")
def tobacco() -> Scheme:
    return schemes.load("tobacco")


def _module(tobacco: Scheme, module: str) -> Section:
    (section,) = (element for element in tobacco.elements if element.id == module)
    return section


def _base(tobacco: Scheme) -> Iterator[Item]:
    return (item for item_id, item in tobacco.items.items() if item_id.startswith("C."))


def _rows(item: Item) -> str:
    """An element in the notation of ROWS."""
    (cost,) = {c.deduct for c in item.conditions if c.deduct} or {0}
    return str(cost) + "".join("*" if check.starred else "." for check in item.checks)


def _everything(tobacco: Scheme, industry: str) -> Choices:
    chosen = {
        facet.id: frozenset(option.id for option in facet.options if option.id != "no")
        for facet in tobacco.facets
    }
    return chosen | {"enterprise": frozenset({industry})}


def _shown(tobacco: Scheme, choices: Choices) -> set[str]:
    result = score(tobacco, Answers(facets=choices))
    return {item_id for item_id, item in result.items.items() if item.applicable}


def _part_sums(tobacco: Scheme) -> dict[str, Decimal]:
    return {
        part.id: sum((i.points for e in part.elements for i in e.items), Decimal(0))
        for part in tobacco.parts
    }


def test_forty_four_modules_in_four_parts(tobacco: Scheme) -> None:
    assert [element.id for element in tobacco.elements] == list(POINTS)
    assert {part.id: len(part.elements) for part in tobacco.parts} == {
        "C": 21, "D": 16, "E": 4, "F": 3
    }  # fmt: skip
    assert len(tobacco.items) == 167


def test_part_sums_are_350_500_150_150(tobacco: Scheme) -> None:
    assert _part_sums(tobacco) == {"C": 350, "D": 500, "E": 150, "F": 150}


@pytest.mark.parametrize("module", POINTS)
def test_points_of_table_a1(tobacco: Scheme, module: str) -> None:
    points = [item.points for item in _module(tobacco, module).items]
    assert f"{sum(points)}: {' '.join(map(str, points))}" == POINTS[module]


@pytest.mark.parametrize("module", ROWS)
def test_rows_stars_and_deductions_of_each_table(tobacco: Scheme, module: str) -> None:
    items = _module(tobacco, module).items
    checks = [check for item in items for check in item.checks]
    counts = f"{len(checks)} {sum(check.starred for check in checks)}"
    assert f"{counts}: {' '.join(map(_rows, items))}" == ROWS[module]


def test_573_rows_182_of_them_starred(tobacco: Scheme) -> None:
    checks = [check for item in tobacco.items.values() for check in item.checks]
    assert (len(checks), sum(check.starred for check in checks)) == (573, 182)


def test_elements_and_rows_keep_their_printed_numbers(tobacco: Scheme) -> None:
    for module in tobacco.elements:
        for n, item in enumerate(module.items, 1):
            assert item.id == f"{module.id}-{n}"
            counted = [f"{n}.{k}" for k in range(1, len(item.checks) + 1)]
            assert [check.id for check in item.checks] == ODD_NUMBERS.get(item.id, counted)


def test_a_starred_base_row_has_two_conditions_and_another_row_one(tobacco: Scheme) -> None:
    for item in _base(tobacco):
        expected: list[tuple[str, str | None, Decimal | None]] = []
        for check in item.checks:
            if check.starred:
                expected.append((f"{check.id}.none", None, None))
                expected.append((f"{check.id}.place", "处", Decimal(1)))
            else:
                expected.append((check.id, "处", Decimal(1)))
        assert [(c.key, c.per, c.deduct) for c in item.conditions] == expected


def test_base_elements_that_no_missing_material_can_forfeit(tobacco: Scheme) -> None:
    safe = [item.id for item in _base(tobacco) if not any(c.forfeit for c in item.conditions)]
    assert safe == [
        "C.2-2", "C.3-2", "C.5-2", "C.5-3", "C.6-5", "C.7-2", "C.8-3", "C.9-1", "C.9-2",
        "C.10-3", "C.10-4", "C.11-2", "C.13-1", "C.16-4", "C.20-2", "C.20-3", "C.21-1",
    ]  # fmt: skip


def test_a_site_row_has_one_condition_and_a_star_forfeits(tobacco: Scheme) -> None:
    for item_id, item in tobacco.items.items():
        if not item_id.startswith("C."):
            starred = [check.starred for check in item.checks]
            assert [c.check for c in item.conditions] == [check.id for check in item.checks]
            assert [c.forfeit for c in item.conditions] == starred
            assert [c.per for c in item.conditions] == [None if s else "处" for s in starred]


def test_site_elements_without_a_star(tobacco: Scheme) -> None:
    plain = [
        item.id
        for item in tobacco.items.values()
        if not item.id.startswith("C.") and not any(check.starred for check in item.checks)
    ]
    assert plain == [
        "D.3-2", "D.3-3", "D.5-1", "D.5-2", "D.5-3", "D.5-4", "D.5-5", "D.8-1", "D.8-5", "D.8-6",
        "D.13-2", "D.14-1", "D.14-2", "D.16-1", "E.1-2", "E.1-3", "E.1-4", "E.2-4", "E.2-5",
        "E.3-2", "E.3-3", "F.1-2", "F.1-3", "F.1-4", "F.2-2", "F.2-3", "F.2-4", "F.3-2",
    ]  # fmt: skip


def test_e3_5_has_only_the_starred_rule(tobacco: Scheme) -> None:
    conditions = tobacco.items["E.3-5"].conditions
    assert [(c.key, c.forfeit, c.per) for c in conditions] == [
        ("5.1", True, None),
        ("5.2", True, None),
    ]


def test_no_condition_reaches_beyond_its_element(tobacco: Scheme) -> None:
    for item, condition in tobacco.conditions.values():
        assert (condition.scope, condition.extra, item.exhausted_extra) == ("item", 0, 0)


def test_absent_base_elements_are_credited_and_absent_site_elements_removed(
    tobacco: Scheme,
) -> None:
    for item_id, item in tobacco.items.items():
        assert item.na == ("full_credit" if item_id.startswith("C.") else "exclude")


def test_base_modules_cannot_be_removed(tobacco: Scheme) -> None:
    base = tobacco.parts[0]
    terms = [base.applies_when, *(element.applies_when for element in base.elements)]
    terms += [item.applies_when for item in _base(tobacco)]
    assert not any(applies_when.terms for applies_when in terms)


@pytest.mark.parametrize(
    ("industry", "other", "count"), [("industrial", "F", 157), ("commercial", "E", 147)]
)
def test_everything_of_one_industry_leaves_nothing_out_and_makes_1000(
    tobacco: Scheme, industry: str, other: str, count: int
) -> None:
    choices = _everything(tobacco, industry)
    shown = _shown(tobacco, choices)
    assert shown == {item_id for item_id in tobacco.items if not item_id.startswith(other)}
    assert len(shown) == count
    record = {"target_missed": 0, "major_accident": 0}
    result = score(tobacco, Answers(facets=choices, performance=record, reviewed="all"))
    assert (result.full, result.total_exact, result.grade_name) == (1000, 1000, "一级")


def test_choosing_nothing_leaves_only_the_base_part(tobacco: Scheme) -> None:
    assert _shown(tobacco, NOTHING) == {item.id for item in _base(tobacco)}


def test_before_any_answer_all_stands_but_the_part_of_an_industry(tobacco: Scheme) -> None:
    assert {item_id[0] for item_id in _shown(tobacco, {})} == {"C", "D"}
    assert len(_shown(tobacco, {})) == 137


def test_every_answer_decides_at_least_one_element(tobacco: Scheme) -> None:
    """But for the facet of single rows, of which another test speaks."""
    for facet in (facet for facet in tobacco.facets if facet.id != "particular"):
        industry = "commercial" if facet.id in COMMERCIAL else "industrial"
        without = {**NOTHING, "enterprise": frozenset({industry})}
        for option in facet.options:
            if facet.id != "enterprise" and option.id != "no":
                chosen = without | {facet.id: frozenset({option.id})}
                assert _shown(tobacco, chosen) > _shown(tobacco, without), option


def test_the_industry_decides_which_part_is_assessed(tobacco: Scheme) -> None:
    everything = _everything(tobacco, "industrial")
    for answer, parts in ({"industrial"}, "CDE"), ({"commercial"}, "CDF"), (set(), "CD"):
        shown = _shown(tobacco, {**everything, "enterprise": frozenset(answer)})
        assert {item_id[0] for item_id in shown} == set(parts)


def test_questions_of_an_industry_are_asked_of_that_industry_only(tobacco: Scheme) -> None:
    for facet in tobacco.facets:
        asked = {
            option.id
            for option in tobacco.facet["enterprise"].options
            if facet.asked_when.met({"enterprise": frozenset({option.id})})
        }
        if facet.id in INDUSTRIAL:
            assert asked == {"industrial"}
        elif facet.id in COMMERCIAL:
            assert asked == {"commercial"}
        else:
            assert asked == {"industrial", "commercial"}


def _unanswered(tobacco: Scheme, missing: str) -> Result:
    facets = {f: sorted(o) for f, o in _everything(tobacco, "industrial").items()}
    for facet in COMMERCIAL | {missing}:
        del facets[facet]
    performance = {"target_missed": False, "major_accident": False}
    raw = {"scheme": "tobacco", "facets": facets, "performance": performance, "reviewed": "all"}
    return score(tobacco, parse_answers(tobacco, raw))


def test_a_question_nobody_answered_is_warned_of(tobacco: Scheme) -> None:
    titles = [
        "工业企业还是商业企业？",
        "烟叶工作站：有哪些？",
        "卷烟分拣和配送：有哪些？",
        "有没有烟草营销场所？",
    ]
    assert warning_words(_unanswered(tobacco, "enterprise")) == [
        f"未回答“{title}”，与之相关的内容待答，等级待定" for title in titles
    ]
    (warning, unreviewed) = warning_words(_unanswered(tobacco, "making"))
    assert "卷接包" in warning
    assert unreviewed.startswith("还有 5 条内容未核查")  # E.3, whatever is marked


def test_lines_of_the_three_grades(tobacco: Scheme) -> None:
    assert [(grade.title, grade.total, grade.element) for grade in tobacco.grades] == [
        ("一级", 900, None),
        ("二级", 800, None),
        ("三级", 700, None),
    ]
    assert tobacco.scoring.compare == "exact"
    assert tobacco.downgrade == ("target_missed",)
    assert {grade.performance for grade in tobacco.grades} == {(("major_accident", 0),)}


def test_a_planned_finding_costs_half_in_a_reassessment(tobacco: Scheme) -> None:
    assert tobacco.reassessment
    assert tobacco.reassessment.planned == Decimal("0.5")


def test_all_of_it_is_official(tobacco: Scheme) -> None:
    for item in tobacco.items.values():
        assert (item.provenance, item.conditions_provenance) == ("official", "official")


# Rows that only some enterprises have; all of them are starred.
PARTICULAR = {
    "D.1-5-5.6": ("particular", {"toxic"}),
    "D.9-6-6.5": ("particular", {"escalator"}),
    "D.11-2-2.5": ("particular", {"liquid_nitrogen"}),
    "D.13-1-1.2": ("particular", {"canteen_gas"}),
    "D.15-1-1.4": ("fire", {"alarm", "automatic"}),
    "E.1-5-5.2": ("particular", {"radiation"}),
    "E.2-6-6.2": ("particular", {"radiation"}),
    "E.3-5-5.2": ("particular", {"radiation"}),
}


def test_rows_that_only_make_sense_with_a_facet(tobacco: Scheme) -> None:
    found = {}
    for name, (item, condition) in tobacco.conditions.items():
        if condition.applies_when.terms:
            ((facet, options),) = condition.applies_when.terms
            found[name] = (facet, set(options))
            assert condition.forfeit
            assert len(item.checks) > 1
    assert found == PARTICULAR
    known = {option.id for option in tobacco.facet["particular"].options}
    assert known == set().union(*(o for facet, o in PARTICULAR.values() if facet == "particular"))


@pytest.mark.parametrize("name", PARTICULAR)
def test_a_row_of_a_thing_that_is_not_there_costs_nothing(tobacco: Scheme, name: str) -> None:
    facet, options = PARTICULAR[name]
    there = _everything(tobacco, "industrial")
    absent = there | {facet: there[facet] - options}
    points = tobacco.conditions[name][0].points
    answers = Answers(facets=there, findings={name: 1}, reviewed="all")
    assert score(tobacco, answers).total_exact == 1000 - points
    answers = Answers(facets=absent, findings={name: 1}, reviewed="all")
    assert score(tobacco, answers).total_exact == 1000


def test_version_1_0_asks_every_row_and_names_any_superior() -> None:
    older = schemes.load("tobacco", "1.0")
    assert not any(c.applies_when.terms for _, c in older.conditions.values())
    assert "上级" in older.performance[0].title
    assert not (older.application or older.contradictions)


def test_the_target_is_that_of_the_provincial_company(tobacco: Scheme) -> None:
    assert tobacco.performance[0].title == "当年未完成省级公司下达的事故控制指标"


def test_hints_are_said_to_be_ours(tobacco: Scheme) -> None:
    assert tobacco.provenance_note
    assert "提示由本工具整理，标准中没有" in tobacco.provenance_note


def test_the_rows_hold_the_standards_words_alone(tobacco: Scheme) -> None:
    rows = [(item.id, check) for item in tobacco.items.values() for check in item.checks]
    assert len(rows) == 573
    assert not any(check.hint for _, check in rows)
    found = guidance(tobacco)
    assert all(found[item_id].checks[check.id] for item_id, check in rows)


def test_the_version_frozen_with_its_hints_is_read_as_it_was() -> None:
    older = schemes.load("tobacco", "1.0")
    hints = [check.hint for item in older.items.values() for check in item.checks if check.hint]
    assert (len(hints), hints[0]) == (495, "看方针是否成文、经领导批准并公布，员工是否知道")


def test_everything_present_contradicts_nothing(tobacco: Scheme) -> None:
    chosen = _everything(tobacco, "industrial")
    for rule in tobacco.contradictions:
        assert rule.asks.met(chosen)
        assert not rule.excludes.terms or not rule.excludes.met(chosen)


def test_conditions_of_application(tobacco: Scheme) -> None:
    own = [r.id for r in tobacco.application if r.provenance == "official"]
    assert own == ["t1", "t2", "t3"]
    rest = [r.id for r in tobacco.application if r.provenance == "compiled"]
    assert rest == [*(f"a{n}" for n in range(1, 10)), "b1", "b2", "b3"]
