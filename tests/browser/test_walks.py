"""What a person does, in a real browser, from the first page to the PDF."""

import json
import re
from itertools import combinations
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

import schemes
from state.documents.changes import set_facet, set_finding, set_profile, set_reviewed
from state.documents.examples import examples
from state.storage.repository import update
from tests.browser.conftest import (
    LAPTOP,
    PHONE,
    again,
    engine_result,
    go,
    pdf_text,
    saved,
    serve,
    settle,
    visit,
)
from tests.waiting import eventually
from ui.frame import STEPS
from wording.grades import grade_words, range_words


def headline(page: Page) -> str:
    return page.locator("[data-testid=stMain] h2").inner_text()


def shows_the_engines_result(page: Page, server) -> None:
    result = engine_result(saved(server, page))
    expect(page.locator("[data-testid=stMetricValue]")).to_have_text(range_words(result))
    expect(page.locator("[data-testid=stMain] h3").nth(1)).to_have_text(grade_words(result))


def download(page: Page, label: str, folder: Path) -> Path:
    with page.expect_download() as got:
        page.get_by_role("button", name=label).click()
    file = folder / got.value.suggested_filename
    got.value.save_as(file)
    return file


def box(page: Page, label: str):
    return page.locator("[data-testid=stCheckbox]").filter(has_text=label).locator("label")


@pytest.mark.parametrize(
    ("width", "sample"),
    [("phone", examples()[0]), *(("laptop", sample) for sample in examples())],
    ids=lambda value: value if isinstance(value, str) else value.path.stem,
)
def test_a_sample_from_the_start_page_to_the_pdf(request, server, tmp_path, sample, width):
    page: Page = request.getfixturevalue(width)
    again(page, server.address)
    page.get_by_role("button", name=sample.title).click()
    page.wait_for_url("**/results?**")
    settle(page)
    shows_the_engines_result(page, server)
    result = engine_result(saved(server, page))
    for step in ("企业与标准", "适用范围", "逐项自评"):
        go(page, step)
    assert headline(page).startswith(range_words(result))
    go(page, "报告")
    text = pdf_text(download(page, "下载 PDF 摘要", tmp_path))
    assert re.search(rf"总分[^\d]*{re.escape(range_words(result))}\b", text)
    assert grade_words(result) in text
    backup = json.loads(download(page, "导出自评文件", tmp_path).read_text())
    del backup["work"]["reassessment"]
    left_out = {"touched", "reassessment"}
    assert backup["work"] == saved(server, page).work.model_dump(mode="json", exclude=left_out)


def test_a_fresh_assessment_with_a_refresh_in_the_middle(laptop, server, tmp_path):
    page = laptop
    again(page, server.address)
    page.get_by_role("button", name="新建自评").click()
    page.wait_for_url("**/enterprise?**")
    settle(page)
    page.get_by_label("企业名称").fill("河边酱园 <i>&")
    page.get_by_label("行业和主要产品").fill("酱油酿造")
    page.keyboard.press("Tab")
    settle(page)
    expect(page.get_by_text("建议选：调味品生产企业")).to_be_visible()
    page.locator("label").filter(has_text="调味品生产企业").first.click()
    settle(page)
    for _ in range(2):
        page.get_by_label("死亡人数").fill("0")
        page.get_by_label("重伤人数").fill("0")
    page.keyboard.press("Tab")
    settle(page)
    go(page, "适用范围")
    for option in ("酱油", "仓库", "搅拌机"):
        page.get_by_role("radio", name=option, exact=True).or_(
            page.get_by_role("button", name=option, exact=True)
        ).or_(page.get_by_role("checkbox", name=option, exact=True)).first.click()
        settle(page)
    assessment = saved(server, page)
    assert assessment.work.answers.facets["product"] == ["soy_sauce"]
    go(page, "逐项自评")
    box(page, "无目标管理制度").click()
    settle(page)
    page.get_by_role("button", name="核查完毕，下一条").click()
    settle(page)
    page.get_by_role("button", name="核查完毕，下一条").click()
    settle(page)
    place, score = page.url, headline(page)
    page.reload()
    settle(page)
    assert page.url == place
    assert headline(page) == score
    assert saved(server, page).work.answers.reviewed == ["1.1.1", "1.1.2"]
    go(page, "结果")
    shows_the_engines_result(page, server)
    go(page, "报告")
    text = pdf_text(download(page, "下载 PDF 摘要", tmp_path))
    assert "河边酱园 <i>&" in text
    assert "1.1.1-a" in text


def test_a_chapter_typed_on_the_report_page_is_in_the_word_report(laptop, server, tmp_path):
    page = laptop
    assessment = examples()[0].read()
    server.repository.create(assessment)
    again(page, f"{server.address}/report?a={assessment.id}")
    page.get_by_text("自评报告各章内容").click()
    for label, text in (("企业简介", "始建于 1998 年 <i>&"), ("风险管理", "主要风险是受限空间")):
        page.get_by_label(label, exact=True).fill(text)  # the form stays open in between
        page.get_by_label(label, exact=True).press("Tab")
        settle(page)
    document = Document(str(download(page, "下载 Word 自评报告", tmp_path)))
    text = [paragraph.text for paragraph in document.paragraphs]
    assert {"始建于 1998 年 <i>&", "主要风险是受限空间"} <= set(text)
    forms = Document(str(download(page, "下载 Word 不符合项报告", tmp_path)))
    titles = [paragraph.text for paragraph in forms.paragraphs]
    assert any(title.startswith("不符合项 1/") for title in titles)
    backup = json.loads(download(page, "导出自评文件", tmp_path).read_text())
    assert backup["chapters"] == saved(server, page).chapters


def open_item(page: Page, server, item: str, *changes) -> None:
    """A new copy of the first sample at an item, after some changes."""
    assessment = examples()[0].read()
    for change in changes:
        assessment = change(assessment)
    server.repository.create(assessment)
    again(page, f"{server.address}/assess?a={assessment.id}&item={item}")


def test_clicking_fast_loses_nothing_and_ends_with_the_right_score(laptop, server):
    open_item(laptop, server, "1.1.1")
    boxes = laptop.locator("[data-testid=stCheckbox] label")
    for _ in range(3):  # an odd number of times each
        for i in range(boxes.count()):
            boxes.nth(i).click()
            laptop.wait_for_timeout(30)

    def kept() -> int:
        findings = saved(server, laptop).work.answers.findings
        return sum(condition.startswith("1.1.1-") for condition in findings)

    # Between two answers of the server the page looks settled, too: wait for the last one.
    eventually(lambda: kept() == boxes.count(), seconds=20)
    settle(laptop)
    assert kept() == boxes.count()
    result = engine_result(saved(server, laptop))
    expect(laptop.locator("[data-testid=stMain] h2")).to_contain_text(range_words(result))
    expect(laptop.locator("[data-testid=stCheckbox] input:checked")).to_have_count(boxes.count())


def test_two_tabs_keep_each_others_answers(laptop, server):
    open_item(laptop, server, "1.1.1")
    other = visit(laptop.context, laptop.url)
    box(laptop, "无目标管理制度").click()
    box(other, "未明确各环节责任").click()
    settle(laptop)
    settle(other)
    assert {"1.1.1-a", "1.1.1-d"} <= set(saved(server, laptop).work.answers.findings)
    box(laptop, "未以文件形式").click()
    settle(laptop)
    laptop.reload()
    settle(laptop)
    expect(laptop.locator("[data-testid=stCheckbox] input:checked")).to_have_count(3)


def test_a_closed_browser_comes_back_to_the_same_question_on_another_device(laptop, phone, server):
    open_item(laptop, server, "7.1.3")
    box_count = laptop.locator("[data-testid=stCheckbox]").count()
    again(phone, laptop.url)
    expect(phone.locator("[data-testid=stMain] h4").first).to_contain_text("7.1.3")
    assert phone.locator("[data-testid=stCheckbox]").count() == box_count


def test_keys_lead_on_and_a_link_of_the_menu_opens_a_window_on_the_same(laptop, server):
    open_item(laptop, server, "7.1.3")
    for key, item in (("j", "7.1.4"), ("k", "7.1.3")):
        laptop.keyboard.press(key)
        laptop.wait_for_url(f"**item={item}*")
        settle(laptop)
    laptop.keyboard.press("h")
    keys = laptop.locator("dialog")
    expect(keys).to_contain_text("下一条未核查的")
    laptop.keyboard.press("j")  # a key of the page below
    laptop.keyboard.press("Escape")
    expect(keys).to_have_count(0)
    laptop.get_by_role("button", name="备注").click()
    laptop.locator("[role=dialog] textarea").first.press_sequentially("jkh")
    expect(laptop.locator("[role=dialog] textarea").first).to_have_value("jkh")
    laptop.get_by_role("button", name="完成").click()
    settle(laptop)
    assert "item=7.1.3" in laptop.url
    with laptop.context.expect_page() as opened:
        laptop.locator("[data-testid=stTopNavLink]").filter(has_text="结果").click(
            modifiers=["Control"]
        )
    settle(opened.value)
    shows_the_engines_result(opened.value, server)
    assert saved(server, opened.value).id == saved(server, laptop).id


def test_a_link_works_as_the_first_thing_a_new_server_is_asked(chromium, tmp_path):
    with serve(tmp_path) as fresh:
        assessment = examples()[0].read()
        fresh.repository.create(assessment)
        page = chromium.new_page(viewport=LAPTOP)
        again(page, f"{fresh.address}/assess?a={assessment.id}&item=7.1.3")
        expect(page.locator("[data-testid=stMain] h4").first).to_contain_text("7.1.3")
        expect(page.locator("[data-testid=stTopNavLink]")).to_have_count(len(STEPS))
        page.close()


@pytest.mark.parametrize(
    "step", ["?", "enterprise?", "scope?", "assess?", "assess?item=6.2.6&", "results?", "report?"]
)
def test_no_page_is_wider_than_a_phone(phone, server, step):
    assessment = examples()[0].read()
    server.repository.create(assessment)
    again(phone, f"{server.address}/{step}a={assessment.id}")
    width = phone.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert width <= PHONE["width"]


LABELS = """selector => [...document.querySelectorAll(selector)].map(text => {
    const box = text.getBoundingClientRect();
    return [box.left, box.top, box.right, box.bottom];
})"""
UNPACKED = """image => {
    const drawn = document.createElement("div");
    const bytes = Uint8Array.from(atob(image.src.split(",")[1]), one => one.charCodeAt(0));
    drawn.innerHTML = new TextDecoder().decode(bytes);
    image.replaceWith(drawn);
}"""
"""A picture of lines, in which nothing can be looked for, as what it is made of."""


@pytest.mark.parametrize("sample", examples(), ids=lambda sample: sample.path.stem)
def test_labels_of_the_radar_stay_apart_on_a_phone(phone, server, sample):
    """With everything found, as a label that says so is longer."""
    assessment = sample.read()
    for condition in schemes.load(assessment.scheme).conditions:
        assessment = set_finding(condition, 1)(assessment)
    server.repository.create(assessment)
    again(phone, f"{server.address}/assess?a={assessment.id}")
    phone.locator("[data-testid=stImage] img").evaluate(UNPACKED)
    stand_apart(phone, "svg[font-size] text")
    again(phone, f"{server.address}/results?a={assessment.id}")
    stand_apart(phone, ".angularaxistick text")


def stand_apart(phone: Page, words: str) -> None:
    """Fails where words meet or leave the window."""
    phone.wait_for_selector(words)
    boxes = phone.evaluate(LABELS, words)
    for one, other in combinations(boxes, 2):
        wide = min(one[2], other[2]) - max(one[0], other[0])
        high = min(one[3], other[3]) - max(one[1], other[1])
        assert wide < 2 or high < 4, (one, other)  # a line's box is higher than its characters
    assert all(box[0] >= 0 and box[2] <= PHONE["width"] for box in boxes)


def test_nothing_a_user_types_becomes_markup(laptop, server):
    attack = '<img src=x onerror="window.attacked=1"><script>window.attacked=1</script>[a](javascript:window.attacked=1)'[
        :100
    ]
    open_item(
        laptop,
        server,
        "1.1.1",
        *(set_profile(field, attack) for field in ("name", "industry", "leader", "members")),
        set_finding("1.1.1-a", 1),
    )
    laptop.get_by_role("button", name="备注").click()
    laptop.locator("[role=dialog] textarea").first.fill(attack)
    laptop.get_by_role("button", name="完成").click()
    settle(laptop)
    for step in ("企业与标准", "适用范围", "逐项自评", "结果", "报告"):
        go(laptop, step)
        assert laptop.evaluate("window.attacked") is None
        assert laptop.locator("[data-testid=stMain] img[src=x]").count() == 0
    assert saved(server, laptop).work.remarks["1.1.1"] == attack


def test_a_file_of_50_mb_is_refused_with_a_message(laptop, server, tmp_path):
    file = tmp_path / "large.json"
    file.write_bytes(b'{"kind": "' + b"x" * (50 * 1024 * 1024) + b'"}')
    before = len(server.repository.list().lines)
    again(laptop, server.address)
    laptop.get_by_text("导入自评文件").click()
    laptop.locator("input[type=file]").set_input_files(file)
    expect(laptop.get_by_text("不超过 25 MB，更大的不会上传")).to_be_visible()
    expect(laptop.get_by_text("File must be 25.0MB or smaller")).to_be_visible()
    assert len(server.repository.list().lines) == before


def test_a_deleted_assessment_comes_back_from_the_bin(laptop, server):
    server.repository.create(set_profile("name", "待删除的企业")(examples()[0].read()))
    again(laptop, server.address)
    row = laptop.locator("[class*=st-key-row-]").filter(has_text="待删除的企业")
    row.get_by_role("button", name="删除").click()
    expect(row).to_have_count(0)
    laptop.get_by_text(re.compile("^回收站")).click()
    settle(laptop)
    binned = laptop.locator("[class*=st-key-bin-]").filter(has_text="待删除的企业")
    binned.get_by_text("恢复", exact=True).click()
    expect(row).to_have_count(1)


def choose(page: Page, *options: str) -> None:
    """Answer questions of the scope page."""
    for option in options:
        page.locator("[data-testid=stButtonGroup] button").filter(
            has_text=re.compile(f"^{option}$")
        ).first.click()
        settle(page)


def test_a_distribution_centre_sees_only_the_modules_it_has(laptop, server):
    page = laptop
    again(page, server.address)
    page.get_by_role("button", name="新建自评").click()
    page.wait_for_url("**/enterprise?**")
    settle(page)
    page.locator("label").filter(has_text="烟草企业").first.click()
    settle(page)
    go(page, "适用范围")
    assert page.get_by_text("卷烟分拣和配送：有哪些？").count() == 0  # not asked yet
    choose(page, "商业企业", "分拣输送系统", "配送运输", "一般库房", "建筑灭火器")
    assert page.get_by_text("制丝：有哪些？").count() == 0
    assessment = saved(server, page)
    base = [i for i in schemes.load("tobacco").items if i.startswith("C.")]
    update(server.repository, assessment.id, set_reviewed(base, True))
    for facet in engine_result(assessment).applies.unanswered:
        update(server.repository, assessment.id, set_facet(facet, [], []))
    go(page, "逐项自评")
    for item in ("D.1-1", "D.15-1", "D.15-4", "F.2-1", "F.2-2", "F.2-3"):
        expect(page.locator("[data-testid=stMain] h4").first).to_contain_text(item)
        page.get_by_role("button", name=re.compile("核查完毕")).click()
        settle(page)
    result = engine_result(saved(server, page))
    assert result.reviewed == result.applicable_items
    assert {e.section.id for e in result.elements if e.applicable and e.section.id[0] != "C"} == {
        "D.1",
        "D.15",
        "F.2",
    }
    go(page, "结果")
    shows_the_engines_result(page, server)


def test_a_reassessment_from_start_to_the_comparison_and_back(laptop, server, tmp_path):
    tobacco = next(s for s in examples() if s.read().scheme == "tobacco").read()
    server.repository.create(tobacco)
    page = laptop
    again(page, f"{server.address}/results?a={tobacco.id}")
    before = engine_result(tobacco)
    page.get_by_role("button", name="开始复评").first.click()
    page.locator("[class*=st-key-reassess-now] button").click()
    settle(page)
    expect(page.get_by_text("复评与自评对照")).to_be_visible()
    found = next(iter(saved(server, page).work.answers.earlier))
    item = schemes.load("tobacco").conditions[found][0].id
    again(page, f"{server.address}/assess?a={tobacco.id}&item={item}")
    page.get_by_role("radio", name="已整改").or_(
        page.get_by_role("button", name="已整改")
    ).first.click()
    settle(page)
    after = engine_result(saved(server, page))
    assert saved(server, page).work.answers.earlier[found].rectified == 1
    assert after.total > before.total
    go(page, "结果")
    totals = page.locator("[data-testid=stMetricValue]").all_inner_texts()
    assert totals[1:] == [f"{range_words(r)} · {grade_words(r)}" for r in (before, after)]
    go(page, "报告")
    text = pdf_text(download(page, "下载 PDF 摘要", tmp_path))
    assert "复评与自评对照" in text
    go(page, "结果")
    page.get_by_role("button", name="放弃复评").click()
    page.locator("[class*=st-key-give-up-now] button").click()
    settle(page)
    assert saved(server, page).work == tobacco.work
