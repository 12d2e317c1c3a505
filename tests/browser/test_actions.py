"""From a finding to an action, to a photo of what was done, to a better grade."""

import io

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from scoring import Result
from state.documents.changes import set_finding
from state.documents.examples import examples
from state.storage.repository import update
from tests.browser.conftest import again, engine_result, saved, settle
from tests.waiting import eventually


def _result(page: Page, server) -> Result:
    return engine_result(saved(server, page))


def _phones_photo() -> bytes:
    """As a phone held upright makes it: the top is the pixels' left side, with where it was."""
    pixels = Image.new("RGB", (900, 600), "blue")
    pixels.paste("red", (0, 0, 450, 600))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x8825] = {1: "N", 2: (30.0, 10.0, 12.0), 3: "E", 4: (120.0, 15.0, 3.0)}
    written = io.BytesIO()
    pixels.save(written, "JPEG", exif=exif)
    return written.getvalue()


def _photo_of_what_was_done(page: Page, form: Locator, server) -> Image.Image:
    """Choose it in the form. Returns: what is kept of it."""
    uploaded = _phones_photo()
    with Image.open(io.BytesIO(uploaded)) as sent:
        assert sent.getexif().get_ifd(0x8825)[1] == "N"
    form.get_by_text("整改后照片", exact=True).click()
    settle(page)
    form.locator("input[type=file]").set_input_files(
        {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": uploaded}
    )
    expect(form.get_by_role("img", name="照片", exact=True)).to_be_visible()
    settle(page)
    photo = form.get_by_role("img", name="照片", exact=True)
    cover = form.get_by_role("button", name="看大图")
    assert cover.bounding_box()["width"] == photo.bounding_box()["width"] == 150
    for tap, high in (("看大图", 900), ("缩小", 225)):  # of what is kept, and of the thumbnail
        form.get_by_role("button", name=tap).click()
        expect(photo).to_have_js_property("naturalHeight", high)
    (action,) = [one for one in saved(server, page).work.actions.values() if one.after]
    assert action.finding == "9.3.1-b"
    return Image.open(io.BytesIO(server.repository.blob(action.after[0])))


def test_a_finding_becomes_an_action_and_is_put_right(laptop: Page, server) -> None:
    page = laptop
    again(page, server.address)
    page.get_by_role("button", name=examples()[0].title).click()
    page.wait_for_url("**/results?**")
    assessment = saved(server, page)
    for change in (set_finding("6.1.3-b", 1), set_finding("9.3.1-b", 1)):
        update(server.repository, assessment.id, change)
    before = _result(page, server)
    again(page, page.url.replace("/results", "/rectification"))
    page.get_by_text("整改清单", exact=True).click()
    chosen = page.get_by_role("combobox", name="还没有列为整改的问题")
    chosen.click()
    chosen.fill("9.3.1-b")
    page.keyboard.press("Enter")
    settle(page)
    page.get_by_role("button", name="列为整改", exact=True).click()
    form: Locator = page.get_by_role("dialog")
    form.get_by_label("责任人").fill("王强")
    page.keyboard.press("Tab")
    settle(page)
    picture = _photo_of_what_was_done(page, form, server)
    assert picture.size == (600, 900) and not dict(picture.getexif())
    top, bottom = picture.getpixel((300, 60)), picture.getpixel((300, 840))
    assert min(top[0], bottom[2]) > 200 and max(top[2], bottom[0]) < 60
    form.get_by_text("已完成", exact=True).click()
    form.get_by_role("button", name="从自评中撤销这个问题").click()
    expect(form.get_by_text("已不再扣分")).to_be_visible()
    settle(page)
    kept = saved(server, page)
    assert "9.3.1-b" not in kept.work.answers.findings
    (action,) = [one for one in kept.work.actions.values() if one.finding == "9.3.1-b"]
    assert (action.person, action.is_open) == ("王强", False)
    after = _result(page, server)
    assert (before.grade_name, after.grade_name) == ("三级", "二级")
    form.get_by_role("button", name="关闭").last.click()
    eventually(lambda: page.get_by_role("dialog").count() == 0)
    expect(page.get_by_text("已完成 2", exact=True)).to_be_visible()
