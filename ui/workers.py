"""The workers of this server: what is long is done by them, and no click waits for it.

One thing is kept for the whole process: the pool, made when something is first asked of it.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

from beside.call import Call
from beside.job import Job
from beside.pool import Crashed, Pool, TooLong
from state.service.bounds import Who
from state.service.photos import photo_reader
from state.storage.repository import RepositoryError
from ui import session
from ui.making import PATIENCE, PLACES, place, queue

T = TypeVar("T")

_BROKEN = "生成文件的进程中断了，没有做完；填写的内容都在，请再试一次"
_LONG = "做了十分钟还没有做完，已经停下；填写的内容都在"

_LONGER = 600.0
"""Seconds to wait for a place, where the page shows that it waits and offers to give it up."""


class Broken(RepositoryError):
    """What was asked for came to nothing, through no fault of what is kept."""


@cache
def pool() -> Pool:
    """As many workers at most as there are places for what is made."""
    return Pool(int(PLACES["all"]), "reports.orders:prepare")


def ready() -> None:
    """Have a worker started: the page is about to offer what it makes."""
    pool().ready()


def close() -> None:
    """End all workers."""
    pool().close()


def worked_out(
    who: Who,
    make: Callable[..., T],
    *inputs: object,
    answers: Mapping[str, Callable[..., Any]] | None = None,
    job: Job[Any] | None = None,
) -> T:
    """What a function of `reports.orders` or of a room below returns, worked out by a worker.

    It takes a place of `who` meanwhile. answers: what it asks for besides `photo` and the standards
    that users brought. job: what is given up with it, and told how far it has got.
    Raises: Busy, Broken, Cancelled; what the function or an answer raises.
    """
    wanted = (lambda: job.cancelled) if job else (lambda: False)
    with queue(who), place(who, _LONGER if job else PATIENCE, given_up=wanted):
        return handed_over(make, *inputs, answers=answers, job=job)


def handed_over(
    make: Callable[..., T],
    *inputs: object,
    answers: Mapping[str, Callable[..., Any]] | None = None,
    job: Job[Any] | None = None,
) -> T:
    """The same for who has a place already."""
    service = session.service()
    answered: dict[str, Callable[..., Any]] = {
        "photo": photo_reader(service.repository),
        "standards": service.standards.offered,
        "versions": service.standards.versions,
        "standard": service.standards.get,
        **(answers or {}),
    }
    try:
        made: T = pool().run(Call(make, inputs, answered), job)
    except Crashed as error:
        raise Broken(_BROKEN) from error
    except TooLong as error:
        raise Broken(_LONG) from error
    return made
