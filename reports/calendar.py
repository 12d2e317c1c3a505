"""The due dates of open actions as a calendar file that phones and mail programs take in.

RFC 5545: lines of at most 75 octets, folded without cutting a character (3.1), text with its
separators escaped (3.3.11), an event of a whole day (3.6.1) that reminds in the morning of the
day before (3.6.6).
"""

from collections.abc import Iterator
from datetime import date

from reports.content.actions import ordered
from reports.content.subject import Subject
from scoring.result import Result
from state.documents.action import Action
from wording.actions import due_words, measure_words, person_words

_OCTETS = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def due_dates_ics(result: Result, subject: Subject) -> bytes:
    """One event for each open action that has a last day."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//AnBiao//due dates//ZH"]
    for action_id, action in ordered(result.scheme, subject.actions):
        if action.is_open and action.due:
            lines += _event(action_id, action, action.due, subject)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _event(action_id: str, action: Action, due: date, subject: Subject) -> Iterator[str]:
    title = _text(due_words(action))
    yield "BEGIN:VEVENT"
    yield f"UID:{action_id}@anbiao"
    yield f"DTSTAMP:{subject.made_on:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{due:%Y%m%d}"
    yield f"SUMMARY:{title}"
    about = "\n".join(filter(None, [person_words(action), measure_words(action)]))
    if about:
        yield f"DESCRIPTION:{_text(about)}"
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT15H", f"DESCRIPTION:{title}")
    yield from ("END:VALARM", "END:VEVENT")


def _text(words: str) -> str:
    return words.replace("\r\n", "\n").replace("\r", "\n").translate(_ESCAPED)


def _folded(line: str) -> str:
    """Lines after the first begin with a space, which counts."""
    folded, room = [""], _OCTETS
    for character in line:
        size = len(character.encode())
        if size > room:
            folded.append("")
            room = _OCTETS - 1
        folded[-1] += character
        room -= size
    return "\r\n ".join(folded)
