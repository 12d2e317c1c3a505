"""Moments and days where the reader is."""

import os
from datetime import date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from schemes.tree import Performance

BEIJING = timezone(timedelta(hours=8), "北京时间")
"""Where there is no other setting: the standards are Chinese, and so are their users."""


def server_zone() -> tzinfo:
    """The zone of a server: what `TZ` says, else Beijing time, whatever the machine is set to."""
    name = os.environ.get("TZ", "").lstrip(":")
    return zone_named(name) or BEIJING


def zone_named(name: str | None) -> tzinfo | None:
    """The zone with that name; None where there is none."""
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError
        return None
    except KeyError:
        return None


def today(zone: tzinfo | None = None) -> date:
    """The day it is in a zone, the server's where none is known."""
    return datetime.now(zone or server_zone()).date()


def record_period(question: Performance, applied_on: date) -> str:
    """The days that a question on the safety record is about: 2025-11-26 至 2026-11-25.

    Empty where it is about no period. applied_on: the day of the application, the last of them.
    """
    if question.years is None:
        return ""
    first = years_before(applied_on, question.years) + timedelta(days=1)
    return f"{first.isoformat()} 至 {applied_on.isoformat()}，没有请填 0"


def years_before(day: date, years: int) -> date:
    """The same day some years before; of a leap day, the one before it."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def local_time(moment: datetime, zone: tzinfo | None = None) -> str:
    """A stored moment in a zone, the server's where none is known, to the minute."""
    return moment.astimezone(zone or server_zone()).strftime("%Y-%m-%d %H:%M")


def chinese_date(day: date) -> str:
    """A day as it stands on Chinese forms: 2026 年 11 月 1 日."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def period_words(start: date | None, end: date | None) -> str:
    """The period assessed as official tables ask for it; blanks to be filled in by hand."""
    first, last = (chinese_date(d) if d else "　　　年　　月　　日" for d in (start, end))
    return f"从 {first} 到 {last}"


def years_after(day: date, years: int) -> date:
    """The same day some years later; of a leap day, the one before it."""
    return years_before(day, -years)
