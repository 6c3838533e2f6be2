"""Groups get their rights after every migrate, and nobody gets the job queue."""

from django.contrib.auth.models import Group, Permission

from config.permissions import RIGHTS, grant_rights


def rights_of(group: str) -> set[str]:
    found = Permission.objects.filter(group__name=group).values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in found}


def test_all_six_groups_exist_after_migrate(db):
    assert set(Group.objects.values_list("name", flat=True)) == {
        "Viewer",
        "Reviewer",
        "Operator",
        "Budget owner",
        "Plan author",
        "Plan approver",
    }


def test_every_right_named_is_a_right_that_exists(db):
    existing = {f"{p.content_type.app_label}.{p.codename}" for p in Permission.objects.select_related("content_type")}

    assert {right for rights in RIGHTS.values() for right in rights} <= existing


def test_a_viewer_sees_and_changes_nothing(db):
    assert all(right.split(".")[1].startswith("view_") for right in rights_of("Viewer"))
    assert "deals.view_deal" in rights_of("Viewer")


def test_no_group_may_touch_the_job_queue_or_the_users(db):
    for group in RIGHTS:
        assert not {right for right in rights_of(group) if right.startswith(("django_q.", "auth."))}


def test_granting_twice_changes_nothing(db):
    before = {group: rights_of(group) for group in RIGHTS}

    grant_rights()

    assert {group: rights_of(group) for group in RIGHTS} == before


def test_a_right_an_administrator_added_stays(db):
    added = Permission.objects.get(codename="add_deal")
    Group.objects.get(name="Viewer").permissions.add(added)

    grant_rights()

    assert "deals.add_deal" in rights_of("Viewer")
