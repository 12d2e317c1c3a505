"""Try start.bat under Wine's cmd, with stand-ins for Python, winget and what Wine lacks.

`make windows` installs what it needs and runs this. It shows that the file is read as cmd reads
it: every branch is walked through, in a folder whose name has a space, a bracket and Chinese in it.
What Python itself does on Windows it does not show, nor the words in the window: Wine's cmd knows
no chcp.
"""

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROGRAMS = ("chosen", "fc", "py", "python", "where", "winget")
PIP = "python -m pip install --quiet --disable-pip-version-check -r requirements.txt"
PATHS, RUN = "python -m schemes.paths", "streamlit run server.py"


@dataclass(frozen=True)
class Walk:
    """One start on a machine.

    code: what the window ends with; asked: parts of what the programs are asked, in this order;
    never: what none is asked; lacks: programs that the machine has not; ends: what ends with
    another number than 0, by a part of what it was asked; typed: an argument of start.bat;
    installed: whether an earlier start has set everything up.
    """

    name: str
    code: int
    asked: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    ends: str = ""
    typed: str = ""
    installed: bool = False


WINGET = "winget install --exact --id Python.Python.3.13"
WALKS = [
    Walk(
        "neither Python nor winget",
        1,
        (),
        ("winget install", "-m venv"),
        ("py", "python", "winget"),
    ),
    Walk("winget, and a yes", 0, (WINGET,), ("-m venv",), ("py", "python"), "chosen=1"),
    Walk("winget, and a no", 1, ("where winget",), (WINGET,), ("py", "python"), "chosen=2"),
    Walk("winget fails", 1, (WINGET,), ("-m venv",), ("py", "python"), "chosen=1;winget install=5"),
    Walk("the first start", 0, ("py -3 -c VERSION", "py -3 -m venv .venv", PIP, PATHS, RUN)),
    Walk(
        "the launcher's Python is too old",
        0,
        ("py -3 -c VERSION", "python -c VERSION", "python -m venv .venv", PIP, PATHS, RUN),
        ("py -3 -m",),
        ends="py -3 -c=1",
    ),
    Walk("a later start", 0, (PATHS, RUN), ("-m venv", "pip"), installed=True),
    Walk("no network", 1, ("venv .venv", PIP), (RUN, PATHS), ends="pip install=1"),
    Walk("a class", 0, ("python -m server.classroom",), (RUN,), typed="class", installed=True),
    Walk("the app fails", 1, (RUN,), ends="streamlit=1", installed=True),
]


def main() -> None:
    """Raises: SystemExit naming the first walk that went otherwise."""
    with tempfile.TemporaryDirectory() as folder:
        stand_in = Path(folder, "stand-in.exe")
        source = ROOT / "scripts" / "stand_in.c"
        subprocess.run(["x86_64-w64-mingw32-gcc", "-O1", "-s", source, "-o", stand_in], check=True)
        for number, walk in enumerate(WALKS):
            _try(walk, Path(folder, f"{number}"), stand_in)
            print(f"as it should be: {walk.name}")


def _try(walk: Walk, folder: Path, stand_in: Path) -> None:
    home, programs = folder / "安标 自评 (新)", folder / "programs"
    scripts = home / ".venv" / "Scripts"
    for made in (home, programs, *([scripts] if walk.installed else [])):
        made.mkdir(parents=True)
    shutil.copy(ROOT / "requirements.txt", home)
    written = (ROOT / "start.bat").read_bytes().decode()
    (home / "start.bat").write_bytes(_for_wine(written).encode())
    for name in PROGRAMS:
        shutil.copy(stand_in, programs / f"{name}.exe")
    if walk.installed:
        shutil.copy(ROOT / "requirements.txt", scripts.parent / "installed.txt")
        for name in ("python", "streamlit"):
            shutil.copy(stand_in, scripts / f"{name}.exe")
    notes = folder / "notes"
    notes.touch()
    # Wine's cmd takes what is not there for a success: what lacks is there, and fails.
    lacking = [f"{'where ' if name == 'winget' else ''}{name} =9009" for name in walk.lacks]
    done = subprocess.run(
        ["wine", "cmd", "/c", ".\\start.bat", *walk.typed.split()],
        cwd=home,
        env=os.environ
        | {
            "WINEDEBUG": "-all",
            "WINEPREFIX": str(folder.parent / "wine"),
            "WINEPATH": _windows(programs),
            "STAND_IN_NOTES": _windows(notes),
            "STAND_IN_ENDS": ";".join([*lacking, walk.ends]),
            "LANG": "C.UTF-8",
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
    )
    asked = notes.read_text(encoding="utf-8", errors="replace")
    at = 0
    for part in walk.asked:
        at = asked.find(part, at)
        _holds(at >= 0, walk, f"never asked, or too early: {part}", asked)
    for part in walk.never:
        _holds(part not in asked, walk, f"asked: {part}", asked)
    _holds(done.returncode == walk.code, walk, f"ended with {done.returncode}", asked)


def _for_wine(script: str) -> str:
    """Its cmd of Debian 12 goes on after && and || whatever was before, and has its own choice."""
    script = script.replace("choice /c YN", "chosen")
    script = re.sub(r"(?m)^( *)(.*) && (.*)$", r"\1\2\r\n\1if not errorlevel 1 \3", script)
    return re.sub(r"(?m)^( *)(.*) \|\| (.*)$", r"\1\2\r\n\1if errorlevel 1 \3", script)


def _windows(path: Path) -> str:
    return f"Z:{path}".replace("/", "\\")


def _holds(so: bool, walk: Walk, fault: str, seen: str) -> None:
    if not so:
        raise SystemExit(f"{walk.name}: {fault}\n{seen}")


if __name__ == "__main__":
    main()
