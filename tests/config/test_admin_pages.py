import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STARTED = "import sys, django; django.setup(); "


def printed(code: str) -> str:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    found = subprocess.run([sys.executable, "-c", STARTED + code], cwd=ROOT, env=environment, capture_output=True)
    return found.stdout.decode().strip()


def test_a_start_alone_imports_no_page_and_no_vendors_library():
    assert printed("print({'openai', 'sklearn', 'deals.admin', 'pipeline.admin'} & set(sys.modules))") == "set()"


def test_the_check_of_pages_finds_them_first():
    code = (
        "from django.contrib import admin; from config.admin_pages import check_pages; "
        "print(check_pages(None), len(admin.site._registry) > 20)"
    )

    assert printed(code) == "[] True"
