"""Addresses of pages, and what a page says."""

import re

from django.urls import reverse


def url(entity, view="change", *more):
    return reverse(f"admin:deals_{entity._meta.model_name}_{view}", args=[entity.pk, *more])


def words(response):
    """What the page says, without tags."""
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())
