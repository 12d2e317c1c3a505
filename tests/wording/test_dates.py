"""Moments and days where the reader is, against literals."""

from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

import pytest

from schemes.tree import Performance
from wording import dates
from wording.dates import local_time, record_period, today, years_before, zone_named

MOMENT = datetime(2026, 3, 9, 20, 5, 59, tzinfo=UTC)


class _Stopped(datetime):
    """A clock that stands."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "_Stopped":
        return cls.fromtimestamp(MOMENT.timestamp(), tz)


@pytest.mark.parametrize(
    ("setting", "shown", "day"),
    [
        (None, "2026-03-10 04:05", date(2026, 3, 10)),
        ("", "2026-03-10 04:05", date(2026, 3, 10)),
        ("Nowhere/Land", "2026-03-10 04:05", date(2026, 3, 10)),
        ("Asia/Tokyo", "2026-03-10 05:05", date(2026, 3, 10)),
        (":Asia/Tokyo", "2026-03-10 05:05", date(2026, 3, 10)),
        ("America/New_York", "2026-03-09 16:05", date(2026, 3, 9)),
    ],
)
def test_a_server_stands_where_it_is_set_else_in_beijing(
    setting: str | None, shown: str, day: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dates, "datetime", _Stopped)
    if setting is None:
        monkeypatch.delenv("TZ", raising=False)
    else:
        monkeypatch.setenv("TZ", setting)
    assert local_time(MOMENT) == shown
    assert today() == day


@pytest.mark.parametrize(
    ("zone", "shown", "day"),
    [
        ("America/New_York", "2026-03-09 16:05", date(2026, 3, 9)),
        ("Pacific/Kiritimati", "2026-03-10 10:05", date(2026, 3, 10)),
    ],
)
def test_a_reader_elsewhere_sees_the_time_there(
    zone: str, shown: str, day: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dates, "datetime", _Stopped)
    for server in ("Asia/Shanghai", "America/New_York"):
        monkeypatch.setenv("TZ", server)
        assert local_time(MOMENT, ZoneInfo(zone)) == shown
        assert today(ZoneInfo(zone)) == day


@pytest.mark.parametrize("name", [None, "", "Nowhere/Land", "Asia", "../Asia/Tokyo"])
def test_what_names_no_zone_is_none(name: str | None) -> None:
    assert zone_named(name) is None


def test_a_zone_is_found_by_its_name() -> None:
    assert zone_named("Asia/Tokyo") == ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize(
    ("years", "applied_on", "words"),
    [
        (1, date(2026, 11, 25), "2025-11-26 至 2026-11-25，没有请填 0"),
        (3, date(2026, 1, 1), "2023-01-02 至 2026-01-01，没有请填 0"),
        (1, date(2026, 12, 31), "2026-01-01 至 2026-12-31，没有请填 0"),
        (1, date(2024, 2, 29), "2023-03-01 至 2024-02-29，没有请填 0"),
        (None, date(2026, 11, 25), ""),
    ],
)
def test_a_question_on_the_record_is_about_the_years_up_to_the_application(
    years: int | None, applied_on: date, words: str
) -> None:
    question = Performance("deaths", "死亡人数", None, "count", years)
    assert record_period(question, applied_on) == words


@pytest.mark.parametrize(
    ("day", "years", "before"),
    [
        (date(2026, 11, 25), 1, date(2025, 11, 25)),
        (date(2024, 2, 29), 1, date(2023, 2, 28)),
        (date(2024, 2, 29), 3, date(2021, 2, 28)),
        (date(2024, 2, 29), 4, date(2020, 2, 29)),
        (date(2025, 2, 28), 1, date(2024, 2, 28)),
    ],
)
def test_years_before_a_leap_day_is_the_day_before_it(day: date, years: int, before: date) -> None:
    assert years_before(day, years) == before
