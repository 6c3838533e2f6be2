"""Names of countries, and what reading them must leave as it was."""

import subprocess
import sys

from pipeline.matching.lexicon import countries

READ_COUNTRIES_THEN_MONTHS = """
from pipeline.ingest.dates import months
from pipeline.matching.lexicon import countries
countries()
print(months()["march"], months()["märz"])
"""


def test_countries_are_known_by_name_and_code_in_five_languages():
    assert {"germany", "deutschland", "allemagne", "alemania", "germania", "de", "usa"} <= countries()


def test_reading_countries_leaves_the_months_of_a_language_to_who_asks_later():
    said = subprocess.run([sys.executable, "-c", READ_COUNTRIES_THEN_MONTHS], capture_output=True, text=True)

    assert said.stdout.split() == ["3", "3"]
