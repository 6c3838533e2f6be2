"""Who sees which rows: one seam for lists, autocompletes and exports."""

from typing import Any, Self

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models


class VisibleQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """What `user` may see: all of it for active staff (one organisation per installation), nothing for others."""
        is_staff = user.is_active and getattr(user, "is_staff", False)
        return self.all() if is_staff else self.none()
