"""How far long work has got is said with its steps, and without any by the time it takes."""

import pytest

from beside.telling import Progress
from wording.working import progress_words


@pytest.mark.parametrize(
    ("progress", "seconds", "share", "words"),
    [
        (None, 0, 0, "正在生成…"),
        (None, 3, 0, "正在生成…，已用 3 秒"),
        (Progress(0, 12, "自评摘要"), 0, 0, "正在生成 1/12：自评摘要"),
        (Progress(3, 12, ""), 5, 0.25, "正在生成 4/12，已用 5 秒"),
        (Progress(11, 12, "照片"), 5, 11 / 12, "正在生成 12/12：照片，已用 5 秒"),
    ],
)
def test_steps_and_time(progress, seconds, share, words):
    assert progress_words("正在生成", progress, seconds) == (share, words)
