from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_initial")]

    operations = [
        migrations.RemoveIndex(model_name="attempt", name="governance_attempt_month"),
        migrations.RenameField(model_name="attempt", old_name="month", new_name="day"),
        migrations.AddIndex(
            model_name="attempt", index=models.Index(fields=["day", "model"], name="governance_attempt_day")
        ),
    ]
