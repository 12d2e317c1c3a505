"""`python -m benchmarks.timed_server FILE`: this app, noting in a file what each click costs.

A line for each run of a script: milliseconds of the script's thread, by part of the work, without
what the parts inside it take; `process` is what the whole server has used so far.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from time import process_time, thread_time
from typing import Any

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.web import cli

import state.service.scores
import ui.item_card
import ui.panel
from state.service.assessments import AssessmentService

SCORING, SAVING, FIGURE, ELEMENTS, RUNNER, PROCESS = (
    "scoring",
    "saving",
    "figure",
    "elements and messages",
    "script runner",
    "process",
)
_PLACES: list[tuple[Any, str, str]] = [
    (state.service.scores, "score", SCORING),
    (AssessmentService, "change", SAVING),
    (ui.panel, "drawn_radar", FIGURE),
    (ui.panel, "bars", FIGURE),
    (ui.panel, "score_panel", ELEMENTS),
    (ui.item_card, "item_card", ELEMENTS),
]

_spent: defaultdict[str, float] = defaultdict(float)
_inside = [0.0]


def _timed(work: Callable[..., Any], part: str) -> Callable[..., Any]:
    def timed(*inputs: Any, **named: Any) -> Any:
        begun = thread_time()
        _inside.append(0.0)
        try:
            return work(*inputs, **named)
        finally:
            whole = thread_time() - begun
            _spent[part] += whole - _inside.pop()
            _inside[-1] += whole

    return timed


def main() -> None:
    """Serve one visitor at a time, whose clicks wait for each other."""
    notes = Path(sys.argv[1])
    for owner, name, part in _PLACES:
        setattr(owner, name, _timed(getattr(owner, name), part))
    run = _timed(ScriptRunner._run_script, RUNNER)

    def noted(*inputs: Any) -> None:
        _spent.clear()
        run(*inputs)
        line = json.dumps({**_spent, PROCESS: process_time()})
        with notes.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")

    setattr(ScriptRunner, "_run_script", noted)  # noqa: B010 - to mypy no place to assign to
    sys.argv = ["streamlit", "run", "server.py"]
    cli.main()


if __name__ == "__main__":
    main()
