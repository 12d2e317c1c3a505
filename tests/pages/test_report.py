import pytest

from state.changes import set_profile
from tests.pages.conftest import healthy

# What the downloads contain is read by the browser test; AppTest serves no files.


@pytest.mark.parametrize("sample", ["soy-sauce", "hazchem-plant"])
def test_the_report_and_the_backup_can_be_downloaded(open_page, kept, sample):
    app = open_page("report", kept(sample=sample))
    assert [button.proto.url.rsplit(".")[-1] for button in app.download_button] == ["pdf", "json"]


@pytest.mark.parametrize("name", ['../..\\:*?"<>|CON.', "🏭𠮷", "名" * 100, " . "])
def test_a_name_no_file_system_accepts_still_gives_a_report(open_page, repository, workshop, name):
    named = set_profile("name", name)(workshop).stamped()
    repository.save(named, expected_revision=workshop.revision)
    assert len(open_page("report", workshop).download_button) == 2


def test_the_preview_turns_pages(open_page, kept):
    app = open_page("report", kept(sample="soy-sauce"))
    first = app.image[0].proto
    healthy(app.segmented_control[0].set_value(2).run())
    assert app.image[0].proto != first
