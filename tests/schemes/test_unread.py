"""A row that an import could not read whole: accepted, listed, warned about, never hidden."""

import shutil
import sys
from pathlib import Path

import pytest

from schemes import load_folder
from schemes.__main__ import main as command
from scoring import score
from scoring.answers import Answers
from scoring.result import WarningKind
from tests.conftest import FIXTURES
from wording.output import scheme_json
from wording.warnings import warning_words

OLD = """        points: 6
        requirement: 项目否决
        conditions:
          - {id: a, when: 整个项目不得分, forfeit: true, scope: section}
          - {id: b, when: 扣一分, deduct: 1}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "mini-percent"
    shutil.copytree(FIXTURES / "mini-percent", copy)
    path = copy / "elements/01-first.yaml"
    text = path.read_text(encoding="utf-8")
    assert OLD in text
    new = "        points: 6\n        requirement: 读不懂\n        unread: 按比例酌情扣分\n"
    path.write_text(text.replace(OLD, new), encoding="utf-8")
    return copy


def test_an_unread_row_needs_no_condition_and_validate_lists_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["python -m schemes", "validate", str(folder)])
    assert command() == 0
    assert "待确认的内容 1 条：1.2.1" in capsys.readouterr().out


def test_scoring_warns_of_it_while_it_applies(folder: Path) -> None:
    scheme = load_folder(folder)
    result = score(scheme, Answers())
    subjects = [w.subjects for w in result.warnings if w.kind is WarningKind.UNREAD_ROWS]
    assert subjects == [("1.2.1",)]
    assert "1 条内容的考评办法还没有全部读懂（待确认），只按读懂的部分扣分：1.2.1" in warning_words(
        result
    )
    away = score(scheme, Answers(not_applicable=frozenset({"1.2.1"})))
    assert WarningKind.UNREAD_ROWS not in [w.kind for w in away.warnings]


def test_the_tree_as_json_has_the_words(folder: Path) -> None:
    element = scheme_json(load_folder(folder))["children"][0]
    assert element["children"][1]["children"][0]["unread"] == "按比例酌情扣分"
    assert "unread" not in element["children"][1]["children"][1]
