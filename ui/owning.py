"""What only an owner does: the bin, and to whom an assessment is open.

Each is a callback: what is refused is said on the page shown next.
"""

from collections.abc import Callable, Collection
from typing import Any

from state.documents.access import holder_of_mail
from state.documents.addresses import addresses_in
from state.documents.changes import Change
from state.service.assessments import Key
from state.service.mode import Mode
from state.storage.line import Line
from ui import session


def may_discard(line: Line) -> bool:
    """Whether a line of the list is the visitor's own, and not only shared with them."""
    return session.service().mode is Mode.LOCAL or line.access.owner in session.visitor().holders


def discard(assessment_id: str) -> None:
    """Move an assessment to the bin."""
    if session.tried(lambda: session.service().discard(Key(assessment_id), session.visitor())):
        session.close(assessment_id)
        session.notify("已移到回收站，30 天内可以恢复")


def leave(assessment_id: str) -> None:
    """Take what somebody shared off the visitor's list."""
    if session.tried(lambda: session.service().leave(Key(assessment_id), session.visitor())):
        session.close(assessment_id)
        session.notify("已从列表中移除")


def restore(assessment_id: str) -> None:
    """Take an assessment out of the bin."""
    if session.tried(lambda: session.service().restore(Key(assessment_id), session.visitor())):
        session.notify("已恢复")


def erase(assessment_id: str) -> None:
    """Remove an assessment for good."""
    if session.tried(lambda: session.service().erase(Key(assessment_id), session.visitor())):
        session.close(assessment_id)
        session.notify("已彻底删除")


def recover(damaged: Key) -> None:
    """Bring a damaged assessment back and open it."""
    if session.tried(lambda: session.service().recover(damaged, session.visitor())):
        session.open_assessment(damaged.id)
        shared = "" if session.service().mode is Mode.LOCAL else "；分享和只读链接请重新建立"
        session.notify(f"已恢复{shared}")


def share(action: Callable[..., object], *inputs: Any) -> None:
    """Change to whom the session's assessment is open: a method of the service and its inputs."""
    session.ask(action, *inputs)


def share_with(typed: str) -> None:
    """Let everybody edit whose address was typed; says what is no address."""
    found = addresses_in(typed)
    for mail in found.understood:
        share(session.service().share, holder_of_mail(mail), True)
    _say_refused(found.refused)


def give_to(typed: str) -> None:
    """Hand the session's assessment over to the one person whose address was typed."""
    found = addresses_in(typed)
    if len(found.understood) != 1 or found.refused:
        _say_refused(found.refused)
        if not found.refused:
            session.warn(["没有转交：请只填一个邮箱"])
        return
    key, (mail,) = session.settle_address(), found.understood
    if key and session.tried(
        lambda: session.service().give(key, session.visitor(), holder_of_mail(mail))
    ):
        session.notify(f"已转交给 {mail}，您仍可修改")


def _say_refused(refused: Collection[str]) -> None:
    if refused:
        session.warn(["这不是邮箱，没有添加：" + "、".join(refused)])


def owner_called(line: Line) -> str:
    """What the owner of a line is called, where that is known."""
    return session.service().logins.called(line.access.owner)


def called(holder: str) -> str:
    """What somebody an assessment is shared with is called."""
    return session.service().logins.called(holder) or "没有邮箱的人"


def renew() -> None:
    """Give the session's assessment a new link to edit; those made so far end."""
    found = session.settle_address()

    def renewed() -> None:
        if found:
            session.open_assessment(session.service().renew(found, session.visitor()))

    if session.tried(renewed):
        session.notify("已换成新的链接，原来的链接都已失效")


def change_of(assessment_id: str, change: Change) -> None:
    """Change another assessment than the session's, of a list."""
    session.tried(lambda: session.service().change(Key(assessment_id), session.visitor(), change))
