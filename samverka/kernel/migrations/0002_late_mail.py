import django.contrib.postgres.fields
from django.db import migrations, models

ONE_TO_SEVERAL = """
ALTER TABLE kernel_outboxmessage ALTER COLUMN reply_to TYPE varchar(254)[]
USING CASE WHEN reply_to = '' THEN ARRAY[]::varchar(254)[] ELSE ARRAY[reply_to] END
"""
SEVERAL_TO_ONE = """
ALTER TABLE kernel_outboxmessage ALTER COLUMN reply_to TYPE varchar(254) USING coalesce(reply_to[1], '')
"""


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='outboxmessage',
            name='late',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='outboxmessage',
            name='arguments',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AlterField(
            model_name='outboxmessage',
            name='text',
            field=models.TextField(blank=True),
        ),
        migrations.RunSQL(
            ONE_TO_SEVERAL,
            SEVERAL_TO_ONE,
            state_operations=[
                migrations.AlterField(
                    model_name='outboxmessage',
                    name='reply_to',
                    field=django.contrib.postgres.fields.ArrayField(base_field=models.EmailField(max_length=254), blank=True, default=list, size=None),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name='outboxmessage',
            constraint=models.CheckConstraint(condition=models.Q(('late', False), models.Q(('html', ''), ('text', '')), _connector='OR'), name='outbox_late_keeps_no_text'),
        ),
    ]
