import django.db.models.deletion
from django.db import migrations, models


# By name, as altering the fields would have SQLite write the whole table anew each time.
DROPPED = (
    "leads_lead_account_id_d7b48dfa",
    "leads_lead_company_f9f04e9f",
    "leads_lead_company_f9f04e9f_like",
    "leads_lead_contact_id_5e1ac117",
    "leads_lead_decision_id_c021a6ba",
    "leads_lead_email_93d5b817",
    "leads_lead_email_93d5b817_like",
    "leads_lead_full_name_5fafa4a4",
    "leads_lead_full_name_5fafa4a4_like",
    "leads_lead_is_current_634731ea",
    "leads_lead_owner_id_1f4568d0",
    "leads_lead_twin_id_91033380",
)


class Migration(migrations.Migration):

    dependencies = [
        ('deals', '0008_fewer_indexes'),
        ('leads', '0003_outcomes'),
        ('pipeline', '0006_fewer_indexes'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(f"DROP INDEX IF EXISTS {name}") for name in DROPPED],
            state_operations=[
                migrations.AlterField(
                    model_name='lead',
                    name='account',
                    field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='leads', to='deals.account'),
                ),
                migrations.AlterField(
                    model_name='lead',
                    name='company',
                    field=models.CharField(blank=True, max_length=255),
                ),
                migrations.AlterField(
                    model_name='lead',
                    name='contact',
                    field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='leads', to='deals.contact'),
                ),
                migrations.AlterField(
                    model_name='lead',
                    name='decision',
                    field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='pipeline.decision'),
                ),
                migrations.AlterField(
                    model_name='lead',
                    name='email',
                    field=models.CharField(blank=True, max_length=254),
                ),
                migrations.AlterField(
                    model_name='lead',
                    name='full_name',
                    field=models.CharField(max_length=255),
                ),
                migrations.AlterField(
                    model_name='lead',
                    name='is_current',
                    field=models.BooleanField(default=True),
                ),
                migrations.AlterField(
                    model_name='lead',
                    name='owner',
                    field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='leads', to='deals.colleague'),
                ),
                migrations.AlterField(
                    model_name='lead',
                    name='twin',
                    field=models.ForeignKey(blank=True, db_index=False, help_text='May be the same person; nobody has said so.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='leads.lead'),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(fields=['full_name'], name='lead_by_name'),
        ),
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(fields=['company'], name='lead_by_company'),
        ),
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(fields=['email'], name='lead_by_email'),
        ),
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(condition=models.Q(('contact__isnull', False)), fields=['contact'], name='lead_of_contact'),
        ),
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(condition=models.Q(('account__isnull', False)), fields=['account'], name='lead_of_account'),
        ),
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(condition=models.Q(('twin__isnull', False)), fields=['twin'], name='lead_of_twin'),
        ),
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(condition=models.Q(('decision__isnull', False)), fields=['decision'], name='lead_of_decision'),
        ),
        migrations.RemoveIndex(
            model_name='lead',
            name='lead_ranked',
        ),
        migrations.RemoveIndex(
            model_name='lead',
            name='lead_by_status',
        ),
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(fields=['is_current', 'grade', '-heat', '-fit_low', 'id'], name='lead_ranked'),
        ),
        migrations.AddIndex(
            model_name='lead',
            index=models.Index(fields=['is_current', 'status', 'grade', '-heat', '-fit_low', 'id'], name='lead_by_status'),
        ),
    ]
