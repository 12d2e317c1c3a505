"""Why a file could not be made that a page asked for, for server/ to say on that page.

A download is made after the page was drawn and outside of its session. One thing is kept for the
whole process: by session, why its last one came to nothing.
"""

import logging
from collections.abc import Callable

from state.storage.repository import NotFound, RepositoryError
from ui import party
from ui.uploads import alive

_MANY = 1000

UNKNOWN = (
    "这份文件没有生成：程序出错了（{kind}）。填写的内容都在，其他文件不受影响；"
    "请先下载别的格式，并把“导出自评文件”得到的文件发给提供本工具的人"
)

_why: dict[str, str] = {}
_log = logging.getLogger(__name__)


def noting(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """The same, which notes for the page that is drawn now why it comes to nothing, if it does."""
    page = party.session_id()

    def made() -> bytes:
        _why.pop(page, None)
        try:
            return make()
        except NotFound:  # what it may be is said already, with whom to ask
            raise
        except RepositoryError as error:
            _note(page, f"没有下载：{error}")
            raise
        except Exception as error:  # whatever it is, whoever waits for the file is told
            _log.exception("A file could not be made")
            _note(page, UNKNOWN.format(kind=type(error).__name__))
            raise

    return made


def words(error: BaseException) -> str:
    """Why a file came to nothing that a page waits for."""
    if isinstance(error, RepositoryError):
        return f"没有生成：{error}"
    return UNKNOWN.format(kind=type(error).__name__)


def why(page: str) -> str:
    """What was noted for a page, once; empty without anything."""
    return _why.pop(page, "")


def _note(page: str, words: str) -> None:
    _why[page] = words
    if len(_why) > _MANY:
        for other in [one for one in _why if not alive(one)]:
            _why.pop(other, None)
