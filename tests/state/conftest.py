"""What the tests of the document and its keepers share."""

from datetime import date
from pathlib import Path

import pytest

from state.assessment import Assessment, Entry, Profile, Sheet, Work, new_assessment
from state.tiny import TinyRepository

STRANGE = {
    "emoji": "👩🏽‍🏭🔥1️⃣🇨🇳",
    "rare characters": "\U0002a6a5龘\U00030ede面馆",
    "accents and other scripts": "e\u0301 ß İ \u0627\u0644 \u200fא",
    "HTML": "<script>alert('酱油')</script>&amp;&lt;b>",
    "Markdown": "# 标题 **粗** [链](http://x) `$x$` :red[红] ![]()",
    "formula": '=HYPERLINK("http://x","点我")+@SUM(A1)-1',
    "quotes and backslashes": "\"'`\\\\server\\share \\n %s {0} ${x}",
    "spaces and line breaks": "  前后有空格\n\t第二行\u3000\u00a0\u2028 ",
    "looks like JSON": '{"kind": null}',
}
"""Texts that some program on the way might change."""


def filled(name: str = "清溪酱油作坊", text: str = "3 号罐没有做气体检测") -> Assessment:
    """An assessment with something in every field; `name` and `text` in every text of its kind."""
    answers = Sheet(
        facets={"product": ["soy_sauce"], "equipment": ["cold_store", "crane"]},
        performance={"deaths": 0, "serious_injuries": 2},
        not_applicable=["6.2.9"],
        reviewed=["1.1.1", "1.1.2"],
        findings={"2.1.1-c": 2, "7.1.4-d": 1},
    )
    work = Work(
        scheme_version="1.0",
        answers=answers,
        remarks={"7.1.4": text},
        evidence={"7.1.4": text},
        entries={"12.1": [Entry(text=text, met=False), Entry(text=text)]},
    )
    profile = Profile(
        name=name,
        industry=name,
        employees=38,
        period_start=date(2026, 1, 1),
        period_end=date(2026, 10, 31),
        leader=name,
        members=text,
        target_grade=name,
    )
    other = Work(answers=Sheet(findings={"1.1-d": 3}), remarks={"1.1": text})
    return new_assessment().having(
        scheme="condiment",
        profile=profile,
        chapters={"enterprise": text},
        work=work,
        shelved={"hazchem": other},
    )


@pytest.fixture
def repository(tmp_path: Path) -> TinyRepository:
    """An empty folder of assessments."""
    return TinyRepository(tmp_path / "data")
