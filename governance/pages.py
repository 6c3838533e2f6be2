"""Pages beside the changelists: login, one right, no caching, the organisation's clock, the admin's frame."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from governance.models import Organisation

View = Callable[..., HttpResponseBase]


def page(right: str) -> Callable[[View], View]:
    """Make a view a page of the admin site that needs `right` ("app.view_model"): others get 403, strangers log in."""

    def wrap(view: View) -> View:
        @wraps(view)
        def seen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            require(request, right)
            with timezone.override(Organisation.current().zone):
                return view(request, *args, **kwargs)

        return admin.site.admin_view(seen)

    return wrap


def require(request: HttpRequest, right: str) -> None:
    """Raises PermissionDenied with a sentence unless the user of `request` has `right`."""
    if not may(request, right):
        raise PermissionDenied("Your account has no right to do this; an administrator can add you to a group.")


def may(request: HttpRequest, right: str) -> bool:
    return person(request).has_perm(right)


def person(request: HttpRequest) -> User:
    """Who is logged in; behind the admin's login it is always somebody."""
    return cast(User, request.user)


def draw(request: HttpRequest, template: str, *, title: str, **context: Any) -> HttpResponse:
    """Render a page inside the admin's frame."""
    return render(request, template, {**admin.site.each_context(request), "title": title, **context})
