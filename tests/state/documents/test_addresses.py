"""What people type where an e-mail address is asked for."""

import pytest

from state.documents.addresses import Addresses, addresses_in


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("li@example.com", ["li@example.com"]),
        ("  li@example.com \n", ["li@example.com"]),
        ("li＠example．com", ["li@example.com"]),
        ("li@example。com", ["li@example.com"]),
        ("li @ example.com", ["li@example.com"]),
        ("\u200bli@example.com\ufeff", ["li@example.com"]),
        ("mailto:li@example.com", ["li@example.com"]),
        ("李会计 <li@example.com>", ["li@example.com"]),
        ("李会计＜li@example.com＞", ["li@example.com"]),
        ("li@example.com（李会计）", ["li@example.com"]),
        ("a@x.com,b@x.com；c@x.com、d@x.com，e@x.com", [f"{k}@x.com" for k in "abcde"]),
        ("a@x.com b@x.com\nc@x.com", ["a@x.com", "b@x.com", "c@x.com"]),
        ("a@x.com, a@x.com", ["a@x.com"]),
        ("straße@example.com", ["straße@example.com"]),
    ],
)
def test_an_address_is_understood_as_people_write_it(typed: str, meant: list[str]) -> None:
    found = addresses_in(typed)
    assert list(found.understood) == meant
    assert found.refused == ()


@pytest.mark.parametrize(
    "typed",
    [
        "李会计",
        "(李会计)",
        "李会计 li@example.com",
        "li hua@example.com",
        "li@",
        "@example.com",
        "li@example",
        "a@b@example.com",
        "x" * 250 + "@example.com",
    ],
)
def test_what_is_no_address_is_named(typed: str) -> None:
    assert addresses_in(typed).understood == ()
    assert addresses_in(typed).refused == (typed,)


def test_of_several_only_the_wrong_one_is_refused() -> None:
    found = addresses_in("a@x.com, 李会计, b@x.com")
    assert found.understood == ("a@x.com", "b@x.com")
    assert found.refused == ("李会计",)


def test_what_no_field_holds_is_refused_at_once() -> None:
    typed = "a@x.com " * 700
    assert addresses_in(typed) == Addresses((), (typed,))


def test_nothing_is_nothing() -> None:
    assert addresses_in(" ，\n").understood == addresses_in("").refused == ()
