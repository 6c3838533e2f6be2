"""A seller reads a brief: from a sentence to the line it is from, a correction, a suggestion by one key."""

from deals.models import Qualification, SentenceMark
from tests.deals.briefs.world import make_world, run, use_practice
from tests.governance.conftest import practice_endpoint  # noqa: F401  (a fixture)


def test_a_sentence_is_followed_to_its_line_and_corrected(log_in, practice_endpoint, screenshot):  # noqa: F811
    use_practice(practice_endpoint)
    deal = make_world()
    run()
    page = log_in("Reviewer")

    page.goto(f"/deals/deal/{deal.pk}/change/")
    sentence = page.locator(".br-sentence", has_text="security review")
    sentence.get_by_role("link", name="deals.csv, line 10").click()
    page.get_by_text("Ada wants a security review before June.").first.wait_for()
    page.go_back()
    sentence.focus()
    page.keyboard.press("w")
    sentence.get_by_label("What is right?").fill("It is a penetration test.")
    page.keyboard.press("Enter")
    page.get_by_text("Corrected; the next brief is told.").wait_for()
    page.locator(".br-suggestion", has_text="Champion").focus()
    page.keyboard.press("a")
    page.get_by_text("Accepted: it counts as your entry.").wait_for()
    screenshot("brief")

    assert SentenceMark.objects.get().correction == "It is a penetration test."
    assert Qualification.objects.get().value == "Ada Okafor"
