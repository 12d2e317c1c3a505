"""The main walk in WebKit, the engine of every browser on an iPhone, at a phone's width.

Debian's MiniBrowser, driven through WebKitWebDriver on a screen of Xvfb's. Its own bar would keep
the window wider than a phone: a style sheet of GTK's takes that from it.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from selenium.common.exceptions import (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    StaleElementReferenceException,
)
from selenium.webdriver import Keys, WebKitGTK, WebKitGTKOptions
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait
from selenium.webdriver.webkitgtk.service import Service

from tests.browser.conftest import IDLE, Server, pdf_text
from tests.waiting import eventually

WIDTH, HEIGHT = 390, 844
PATIENCE = 90
"""Seconds: of other tests' browsers beside it, this one is the slowest."""
NARROW = "* {min-width: 0; padding: 0; margin: 0; border-width: 0; font-size: 6px}"


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    """The name of a screen for X programs."""
    assert shutil.which("Xvfb"), "Xvfb is needed; make test installs it"
    here, there = os.pipe()
    size = ["-screen", "0", "800x1000x24", "-nolisten", "tcp"]
    process = subprocess.Popen(["Xvfb", "-displayfd", str(there), *size], pass_fds=[there])
    os.close(there)
    with os.fdopen(here) as told:
        yield f":{told.readline().strip()}"
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    style = folder / ".config" / "gtk-3.0" / "gtk.css"
    style.parent.mkdir(parents=True)
    style.write_text(NARROW)
    (folder / ".config" / "user-dirs.dirs").write_text('XDG_DOWNLOAD_DIR="$HOME"\n')
    return folder


@pytest.fixture(scope="module")
def browser(screen: str, home: Path) -> Iterator[WebKitGTK]:
    (program,) = Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser")
    options = WebKitGTKOptions()
    options.binary_location = str(program)
    options.add_argument("--automation")
    around = os.environ | {"DISPLAY": screen, "HOME": str(home), "LANG": "zh_CN.UTF-8"}
    service = Service("/usr/bin/WebKitWebDriver", env=around)
    driver = WebKitGTK(options=options, service=service)
    driver.set_window_size(WIDTH, HEIGHT)
    yield driver
    driver.quit()


MOVING = (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    StaleElementReferenceException,
)
SEEN = """
return [...document.querySelectorAll(arguments[0])].find(
  one => one.getClientRects().length && one.textContent.includes(arguments[1]))
"""

UNFOLDED = """
return document.querySelector('[data-testid=stSidebarNavLink]').getBoundingClientRect().left >= 0
"""
"""Whether the navigation has come in whole: before, a click meets what lies under it."""


class Phone:
    """What a person does with the browser."""

    def __init__(self, driver: WebKitGTK) -> None:
        self.driver = driver
        self.wait = WebDriverWait(driver, PATIENCE)

    def settle(self) -> None:
        """Wait until the page is drawn and the server is done, without a stack trace."""
        self.wait.until(lambda d: d.find_elements(By.CSS_SELECTOR, IDLE))
        self.driver.execute_async_script("setTimeout(arguments[0], 300)")
        self.wait.until(lambda d: d.find_elements(By.CSS_SELECTOR, IDLE))
        assert not self.driver.find_elements(By.CSS_SELECTOR, "[data-testid=stException]")

    def named(self, kind: str, words: str) -> WebElement:
        """The first element of a kind that is seen and has these words."""

        element: WebElement = self.wait.until(
            lambda driver: driver.execute_script(SEEN, kind, words)
        )
        return element

    def press(self, kind: str, words: str) -> None:
        """As soon as it stands still and nothing lies over it."""

        def pressed(driver: WebKitGTK) -> bool:
            element = self.named(kind, words)
            driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
            element.click()
            return True

        WebDriverWait(self.driver, PATIENCE, ignored_exceptions=MOVING).until(pressed)
        self.settle()

    def type(self, label: str, words: str) -> None:
        field = self.wait.until(
            lambda d: d.find_element(By.CSS_SELECTOR, f'input[aria-label*="{label}"]')
        )
        field.send_keys(Keys.CONTROL, "a")
        field.send_keys(words, Keys.TAB)
        self.settle()

    def go(self, step: str) -> None:
        """Use the navigation, which a phone folds away when a page arrives."""
        self.press("[data-testid=stExpandSidebarButton]", "")
        self.wait.until(lambda driver: driver.execute_script(UNFOLDED))
        self.press("[data-testid=stSidebarNavLink]", step)
        self.named("[data-testid=stMain] h3", step)

    @property
    def headline(self) -> str:
        return self.named("[data-testid=stMain] h2", "").text

    @property
    def fits(self) -> bool:
        """Whether nothing asks to be scrolled sideways."""
        wide: int = self.driver.execute_script(
            "return document.querySelector('[data-testid=stMain]').scrollWidth"
        )
        return wide <= WIDTH


def test_a_new_assessment_to_its_pdf_in_the_engine_of_iphones(
    browser: WebKitGTK, server: Server, home: Path
) -> None:
    phone = Phone(browser)
    browser.get(server.address)
    phone.settle()
    assert browser.execute_script("return innerWidth") == WIDTH
    assert phone.fits
    phone.press("button", "新建自评")
    phone.type("企业名称", "河边酱园")
    phone.press("label", "调味品生产企业")
    phone.type("死亡人数", "0")
    phone.type("重伤人数", "0")
    phone.go("适用范围")
    phone.press("label, button", "酱油")
    assert phone.fits
    phone.go("逐项自评")
    before = phone.headline
    phone.press("[data-testid=stCheckbox] label", "无目标管理制度")
    eventually(lambda: phone.headline != before)
    assert phone.fits
    phone.press("button", "核查完毕，下一条")
    place = browser.current_url
    browser.refresh()
    phone.settle()
    assert browser.current_url == place
    phone.go("结果")
    assert phone.fits
    (assessment_id,) = parse_qs(urlsplit(place).query)["a"]
    kept = server.repository.load(assessment_id)
    assert kept.work.answers.findings == {"1.1.1-a": 1}
    assert kept.work.answers.reviewed == ["1.1.1"]
    phone.go("报告")
    phone.press("button", "下载 PDF 摘要")
    eventually(lambda: any(home.glob("*.pdf")))
    (pdf,) = home.glob("*.pdf")
    assert pdf.name.startswith("河边酱园-自评摘要-")
    text = pdf_text(pdf)
    assert "河边酱园" in text
    assert "1.1.1-a" in text
