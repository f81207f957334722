"""Drafts: one a questionnaire, with what it said before each change; and which editions came with the product."""

import django.db.models.deletion
from django.db import migrations, models

KINDS = [
    ("added", "Tillagd"), ("changed", "Ändrad"), ("moved", "Flyttad"), ("copied", "Kopierad"),
    ("removed", "Borttagen"), ("list", "Vallista ändrad"), ("texts", "Översatt"), ("head", "Rubrik eller språk ändrat"),
]
#: The only questionnaire that has been shipped before this migration.
SHIPPED = "UPDATE questionnaires_version SET is_shipped = true WHERE questionnaire_id IN " \
    "(SELECT id FROM questionnaires_questionnaire WHERE slug = 'offentliga-aktorer')"


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0002_published_is_kept")]
    operations = [
        migrations.AddField("version", "is_shipped", models.BooleanField(default=False)),
        migrations.AddField("version", "changed_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "version",
            "based_on",
            models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to="questionnaires.version",
            ),
        ),
        migrations.AddConstraint(
            "version",
            models.UniqueConstraint(
                condition=models.Q(("state", "draft")), fields=("questionnaire",), name="questionnaire_version_one_draft"
            ),
        ),
        migrations.CreateModel(
            name="EarlierState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=KINDS, max_length=12)),
                ("about", models.CharField(blank=True, max_length=200)),
                ("document", models.JSONField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="earlier_states",
                        to="questionnaires.version",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", [kind for kind, _label in KINDS])),
                        name="questionnaire_earlier_kind_known",
                    )
                ],
            },
        ),
        migrations.RunSQL(SHIPPED, migrations.RunSQL.noop),
    ]
