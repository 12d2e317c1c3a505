"""Serving a room: the settings, the address and the code that it prints, and who may come in."""

import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.classroom import room_settings
from server.lan import lan_addresses
from tests.browser.conftest import ROOT, free_port
from wording.classroom import room_words


def test_the_app_answers_to_all_addresses_of_the_computer_and_links_are_the_keys() -> None:
    assert room_settings(["192.168.1.5", "10.0.0.7"], "8600", {}) == {
        "ANBIAO_MODE": "link",
        "ANBIAO_ROOM": "http://192.168.1.5:8600",
        "STREAMLIT_SERVER_ADDRESS": "0.0.0.0",
        "STREAMLIT_SERVER_PORT": "8600",
        "STREAMLIT_SERVER_ALLOWED_HOSTS": "192.168.1.5 10.0.0.7 localhost 127.0.0.1 ::1",
    }


@pytest.mark.parametrize(
    ("given", "mode"), [("local", "link"), (" ", "link"), ("login", "login"), ("Link", "link")]
)
def test_a_room_is_never_for_one_person_only(given: str, mode: str) -> None:
    assert room_settings(["10.0.0.7"], "1", {"ANBIAO_MODE": given})["ANBIAO_MODE"] == mode


def test_the_console_says_how_to_join_and_what_to_do_about_a_firewall() -> None:
    lines = room_words("http://10.0.0.7:8501", ["http://192.168.1.5:8501"], reached=False)
    told = "\n".join(lines)
    assert "    http://10.0.0.7:8501\n" in told
    assert "可以试：http://192.168.1.5:8501" in told
    assert "打不开，手机多半也打不开" in told
    assert "防火墙" in told


@pytest.fixture
def room(tmp_path: Path) -> Iterator[tuple[list[str], "subprocess.Popen[str]"]]:
    """A room that is open, and what its console says."""
    if not lan_addresses():
        pytest.skip("this machine is in no network")
    settings = {
        "ANBIAO_DATA": str(tmp_path),
        "STREAMLIT_SERVER_PORT": str(free_port()),
        "STREAMLIT_SERVER_HEADLESS": "true",
        "PYTHONIOENCODING": "utf-8",
    }
    command = [sys.executable, "-m", "server.classroom"]
    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ | settings, stdout=subprocess.PIPE, text=True
    ) as serving:
        assert serving.stdout
        told: list[str] = []
        for line in serving.stdout:
            told.append(line)
            if line.startswith("上完课"):
                break
        yield told, serving
        serving.terminate()
    with pytest.raises(OSError):  # the app ended with it
        urllib.request.urlopen(f"http://127.0.0.1:{settings['STREAMLIT_SERVER_PORT']}", timeout=5)


def _status(address: str, host: str) -> tuple[int, str]:
    asked = urllib.request.Request(address, headers={"Host": host, "Accept": "text/html"})
    try:
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return answer.status, ""
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def test_others_of_the_network_come_in_by_the_address_that_is_shown(room) -> None:
    told, _ = room
    address = re.search(r"http://[\d.]+:\d+", "".join(told))
    assert address
    assert "检查：按这个地址能打开。\n" in told
    assert _status(address[0], address[0].removeprefix("http://")) == (200, "")
    status, words = _status(address[0], "evil.example")
    assert (status, "用这个地址打不开" in words) == (403, True)
