"""The frame in a real browser: logging in, the sidebar, light and dark, nothing asked of another host."""

import pytest


@pytest.mark.django_db(transaction=True)
def test_a_reviewer_logs_in_and_sees_the_sidebar(log_in, screenshot):
    page = log_in("Reviewer")

    assert page.title().strip().endswith("Winnow")
    links = page.locator("#nav-sidebar-apps a:visible").all_inner_texts()
    assert [link.split("\n")[-1].strip() for link in links][:3] == ["Home", "Import", "Review"]
    screenshot("home-empty")


@pytest.mark.django_db(transaction=True)
def test_a_wrong_password_is_refused_in_words(page, screenshot):
    page.goto("/")
    page.fill("input[name=username]", "nobody")
    page.fill("input[name=password]", "wrong")
    page.keyboard.press("Enter")

    page.get_by_text("Please enter the correct username and password").first.wait_for()
    screenshot("login-refused")


@pytest.mark.django_db(transaction=True)
def test_dark_follows_the_system(log_in, screenshot):
    page = log_in("Viewer")

    page.emulate_media(color_scheme="dark")
    page.reload()

    page.locator("html.dark").wait_for()
    screenshot("home-dark")
