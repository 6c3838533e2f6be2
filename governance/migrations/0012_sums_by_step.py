"""Sums by step and run; those on record are added up anew from the ledger."""

from django.db import migrations, models

_FORGET = "DELETE FROM governance_rollup"
_ADD_UP = """
    INSERT INTO governance_rollup (day, model_id, task, {columns} attempts, input_tokens, cached_tokens, {written}
                                   output_tokens, cost_microusd, estimated_microusd)
    SELECT day, model_id, task, {columns} COUNT(*), SUM(input_tokens), SUM(cached_tokens), {sum_written}
           SUM(output_tokens), SUM(cost_microusd), SUM(CASE WHEN is_estimated THEN cost_microusd ELSE 0 END)
    FROM governance_attempt WHERE state IN ('settled', 'failed')
    GROUP BY {columns} day, model_id, task
"""
_BY_DAY = _ADD_UP.format(columns="", written="", sum_written="")
_BY_STEP = _ADD_UP.format(
    columns="layer, run_key,", written="cache_write_tokens,", sum_written="SUM(cache_write_tokens),"
)


class Migration(migrations.Migration):
    dependencies = [("governance", "0011_service_tiers")]

    operations = [
        migrations.RunSQL(_FORGET, _BY_DAY),
        migrations.RemoveConstraint(model_name="rollup", name="governance_rollup_unique"),
        migrations.AddField(
            model_name="rollup", name="cache_write_tokens", field=models.BigIntegerField(default=0)
        ),
        migrations.AddField(
            model_name="rollup",
            name="layer",
            field=models.CharField(default="", max_length=100),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="rollup",
            name="run_key",
            field=models.CharField(default="", max_length=100),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="rollup",
            constraint=models.UniqueConstraint(
                fields=("day", "model", "task", "layer", "run_key"),
                name="governance_rollup_unique",
                violation_error_message="This day, model and step of a run have a sum already.",
            ),
        ),
        migrations.RunSQL(_BY_STEP, _FORGET),
    ]
