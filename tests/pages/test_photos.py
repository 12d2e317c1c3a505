"""Photos beside an item and an action: added, refused by words, told, removed, and on their way."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from state.documents.action import Action
from state.documents.action_changes import add_actions
from state.documents.assessment import Assessment
from state.documents.packing import import_file
from state.documents.photo_files import photo_of
from state.storage.repository import Repository
from tests.pages.conftest import Open, healthy, texts
from tests.state.photos import photo

MARKUP = "<b onmouseover=alert(1)>**x**.png"
ACTION = "a" * 32


def unfold(app: AppTest, key: str) -> AppTest:
    """Open a shelf of photos."""
    app.session_state[f"photos-{key}"] = True
    return healthy(app.run())


def chosen(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    app.file_uploader[0].set_value([(name, content, "image/jpeg") for name, content in files])
    return healthy(app.run())


def test_photos_are_added_told_and_removed(
    open_page: Open, workshop: Assessment, repository: Repository
) -> None:
    app = open_page("assess", workshop, item="1.1.1")
    assert not app.file_uploader and "照片" in [one.label for one in app.expander]
    app = unfold(app, "1.1.1")
    assert "避开人脸" in texts(app) and "还可以加 9 张" in texts(app)
    app = chosen(app, ("a.jpg", photo(1)), (MARKUP, b"<svg/>"), ("b.jpg", photo(2)), ("c", b""))
    kept = repository.load(workshop.id)
    assert [repository.blob(d) for d in kept.blobs] == [photo_of(photo(1)), photo_of(photo(2))]
    first, second = (str(one.value) for one in app.error)
    assert "不是能用的图片" in first and "这个文件是空的" in second
    assert r"\<b onmouseover" in first and r"\*\*x\*\*" in first  # shown as it is written
    assert "还可以加 7 张" in texts(app) and "照片 2 张" in texts(app)
    assert len(app.get("image")) == 1 + 2  # the radar is one, too
    caption = app.text_input(key=f"caption-1.1.1-{kept.blobs[0][:16]}")
    caption.set_value("3 号罐")
    app = healthy(app.run())
    assert repository.load(workshop.id).work.photos["1.1.1"][0].caption == "3 号罐"
    app = healthy(app.button(key=f"enlarge-1.1.1-{kept.blobs[0][:16]}").click().run())
    taps = [one.label for one in app.button if (one.key or "").startswith("enlarge-")]
    assert taps == ["缩小", "看大图"]
    app.button(key=f"drop-1.1.1-{kept.blobs[0][:16]}-now").click()
    app = healthy(app.run())
    assert repository.load(workshop.id).blobs == kept.blobs[1:]
    assert repository.blobs() == {kept.blobs[1]}
    assert len(app.get("image")) == 1 + 1


def test_beyond_nine_nothing_is_added(
    open_page: Open, workshop: Assessment, repository: Repository
) -> None:
    app = unfold(open_page("assess", workshop, item="1.1.1"), "1.1.1")
    app = chosen(app, *((f"{number}.jpg", photo(number)) for number in range(11)))
    assert len(repository.load(workshop.id).blobs) == 9
    assert "多选的 2 张没有加上" in str(app.error[0].value)
    assert not app.file_uploader and "要再加，先删除一张" in texts(app)


def test_a_photo_whose_file_is_lost_is_told_and_can_be_taken_away(
    open_page: Open, workshop: Assessment, repository: Repository
) -> None:
    app = unfold(open_page("assess", workshop, item="1.1.1"), "1.1.1")
    chosen(app, ("a.jpg", photo(30)))
    (digest,) = repository.load(workshop.id).blobs
    repository.delete_blob(digest)
    app = unfold(open_page("assess", workshop, item="1.1.1"), "1.1.1")
    app.button(key=f"drop-1.1.1-{digest[:16]}-now").click()
    assert repository.load(healthy(app.run()) and workshop.id).blobs == ()


def test_an_action_has_photos_before_and_after(
    open_page: Open, kept: Callable[..., Assessment], repository: Repository
) -> None:
    action = Action(problem="阀门渗漏", item="1.1.1")
    assessment = kept(add_actions({ACTION: action}), sample="soy-sauce")
    app = open_page("rectification", assessment)
    app.session_state["rectification-view"] = "actions"
    app.session_state["action-open"] = ACTION
    app = healthy(app.run())
    assert not app.file_uploader
    app = chosen(unfold(app, f"{ACTION}-after"), ("a.jpg", photo(3)))
    after = repository.load(assessment.id).work.actions[ACTION]
    assert (after.before, len(after.after)) == ((), 1)
    assert repository.blob(after.after[0]) == photo_of(photo(3))


def test_a_file_with_photos_is_exported_and_imported(
    open_page: Open, workshop: Assessment, repository: Repository
) -> None:
    app = unfold(open_page("assess", workshop, item="1.1.1"), "1.1.1")
    chosen(app, ("a.jpg", photo(4)))
    (digest,) = repository.load(workshop.id).blobs
    content = import_export(repository, workshop)
    repository.delete(workshop.id)
    repository.delete_blob(digest)
    app = open_page("start")
    app.file_uploader[0].set_value(("自评.zip", content, "application/zip"))
    app = healthy(app.run())
    (line,) = repository.list().lines
    assert line.blobs == (digest,) and repository.has_blob(digest)
    app = open_page("start")
    app.file_uploader[0].set_value(("自评.zip", content[:-60], "application/zip"))
    app = healthy(app.run())
    assert "没有导入" in texts(app) and "打不开" in texts(app)
    assert len(repository.list().lines) == 1


def import_export(repository: Repository, assessment: Assessment) -> bytes:
    """What the page of reports hands over."""
    from ui.photos import exported

    content = exported()(repository.load(assessment.id))
    assert len(import_file(content).photos) == 1
    return content
