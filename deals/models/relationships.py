"""Who knows whom, and how well: colleagues their contacts, measured or declared, and contacts each other."""

from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from deals.relationships.strength import holds_until

from .colleagues import Colleague
from .contacts import Contact

# The columns that `strength_on` reads, in its order.
STRENGTH = ("measured", "declared", "declared_on")


def strength_on(day: date, measured: float, declared: int | None, declared_on: date | None) -> float:
    """What counts on a day, 0..100: what was measured, or declared within half a year where that is higher."""
    if declared is None or declared_on is None or holds_until(declared_on) < day:
        return measured
    return max(measured, float(declared))


class RelationshipQuerySet(models.QuerySet["Relationship"]):
    def shared(self) -> Self:
        """Ties of colleagues who agreed to be named and still work here, without the contacts they hid.

        Everything that names a tie reads it through this, so that whoever opts out is gone everywhere at once.
        """
        return self.filter(colleague__is_sharing=True, colleague__is_active=True, is_hidden=False)

    def strongest(self, day: date) -> dict[int, tuple[int, int]]:
        """Contact → (colleague, strength 0..100, whole) of whoever knows them best and shares it."""
        best: dict[int, tuple[int, int]] = {}
        ties = self.shared().order_by("colleague_id").values_list("colleague_id", "contact_id", *STRENGTH)
        for colleague, contact, *told in ties.iterator(chunk_size=20_000):
            strength = round(strength_on(day, *told))
            if strength > best.get(contact, (0, 0))[1]:
                best[contact] = (colleague, strength)
        return best


class Relationship(models.Model):
    """One tie between a colleague and a contact, as measured last.

    `strength` (0..100) is what counts: the measured one, or the declared one where that is higher and not too old.
    """

    colleague = models.ForeignKey(Colleague, models.CASCADE, related_name="relationships")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="relationships")
    strength = models.FloatField(default=0)
    measured = models.FloatField(default=0)
    best = models.FloatField(default=0, help_text="The strongest it ever was.")
    inbound = models.PositiveIntegerField(default=0)
    outbound = models.PositiveIntegerField(default=0)
    first_on = models.DateField(null=True, blank=True)
    last_on = models.DateField(null=True, blank=True)
    is_dormant = models.BooleanField(default=False, help_text="Once familiar, silent for half a year.")
    declared = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    declared_on = models.DateField(null=True, blank=True)
    declared_as = models.CharField(max_length=80, blank=True, help_text="What the colleague says, in a few words.")
    is_hidden = models.BooleanField(default=False, help_text="The colleague does not want to be asked about them.")

    objects = RelationshipQuerySet.as_manager()

    class Meta:
        ordering = ["-strength", "id"]
        constraints = [
            models.UniqueConstraint(fields=["colleague", "contact"], name="relationship_once"),
            models.CheckConstraint(
                condition=Q(strength__gte=0, strength__lte=100, measured__gte=0, measured__lte=100),
                name="relationship_strength_within_bounds",
                violation_error_message="A strength lies between 0 and 100.",
            ),
            models.CheckConstraint(
                condition=Q(declared=None, declared_on=None) | Q(declared__isnull=False, declared_on__isnull=False),
                name="relationship_declared_on_a_day",
                violation_error_message="What is declared needs its day.",
            ),
        ]
        indexes = [models.Index(fields=["contact", "-strength"], name="relationship_of_contact")]

    def __str__(self) -> str:
        return f"{self.colleague_id} knows {self.contact_id}"

    def strength_on(self, day: date) -> float:
        """What counts on a day, 0..100: what was measured, or declared within half a year where that is higher."""
        return strength_on(day, self.measured, self.declared, self.declared_on)

    @property
    def is_declared(self) -> bool:
        """Whether the strength rests on what somebody said rather than on contacts."""
        return self.strength > self.measured


class Acquaintance(models.Model):
    """Two contacts who met in our presence, the one with the lower id first. `strength` is 0..100, as measured last."""

    one = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    other = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    strength = models.FloatField()
    is_dormant = models.BooleanField(default=False)
    last_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="acquaintance_once"),
            models.CheckConstraint(
                condition=Q(one__lt=F("other")),
                name="acquaintance_in_order",
                violation_error_message="The contact with the lower id comes first.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} met {self.other_id}"
