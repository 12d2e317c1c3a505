"""Versions of a shipped process: the newest from its files, older ones as frozen."""

import shutil
from pathlib import Path

import pytest

import process
from process.library import HOME, freeze, load
from schemes import SchemeError


def test_a_frozen_version_stays_as_it_was(tmp_path: Path) -> None:
    shutil.copytree(HOME / "consultancy", tmp_path / "consultancy")
    path, new = freeze("consultancy", tmp_path)
    assert (path.name, new) == ("1.0.json", True)
    assert freeze("consultancy", tmp_path) == (path, False)
    main = tmp_path / "consultancy" / "process.yaml"
    text = main.read_text("utf-8")
    main.write_text(text.replace("五个阶段", "若干阶段"), "utf-8")
    load.cache_clear()
    with pytest.raises(SchemeError, match="内容与现在的文件不同"):
        freeze("consultancy", tmp_path)
    changed = text.replace('version: "1.0"', 'version: "1.1"').replace("五个阶段", "若干阶段")
    main.write_text(changed, "utf-8")
    load.cache_clear()
    assert load("consultancy", None, tmp_path).version == "1.1"
    assert load("consultancy", "1.1", tmp_path).title == "安全生产标准化创建若干阶段"
    assert load("consultancy", "1.0", tmp_path) == process.load("consultancy")
    for unknown in ("0.9", "../1.0", "../../consultancy/older/1.0"):
        with pytest.raises(process.UnknownProcess, match="没有"):
            load("consultancy", unknown, tmp_path)
    load.cache_clear()
