"""Links to the pages of rows, records and whatever else has a page."""

from functools import cache

from django.db.models import Model
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pipeline.models import Row
from pipeline.templatetags.record_values import shown

_LOOK = 'class="text-primary-600 dark:text-primary-500 hover:underline"'


def change_page(model: str, pk: int) -> str:
    """The address of a row's page in the admin; `model` is "app_model". For long lists: reversed once for all rows."""
    before, after = _around(model, get_script_prefix())
    return f"{before}{pk}{after}"


@cache
def _around(model: str, prefix: str) -> tuple[str, str]:
    before, _, after = reverse(f"admin:{model}_change", args=[0]).rpartition("0")
    return before, after


def row_link(row: Row) -> SafeString:
    """File and line, leading to the raw row. `row.file` should be loaded."""
    address = reverse("admin:pipeline_row_change", args=[row.pk])
    return format_html(f'<a {_LOOK} href="{{}}">{{}}, line {{}}</a>', address, shown(row.file.name), shown(row.line))


def page_link(one: Model) -> SafeString:
    """The name of `one`, leading to its page where there is one."""
    try:
        address = reverse(f"admin:{one._meta.app_label}_{one._meta.model_name}_change", args=[one.pk])
    except NoReverseMatch:
        return shown(str(one))
    return format_html(f'<a {_LOOK} href="{{}}">{{}}</a>', address, shown(str(one)))
