"""Both languages of docs/deploy.md say the same, and figures are those of the program."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from server.crowd import JOINS, PAGES
from server.housekeeping import EVERY
from state.documents.access import KEEP
from state.service import housekeeping, logins
from state.service.logins import login_lasts
from state.storage import deadline
from ui import gate
from ui.frame import LOOK

DOCS = Path(__file__).parents[1] / "docs"
ENGLISH, CHINESE = DOCS / "deploy.md", DOCS / "deploy.zh-CN.md"

_TRANSLATED = {
    "您的域名": "YOUR.NAME",
    "https://登录服务": "https://PROVIDER",
    "原处 另一处": "ORIGINAL ELSEWHERE",
    "原主人 新主人": "OLD NEW",
    "state logout 邮箱": "state logout ADDRESS",
    "openssl rand -hex 32 的结果，各台相同": "from openssl rand -hex 32, the same everywhere",
}


def _text(path: Path) -> str:
    text = path.read_text("utf-8")
    for chinese, english in _TRANSLATED.items():
        text = text.replace(chinese, english)
    return text


def _commands(path: Path) -> list[str]:
    """What stands in boxes, without what is only a remark."""
    boxes = re.findall(r"^```\w*\n(.*?)^```$", _text(path), re.DOTALL | re.MULTILINE)
    lines = (
        re.split(r"(?:^|\s{2,})#", line)[0].rstrip() for box in boxes for line in box.split("\n")
    )
    return [line for line in lines if line]


def _names(path: Path) -> set[str]:
    """Settings, files and commands in the text between the boxes."""
    prose = re.sub(r"^```.*?^```$", "", _text(path), flags=re.DOTALL | re.MULTILINE)
    names = set(re.findall(r"`([^`\n]+)`", prose))
    return {name.removeprefix("systemctl restart ") for name in names}


def _figures(path: Path) -> set[str]:
    prose = re.sub(r"^```.*?^```$", "", _text(path), flags=re.DOTALL | re.MULTILINE)
    return set(re.findall(r"\d+", prose))


def test_commands_are_the_same_in_both_languages() -> None:
    assert _commands(ENGLISH) == _commands(CHINESE)
    assert len(_commands(ENGLISH)) > 20


def test_settings_and_files_are_the_same_in_both_languages() -> None:
    assert _names(ENGLISH) == _names(CHINESE)


def test_figures_are_the_same_in_both_languages() -> None:
    assert _figures(ENGLISH) == _figures(CHINESE)


@pytest.mark.parametrize("path", [ENGLISH, CHINESE])
def test_no_command_of_a_backup_has_a_password_in_it(path: Path) -> None:
    """Every user of the machine can read it in the list of processes."""
    commands = [c for c in _commands(path) if re.search(r"pg_|tar |state copy", c)]
    assert len(commands) >= 4
    assert not [c for c in commands if re.search(r"://[^ ]*:[^ ]*@|PGPASSWORD|password", c)]
    saving = [c for c in commands if "--create" in c or "pg_dump" in c]
    assert saving
    assert all(c.startswith("umask 077 && ") for c in saving)


MODES = DOCS / "modes.md"

PROMISES = [
    (MODES, "半分钟内关上", LOOK, timedelta(seconds=20)),
    (MODES, "别的进程最多晚一秒", logins._MOMENT, 1.0),
    (MODES, "12 小时，`ANBIAO_LOGIN_HOURS` 可改", login_lasts({}), timedelta(hours=12)),
    (MODES, "30 天内恢复后又能用", KEEP, timedelta(days=30)),
    (MODES, "空白自评，7 天后自动删除", housekeeping._EMPTY, timedelta(days=7)),
    (MODES, "这个浏览器建立和用编辑链接打开过的自评，400 天", gate._COOKIE_DAYS, 400),
    (MODES, "一个 200 人的班级共用", min(PAGES["address"], JOINS["address"].burst), 400),
    (ENGLISH, "(1 to\n  720)", logins._MOST, 720),
    (ENGLISH, "is given up within 4 seconds", deadline.PATIENCE, 3.5),
    (ENGLISH, "goes after 7 days", housekeeping._EMPTY, timedelta(days=7)),
    (ENGLISH, "erased within the hour", EVERY, timedelta(hours=1)),
]


@pytest.mark.parametrize(("path", "promise", "kept", "figure"), PROMISES)
def test_a_figure_that_is_promised_is_the_one_that_is_kept(
    path: Path, promise: str, kept: object, figure: object
) -> None:
    """That it is kept is tested where it is kept; here, that the document says so."""
    assert promise in path.read_text("utf-8")
    assert kept == figure
