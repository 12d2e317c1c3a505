"""What is wrong with answers, as facts; `wording.problems` says it."""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

MOST_PROBLEMS = 200
"""Faults that are told one by one."""

_LONGEST = 60
"""Characters of a key or value repeated in a problem."""

Detail = str | tuple[str, ...]
"""A value as it was given, or the ids that are known in its place."""


class ProblemKind(StrEnum):
    """The faults answers can have, each with what its details are."""

    UNREADABLE = "unreadable"  # why
    FILE_TOO_LARGE = "file_too_large"  # megabytes allowed
    TOO_MANY_VALUES = "too_many_values"  # values allowed
    NOT_JSON = "not_json"  # why
    REPEATED_KEYS = "repeated_keys"  # the keys
    NO_NUMBER = "no_number"  # NaN or an infinity
    UNCHECKED_LINES = "unchecked_lines"
    NO_OBJECT = "no_object"
    UNKNOWN_SCHEME = "unknown_scheme"  # id given, ids known
    NO_SCHEME = "no_scheme"
    OTHER_SCHEME = "other_scheme"  # id expected
    NO_FOLDER = "no_folder"  # folder without a scheme
    UNKNOWN_VERSION = "unknown_version"  # standard, version given, versions known
    OTHER_VERSION = "other_version"  # version expected
    UNKNOWN_KEY = "unknown_key"  # keys known
    MORE = "more"  # how many more
    NO_PAIRS = "no_pairs"
    UNKNOWN_FACET = "unknown_facet"  # ids known
    NO_OPTIONS = "no_options"
    UNKNOWN_OPTION = "unknown_option"  # id given, ids known
    ONE_OPTION = "one_option"  # how many were given
    UNKNOWN_QUESTION = "unknown_question"
    UNKNOWN_CONDITION = "unknown_condition"
    UNKNOWN_STATE = "unknown_state"
    NO_YES_NO = "no_yes_no"
    NO_REASSESSMENT = "no_reassessment"
    EARLIER_SUM = "earlier_sum"
    UNKNOWN_REQUISITE = "unknown_requisite"  # ids known
    NO_YES_OR_NO = "no_yes_or_no"
    NA_FORBIDDEN = "na_forbidden"  # item
    NO_ITEMS = "no_items"
    UNKNOWN_ITEM = "unknown_item"  # id given
    NO_INTEGER = "no_integer"  # value given
    NEGATIVE = "negative"  # value given
    COUNT_TOO_LARGE = "count_too_large"  # count allowed
    NO_AMOUNTS = "no_amounts"  # from, to, step
    WRONG_AMOUNT = "wrong_amount"  # value given, from, to, step
    NO_LEVELS = "no_levels"
    UNKNOWN_LEVEL = "unknown_level"  # level given, levels known
    NO_RATIO = "no_ratio"
    RATIO_SUM = "ratio_sum"
    NO_OWN_FINDINGS = "no_own_findings"
    TOO_MANY_OWN = "too_many_own"  # how many are allowed
    OWN_TWICE = "own_twice"
    NO_OWN_ID = "no_own_id"
    NO_OWN_WORDS = "no_own_words"  # characters allowed
    NO_OWN_POINTS = "no_own_points"  # points of the item
    UNKNOWN_PLAN_KEY = "unknown_plan_key"
    NO_EFFORT = "no_effort"  # effort allowed, value given
    NO_PIN = "no_pin"  # value given
    UNKNOWN_GRADE = "unknown_grade"  # grade given, grades there are
    NO_GRADES = "no_grades"
    NO_TOTAL = "no_total"  # value given, best total


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault.

    key: where, as a dotted path in `answers.json` or the path of the file; empty for all of it.
    line: of a file with an object in each line.
    former: the latest older version that knows an unknown id.
    """

    key: str
    kind: ProblemKind
    details: tuple[Detail, ...] = ()
    line: int | None = None
    former: str | None = None


class AnswersError(Exception):
    """Answers that do not fit; `problems` has each fault, up to a number."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(f"{p.key}: {p.kind} {p.details}" for p in problems))
        self.problems = problems


def quoted(value: Any) -> str:
    """A value as JSON, as far as a message has room for it; empty when nested beyond reading."""
    try:
        return clipped(json.dumps(value, ensure_ascii=False, default=str))
    except RecursionError:
        return ""


def clipped(text: str) -> str:
    """The beginning of a text that may be of any length."""
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
