"""Names by which people are known."""

import pytest

from state.documents.access import holder_of_mail, mail_of


def test_addresses_are_one_whatever_the_case_of_their_letters() -> None:
    assert holder_of_mail(" Li.Hua@EXAMPLE.com ") == "mail:li.hua@example.com"


@pytest.mark.parametrize(
    ("mine", "yours"),
    [
        ("straße@example.com", "strasse@example.com"),
        ("\u212aim@example.com", "kim@example.com"),
        ("mi\u017fs@example.com", "miss@example.com"),
        ("\u0130@example.com", "i\u0307@example.com"),
        ("ﬁ@example.com", "fi@example.com"),
        ("É@example.com", "é@example.com"),
    ],
)
def test_no_two_peoples_addresses_are_made_one(mine: str, yours: str) -> None:
    assert holder_of_mail(mine) != holder_of_mail(yours)


def test_a_name_gives_its_address_back() -> None:
    assert mail_of(holder_of_mail("a@x.com")) == "a@x.com"
    assert mail_of("person:https://id.example|1") == ""
