"""The units of deploy/ for systemd: what they name is what docs/deploy.md makes, and they run."""

import http.client
import os
import re
import shlex
import shutil
import socket
import subprocess
from pathlib import Path

import pytest
import streamlit as st

from tests.browser.conftest import ROOT, free_port, wait_for
from tests.deployment.test_link_mode import outside_address

DEPLOY = ROOT / "deploy"
DOCUMENT = (ROOT / "docs" / "deploy.md").read_text("utf-8")
HOME, DATA, PLACE = "/opt/anbiao", "/var/lib/anbiao", "/etc/anbiao/anbiao.env"

Unit = dict[str, list[str]]


def _unit(name: str) -> Unit:
    """What a unit says, by name; a name may stand there several times."""
    found: Unit = {}
    for line in (DEPLOY / name).read_text("utf-8").splitlines():
        key, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found.setdefault(key, []).append(value)
    return found


def _settings(filled: dict[str, str]) -> dict[str, str]:
    """deploy/anbiao.env, with what an administrator fills in."""
    lines = (DEPLOY / "anbiao.env").read_text("utf-8").splitlines()
    there = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert filled.keys() <= there.keys()
    return there | filled


APP, MIGRATE = _unit("anbiao@.service"), _unit("anbiao-migrate.service")


def test_what_the_units_name_is_what_the_document_makes() -> None:
    for unit in (APP, MIGRATE):
        assert unit["User"] == unit["Group"] == ["anbiao"]
        assert unit["WorkingDirectory"] == [HOME]
        assert unit["EnvironmentFile"] == [PLACE]
        assert unit["UMask"] == ["0077"]
        assert unit["Documentation"] == [f"file:{HOME}/docs/deploy.md"]
    assert f"--home-dir {DATA} --shell /usr/sbin/nologin anbiao\n" in DOCUMENT
    assert f"cd {HOME} && python3 -m venv .venv && .venv/bin/pip install" in DOCUMENT
    assert f"install -m 0600 deploy/anbiao.env {PLACE} " in DOCUMENT
    assert "cp deploy/anbiao@.service deploy/anbiao-migrate.service /etc/systemd/" in DOCUMENT
    assert APP["StateDirectory"] == ["anbiao"]  # below /var/lib
    assert APP["StateDirectoryMode"] == ["0700"]
    assert f"ANBIAO_DATA={DATA}" in APP["Environment"]
    assert "STREAMLIT_SERVER_ADDRESS=127.0.0.1" in APP["Environment"]
    assert APP["ExecStart"] == [f"{HOME}/.venv/bin/python server.py"]
    assert MIGRATE["ExecStart"] == [f"{HOME}/.venv/bin/python -m state migrate"]
    assert MIGRATE["Type"] == ["oneshot"]
    assert "anbiao-migrate.service" in APP["After"][0].split()
    assert "/etc/anbiao/secrets.toml" in DOCUMENT
    assert "STREAMLIT_SECRETS_FILES=/etc/anbiao/secrets.toml" in (DEPLOY / "anbiao.env").read_text()


def test_nginx_replaces_what_a_visitor_says_of_where_they_are() -> None:
    """Else anybody could be counted as somebody else, at the bounds."""
    site = (DEPLOY / "nginx.conf").read_text("utf-8")
    said = set(re.findall(r"^\s*proxy_set_header (X-\S+|Host) (\S+);$", site, re.MULTILINE))
    assert said == {
        ("Host", "$http_host"),
        ("X-Forwarded-For", "$remote_addr"),
        ("X-Forwarded-Proto", "$scheme"),
        ("X-Real-IP", "$remote_addr"),
    }
    # A place with a header of its own would inherit none of these.
    inside = re.findall(r"location [^{]*\{([^}]*)", site)
    assert len(inside) == 5
    assert not [place for place in inside if "proxy_set_header" in place]


def test_every_setting_is_one_that_something_reads() -> None:
    """A misspelt one would be passed over, and what it was to protect is open."""
    text = "\n".join((DEPLOY / "anbiao.env").read_text("utf-8").splitlines() + APP["Environment"])
    names = set(re.findall(r"^#?([A-Z_]+)=", text, re.MULTILINE))
    assert len(names) >= 9
    ours = "\n".join(path.read_text("utf-8") for path in ROOT.glob("s[ct]*/**/*.py"))
    for name in names:
        if name.startswith("STREAMLIT_"):
            section, *words = name.removeprefix("STREAMLIT_").lower().split("_")
            st.get_option(f"{section}.{words[0]}{''.join(map(str.title, words[1:]))}")
        elif name != "FORWARDED_ALLOW_IPS":  # uvicorn's, see tests/server/test_attacks.py
            assert name in ours


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="only systemd knows its own words")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for name, here in (("anbiao@.service", "anbiao@8501.service"), ("anbiao-migrate.service",) * 2):
        text = (DEPLOY / name).read_text("utf-8").replace(f"={HOME}/.venv/bin/", "=/bin/true ")
        (tmp_path / here).write_text(text, "utf-8")
    tried = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert [line for line in tried.stderr.splitlines() if "anbiao" in line] == []


def test_the_app_starts_and_ends_as_its_unit_says(tmp_path: Path) -> None:
    port = free_port()
    settings = _settings({"STREAMLIT_SERVER_COOKIE_SECRET": "0" * 64})
    for line in APP["Environment"]:
        name, value = line.split("=", 1)
        settings[name] = value.replace("%i", str(port)).replace(DATA, str(tmp_path / "data"))
    command = shlex.split(APP["ExecStart"][0].replace(HOME, str(ROOT)))
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"} | settings,  # as systemd: no others
        umask=int(APP["UMask"][0], 8),
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health", process)
        assert _status(port, "anbiao.example.com") == 200
        assert _status(port, "another.example.com") == 403
        for elsewhere in ("::1", outside_address()):  # it listens at the one address only
            with pytest.raises(OSError):
                socket.create_connection((elsewhere, port), timeout=5)
    finally:
        process.terminate()
        process.wait(timeout=float(APP["TimeoutStopSec"][0]))  # then systemd would kill it
    made = [tmp_path / "data", *(tmp_path / "data").rglob("*")]
    assert {path.stat().st_mode & 0o077 for path in made} == {0}


def _status(port: int, host: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/", headers={"Host": host})
    status = connection.getresponse().status
    connection.close()
    return status
