"""Users, groups and the job queue in the theme's form; the queue is for superusers alone."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest
from django_q import admin as queue_admin
from django_q.models import Failure, OrmQ, Schedule, Success

from config.theme import AdminPasswordChangeForm, ModelAdmin, UserChangeForm, UserCreationForm

for themed in (User, Group, Schedule, Success, Failure, OrmQ):
    admin.site.unregister(themed)


@admin.register(User)
class UserAdmin(DjangoUserAdmin, ModelAdmin):  # type: ignore[type-arg]
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_filter = ("is_active", "is_staff", "groups")
    list_display = ("username", "first_name", "last_name", "email", "is_active", "last_login")


@admin.register(Group)
class GroupAdmin(DjangoGroupAdmin, ModelAdmin):  # type: ignore[type-arg]
    pass


class SuperuserOnly(ModelAdmin):
    """A schedule or a resubmitted task runs any importable function, whatever the right is called."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    has_change_permission = has_view_permission
    has_delete_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and self.has_view_permission(request)


@admin.register(Schedule)
class ScheduleAdmin(SuperuserOnly, queue_admin.ScheduleAdmin):
    pass


@admin.register(Success)
class SuccessAdmin(SuperuserOnly, queue_admin.TaskAdmin):
    pass


@admin.register(Failure)
class FailureAdmin(SuperuserOnly, queue_admin.FailAdmin):
    pass


@admin.register(OrmQ)
class QueueAdmin(SuperuserOnly, queue_admin.QueueAdmin):
    pass
