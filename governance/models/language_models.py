"""Language models that may be asked: where they are reached and what for."""

import os
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models

from governance.questions import Tier
from governance.service_tiers import ServiceTier


class LengthParameter(models.TextChoices):
    """How the longest answer is named in a request. The money held for a call relies on the server obeying it."""

    COMPLETION = "max_completion_tokens", "max_completion_tokens"
    OLD = "max_tokens", "max_tokens (older servers)"


class AskedTier(models.TextChoices):
    """At which service tier single questions may be asked; batches go another way."""

    STANDARD = ServiceTier.STANDARD.value, "standard"
    FLEX = ServiceTier.FLEX.value, "flex: cheaper, may take minutes"
    PRIORITY = ServiceTier.PRIORITY.value, "priority: faster, dearer"


class KeyHeader(models.TextChoices):
    BEARER = "bearer", "Authorization: Bearer"
    API_KEY = "api-key", "api-key (Azure)"


class LanguageModelQuerySet(models.QuerySet["LanguageModel"]):
    def for_tier(self, tier: Tier) -> "LanguageModelQuerySet":
        """The enabled models of a tier, the one to ask first in front."""
        return self.filter(tier=tier, is_enabled=True).order_by("priority", "name")


class LanguageModel(models.Model):
    """A model at an OpenAI-compatible endpoint. The key itself is never stored, only its variable's name."""

    name = models.CharField(max_length=100, unique=True)
    label = models.CharField(max_length=100, help_text="As shown to users.")
    base_url = models.URLField(max_length=300, help_text="Such as https://api.openai.com/v1")
    request_model = models.CharField(max_length=200, help_text="The model's name as the provider knows it.")
    api_key_variable = models.CharField(
        max_length=100,
        blank=True,
        validators=[RegexValidator(r"^[A-Z][A-Z0-9_]*\Z", "Capital letters, digits and underscores.")],
        help_text="Environment variable that holds the key; empty for a server that needs none.",
    )
    key_header = models.CharField("key is sent as", max_length=10, choices=KeyHeader.choices, default=KeyHeader.BEARER)
    length_parameter = models.CharField(
        "longest answer is named", max_length=30, choices=LengthParameter.choices, default=LengthParameter.COMPLETION
    )
    has_schema = models.BooleanField(
        "takes the form of the answer",
        default=True,
        help_text="Off: the question describes it instead, for servers that refuse response_format.",
    )
    service_tier = models.CharField(
        "processing",
        max_length=10,
        choices=AskedTier.choices,
        default=AskedTier.STANDARD,
        help_text="Flex and priority only where the provider offers them; each needs a price of its own.",
    )
    tier = models.CharField("strength", max_length=10, choices=[(tier.value, tier.value) for tier in Tier])
    is_enabled = models.BooleanField("enabled", default=True, help_text="Switching it off acts on the next question.")
    is_practice = models.BooleanField("practice model", default=False, editable=False)
    timeout_s = models.FloatField(
        "seconds to wait for an answer", default=60, validators=[MinValueValidator(0.1), MaxValueValidator(600)]
    )
    context_tokens = models.PositiveIntegerField("longest prompt and answer in tokens", default=128_000)
    max_output_tokens = models.PositiveIntegerField("longest answer in tokens", default=4_096)
    priority = models.PositiveSmallIntegerField(default=100, help_text="The lowest is asked first, the next steps in.")

    objects = LanguageModelQuerySet.as_manager()

    class Meta:
        ordering = ["tier", "priority", "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tier__in=[tier.value for tier in Tier]),
                name="governance_model_tier_known",
                violation_error_message="A model is light or strong.",
            ),
            models.CheckConstraint(
                condition=models.Q(timeout_s__gt=0),
                name="governance_model_timeout_positive",
                violation_error_message="The time to wait must be above 0 seconds.",
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.name

    def clean(self) -> None:
        # A key goes to the server that `base_url` names: none of the program's own secrets may.
        name = self.api_key_variable
        if name and (name.startswith("WINNOW_") or not name.endswith(("_KEY", "_TOKEN"))):
            raise ValidationError({"api_key_variable": f"“{name}” is no key's variable; its name ends in _API_KEY."})

    def key(self, environ: Mapping[str, str] = os.environ) -> str:
        """The key as it stands in the environment, or empty."""
        return environ.get(self.api_key_variable, "") if self.api_key_variable else ""

    def has_key(self, environ: Mapping[str, str] = os.environ) -> bool:
        """Whether the model's key is set, or none is needed."""
        return not self.api_key_variable or bool(environ.get(self.api_key_variable))
