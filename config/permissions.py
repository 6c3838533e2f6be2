"""Who may do what: six groups and their rights, brought up to date after every migrate."""

from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction

APPS = ("governance", "pipeline", "deals", "leads")

# To correct records by hand: enter values, join, separate, name the people of a deal.
RECORDS = (
    "deals.change_account",
    "deals.change_contact",
    "deals.change_deal",
    "deals.add_dealrole",
    "deals.change_dealrole",
    "deals.delete_dealrole",
    "leads.change_lead",
    "leads.add_introduction",
    "leads.change_introduction",
)
# To put what a signal found aside, and take that back.
FINDINGS = ("deals.add_snooze", "deals.change_snooze")
# Everybody on staff sees everything of the four apps; a group adds what its members may do beside that.
# Rights over the job queue are nobody's: a schedule runs any importable function, so they stay with superusers.
RIGHTS: dict[str, tuple[str, ...]] = {
    "Viewer": (),
    "Reviewer": ("pipeline.add_answer", "pipeline.change_review", *RECORDS, *FINDINGS),
    "Operator": (
        *RECORDS,
        *FINDINGS,
        "deals.add_signalsettings",
        "deals.add_exchangerate",
        "deals.change_exchangerate",
        "deals.delete_exchangerate",
        "pipeline.add_source",
        "pipeline.change_source",
        "pipeline.add_batch",
        "pipeline.change_batch",
        "pipeline.add_importfile",
        "pipeline.add_run",
        "pipeline.change_run",
        "deals.add_colleague",
        "deals.change_colleague",
        "leads.add_profileversion",
        "leads.add_suppression",
        "leads.change_suppression",
        "leads.add_erasure",
        "leads.add_leadseat",
        "leads.change_leadseat",
        "leads.delete_leadseat",
        "leads.add_namedaccount",
        "leads.change_namedaccount",
        "leads.delete_namedaccount",
        "leads.add_territory",
        "leads.change_territory",
        "leads.delete_territory",
    ),
    "Budget owner": (
        "governance.add_budget",
        "governance.change_budget",
        "governance.add_languagemodel",
        "governance.change_languagemodel",
        "governance.add_price",
    ),
    "Plan author": ("governance.add_plan", "governance.change_plan", "governance.add_planversion"),
    "Plan approver": ("governance.change_planversion",),
}


def grant_after_migrate(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Give the groups their rights once the last app's permissions exist; the signal comes once per app."""
    if sender.name == list(apps.get_app_configs())[-1].name:
        # Django makes an app's permissions at this very signal, and may be told of it after us.
        create_permissions(sender, using=using, verbosity=0)
        with transaction.atomic(using=using):
            grant_rights(using)


def grant_rights(using: str = "default") -> None:
    """Create missing groups and add missing rights; what an administrator added to a group stays."""
    found = Permission.objects.using(using).filter(content_type__app_label__in=APPS).select_related("content_type")
    by_name = {f"{one.content_type.app_label}.{one.codename}": one for one in found}
    seeing = [one for one in by_name.values() if one.codename.startswith("view_")]
    for name, rights in RIGHTS.items():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(*seeing, *(by_name[right] for right in rights if right in by_name))
