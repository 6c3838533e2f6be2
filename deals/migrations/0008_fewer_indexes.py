from django.db import migrations, models


# By name, as altering the fields would have SQLite write the whole table anew each time.
DROPPED = (
    "deals_account_is_current_b1ed473d",
    "deals_contact_is_current_1658115e",
    "deals_deal_is_current_0814011c",
)


class Migration(migrations.Migration):

    dependencies = [
        ('deals', '0007_snoozes_and_reports'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(f"DROP INDEX IF EXISTS {name}") for name in DROPPED],
            state_operations=[
                migrations.AlterField(
                    model_name='account',
                    name='is_current',
                    field=models.BooleanField(default=True),
                ),
                migrations.AlterField(
                    model_name='contact',
                    name='is_current',
                    field=models.BooleanField(default=True),
                ),
                migrations.AlterField(
                    model_name='deal',
                    name='is_current',
                    field=models.BooleanField(default=True),
                ),
            ],
        ),
    ]
