"""The words of an attempt, kept apart from the ledger because they are deleted after a time."""

from django.db import models

from governance.models.attempts import Attempt


class Exchange(models.Model):
    """`messages` is a list of {"role", "text"}; `answer` the model's text as received; `usage` its raw bill."""

    attempt = models.OneToOneField(Attempt, on_delete=models.CASCADE, related_name="exchange")
    messages = models.JSONField(default=list)
    answer = models.TextField(blank=True)
    usage = models.JSONField(default=dict)
    is_valid = models.BooleanField("answer in the agreed form", default=False)
    purge_after = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"Words of attempt {self.attempt_id}"
