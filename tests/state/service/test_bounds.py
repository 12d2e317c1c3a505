"""The counting behind every bound: nobody gets more, and nobody waits for what is free."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.service.bounds import Flow, Rate, Stock, network


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def flow(clock: Clock, **rates: tuple[float, float]) -> Flow:
    return Flow({kind: Rate(*rate) for kind, rate in rates.items()}, clock)


def test_a_burst_passes_and_then_as_much_as_comes_back() -> None:
    clock = Clock()
    bound = flow(clock, session=(3, 0.5))
    assert [bound.take({"session": "a"}) for _ in range(4)] == [0, 0, 0, 2]
    clock.now += 2
    assert [bound.take({"session": "a"}) for _ in range(2)] == [0, 2]
    assert bound.take({"session": "b"}) == 0


def test_nothing_is_counted_that_does_not_pass_everywhere() -> None:
    bound = flow(Clock(), session=(1, 1), address=(3, 0.1))
    assert bound.take({"session": "a", "address": "x"}) == 0
    for _ in range(5):
        assert bound.take({"session": "a", "address": "x"}) == 1
    assert bound.take({"session": "b", "address": "x"}) == 0
    assert bound.take({"session": "c", "address": "x"}) == 0
    assert bound.take({"session": "d", "address": "x"}) == 10
    assert bound.take({"session": "d", "address": "y"}) == 0


def test_who_has_no_name_of_a_kind_is_not_bound_by_it_and_all_are_bound_together() -> None:
    bound = flow(Clock(), browser=(1, 0.1), all=(3, 0.1))
    assert [bound.take({"browser": ""}) for _ in range(4)] == [0, 0, 0, 10]
    assert bound.take({"browser": "b"}) == 10


def test_to_ask_how_long_it_would_take_counts_nothing() -> None:
    bound = flow(Clock(), session=(2, 0.5))
    assert [bound.wait({"session": "a"}) for _ in range(5)] == [0] * 5
    assert [bound.take({"session": "a"}) for _ in range(2)] == [0, 0]
    assert bound.wait({"session": "a"}) == 2


def test_more_than_a_burst_never_passes() -> None:
    assert flow(Clock(), session=(3, 1)).take({"session": "a"}, 4) == math.inf


def test_what_is_full_again_is_forgotten() -> None:
    clock = Clock()
    bound = flow(clock, session=(2, 1))
    for number in range(100_000):
        bound.take({"session": str(number)})
        clock.now += 0.01
    assert len(bound) < 5000


@given(
    st.floats(1, 50),
    st.floats(0.01, 20),
    st.lists(st.tuples(st.floats(0, 30), st.floats(0, 10)), max_size=60),
)
def test_in_no_stretch_of_time_more_passes_than_the_rate_says(
    burst: float, per_second: float, asked: list[tuple[float, float]]
) -> None:
    clock = Clock()
    bound = flow(clock, session=(burst, per_second))
    passed: list[tuple[float, float]] = []
    for pause, amount in asked:
        clock.now += pause
        if bound.take({"session": "a"}, amount) == 0:
            passed.append((clock.now, amount))
    for first, (begin, _) in enumerate(passed):
        total = 0.0
        for moment, amount in passed[first:]:
            total += amount
            assert total <= burst + per_second * (moment - begin) + 1e-6


@given(
    st.floats(1, 50),
    st.floats(0.01, 20),
    st.lists(st.tuples(st.floats(0, 5), st.floats(0, 1)), max_size=60),
)
def test_who_waits_as_long_as_told_passes(
    burst: float, per_second: float, asked: list[tuple[float, float]]
) -> None:
    clock = Clock()
    bound = flow(clock, session=(burst, per_second))
    for pause, share in asked:
        clock.now += pause
        wait = bound.take({"session": "a"}, share * burst)
        if wait:
            clock.now += wait + 1e-6
            assert bound.take({"session": "a"}, share * burst) == 0


def test_a_stock_is_held_until_it_is_given_back() -> None:
    stock = Stock({"session": 2, "all": 3})
    a, b = {"session": "a"}, {"session": "b"}
    assert [stock.take(a), stock.take(a), stock.take(a)] == [True, True, False]
    assert [stock.take(b), stock.take(b)] == [True, False]
    stock.give_back(a)
    assert [stock.room(b), stock.take(b), stock.room(b)] == [True, True, False]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 5), st.booleans()), max_size=80))
def test_no_stock_is_ever_more_than_the_most(steps: list[tuple[str, int, bool]]) -> None:
    stock = Stock({"session": 6, "all": 10})
    held: list[tuple[str, int]] = []
    for name, amount, back in steps:
        if back and held:
            who, gone = held.pop(0)
            stock.give_back({"session": who}, gone)
        elif stock.take({"session": name}, amount):
            held.append((name, amount))
        assert stock.held("all") == sum(n for _, n in held) <= 10
        for who in "abc":
            assert stock.held("session", who) == sum(n for w, n in held if w == who) <= 6
    for who, gone in held:
        stock.give_back({"session": who}, gone)
    assert len(stock) == 0


@pytest.mark.parametrize(
    ("address", "known"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1%eth0", "2001:db8:1:2::/64"),
        ("not an address", "unknown"),
        ("", "unknown"),
    ],
)
def test_an_address_is_what_one_household_has(address: str, known: str) -> None:
    assert network(address) == known
