"""A real Chromium in front of the test's own web server; screenshots go to WINNOW_SCREENSHOTS where that is set."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from tests.conftest import PASSWORD

# Playwright's own loop runs in the test's thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZE = {"width": 1366, "height": 768}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        pytest.fail("Browser tests need Chromium: apt-get install chromium fonts-liberation fonts-dejavu-core")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser, live_server) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=live_server.url, viewport=SIZE)
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, live_server) -> Iterator[Page]:
    """A fresh window. The test fails afterwards if a script failed or anything was asked of another host."""
    page = context.new_page()
    troubles: list[str] = []

    def watch(request: Request) -> None:
        if not request.url.startswith((live_server.url, "data:", "blob:")):
            troubles.append(f"request to {request.url}")

    page.on("pageerror", lambda error: troubles.append(f"script error: {error}"))
    page.on("request", watch)
    yield page
    assert troubles == []


@pytest.fixture
def log_in(page: Page, person: Callable[..., object]) -> Callable[..., Page]:
    """`log_in("Reviewer")` makes somebody of these groups and logs in through the login page."""

    def enter(*groups: str) -> Page:
        user = person(*groups)
        page.goto("/")
        page.fill("input[name=username]", user.get_username())
        page.fill("input[name=password]", PASSWORD)
        page.click("button[type=submit], input[type=submit]")
        page.wait_for_url("**/")
        return page

    return enter


@pytest.fixture
def screenshot(page: Page) -> Callable[[str], None]:
    """`screenshot("review")` keeps the whole page as a picture; without WINNOW_SCREENSHOTS it does nothing."""
    folder = os.environ.get("WINNOW_SCREENSHOTS", "")

    def take(name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=f"{folder}/{name}.png", full_page=True)

    return take
