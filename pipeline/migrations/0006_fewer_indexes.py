import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# By name, as altering the fields would have SQLite write the whole table anew each time.
DROPPED = (
    "pipeline_decision_anchor_30993500",
    "pipeline_decision_by_id_777ccb8a",
    "pipeline_decision_dossier_id_f7c78a78",
    "pipeline_decision_run_id_1bd79c80",
    "pipeline_subject_decision_id_d99d2b22",
)


class Migration(migrations.Migration):

    dependencies = [
        ('pipeline', '0005_checked_months'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(f"DROP INDEX IF EXISTS {name}") for name in DROPPED],
            state_operations=[
                migrations.AlterField(
                    model_name='decision',
                    name='anchor',
                    field=models.PositiveBigIntegerField(blank=True, null=True),
                ),
                migrations.AlterField(
                    model_name='decision',
                    name='by',
                    field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
                ),
                migrations.AlterField(
                    model_name='decision',
                    name='dossier',
                    field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='pipeline.dossier'),
                ),
                migrations.AlterField(
                    model_name='decision',
                    name='run',
                    field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='pipeline.run'),
                ),
                migrations.AlterField(
                    model_name='subject',
                    name='decision',
                    field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='pipeline.decision'),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(condition=models.Q(('by__isnull', False)), fields=['by'], name='decision_by_person'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(condition=models.Q(('anchor__isnull', False)), fields=['anchor'], name='decision_of_anchor'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(condition=models.Q(('dossier__isnull', False)), fields=['dossier'], name='decision_of_dossier'),
        ),
        migrations.AddIndex(
            model_name='subject',
            index=models.Index(condition=models.Q(('decision__isnull', False)), fields=['decision'], name='subject_of_decision'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(condition=models.Q(('is_model', True)), fields=['run'], name='decision_by_model'),
        ),
    ]
