"""Ties a standard in the making to one browser session; the address bar carries its id."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import streamlit as st
from pydantic import ValidationError

import schemes
from schemes import Scheme, SchemeError, UnknownScheme
from state.documents.faults import first_fault
from state.documents.installed import InstalledScheme, StandardFault
from state.documents.installed_changes import SchemeChange
from state.service.assessments import AssessmentService, Visitor
from state.service.standards import StandardService
from state.storage.repository import RepositoryError, Unavailable
from ui import files, session

ID = "std"
"""Name of the address parameter that carries its id."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Shown:
    """A standard on a page, and to whom."""

    service: StandardService
    id: str
    visitor: Visitor

    def opened(self) -> InstalledScheme:
        return self.service.open(self.id, self.visitor)

    def stands(self) -> bool:
        """Whether it is open to them; what nobody can say just now is not."""
        try:
            self.opened()
        except RepositoryError:
            return False
        return True


def service() -> StandardService:
    """Where standards in the making are handed out and changes taken in."""
    return _of(session.service())


@lru_cache(maxsize=1)
def _of(assessments: AssessmentService) -> StandardService:
    return StandardService(assessments)


def offered(*also: str | None) -> dict[str, Scheme]:
    """The standards a visitor may choose, by id: everybody's, then those they brought themselves.

    also: ids of others that are in use already. One that cannot be read is left out.
    """
    try:
        own = service().own(session.visitor())
    except RepositoryError:
        own = []
    found = {}
    for scheme_id in dict.fromkeys([*schemes.available(), *own, *filter(None, also)]):
        try:
            found[scheme_id] = schemes.load(scheme_id)
        except UnknownScheme:
            continue
        except SchemeError:
            if not scheme_id.startswith(schemes.PREFIX):
                raise  # of a shipped one, whoever serves it is to know
    return found


def open_standard(document_id: str) -> None:
    """Make this the session's standard."""
    session.remember(ID, document_id)


def close() -> None:
    """Have none open."""
    session.forget(ID)


def current() -> InstalledScheme | None:
    """The session's standard as it is kept now; None, with a message, when there is none."""
    found = session.remembered(ID)
    if not found:
        return None
    session.remember(ID, found)
    shown = _Shown(service(), found, session.visitor())
    try:
        document = shown.opened()
    except RepositoryError as error:
        session.warn([str(error)])
        if not isinstance(error, Unavailable):
            close()
        return None
    files.note_right(shown)  # or server/ would not let its export go
    return document


def told(action: Callable[[], T]) -> T | None:
    """What an action returns; None where it is refused, which is said on the page."""
    try:
        return action()
    except (StandardFault, RepositoryError) as error:
        session.warn([str(error)])
    except ValidationError as error:
        session.warn([f"没有保存（{first_fault(error)}）"])
    return None


def save_form(document: InstalledScheme, change: Callable[[], SchemeChange]) -> None:
    """Save what a form says, and draw the page again; what is refused is said on the page.

    change: made of what stands in the form, of which a cell may be refused already.
    """
    if told(lambda: service().change(document.id, session.visitor(), change())):
        session.notify("已保存")
    st.rerun()


def apply(change: SchemeChange) -> None:
    """Save a change to the session's standard; used in the callbacks of widgets."""
    found = session.remembered(ID)
    if found:
        told(lambda: service().change(found, session.visitor(), change))
