"""Runs the commands of our packages: in a process as users do, or here, which takes no second."""

import contextlib
import io
import os
import runpy
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from unittest import mock

from schemes.paths import ROOT

Finished = subprocess.CompletedProcess[str]


def in_a_process(package: str, *arguments: str | Path) -> Finished:
    """`python -m package` as another program starts it."""
    return subprocess.run(
        [sys.executable, "-m", package, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def run_command(
    package: str, *arguments: str | Path, environ: Mapping[str, str] | None = None
) -> Finished:
    """The same without a process of its own; every door is opened by `in_a_process` somewhere."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    words = [package, *map(str, arguments)]
    umask = os.umask(0o022)
    status = 0
    try:
        with (
            mock.patch.object(sys, "argv", words),
            mock.patch.dict(os.environ, environ or {}),
            contextlib.chdir(ROOT),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            sys.modules.pop(f"{package}.__main__", None)  # where a test has imported it
            runpy.run_module(package, run_name="__main__")
    except SystemExit as end:
        assert isinstance(end.code, int), end.code
        status = end.code
    finally:
        os.umask(umask)
    return Finished(words, status, _written(out), _written(err))


def _written(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()
