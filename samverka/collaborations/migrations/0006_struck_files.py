from typing import Any

from django.db import migrations, models
from django.db.models import F, Q


def fill(apps: Any, _schema: Any) -> None:
    """A file struck since its text was shared with all was read by all, one beside a text that only its party reads by
    the party. Of one struck before its text was shared it is not known who read it: the author did.
    """
    struck = apps.get_model("collaborations", "Attachment").objects.filter(withdrawn_at__isnull=False)
    struck.update(struck_in="me")
    struck.filter(entry__circle="party").update(struck_in="party")
    struck.filter(entry__circle="all", withdrawn_at__gte=F("entry__shared_at")).update(struck_in="all")


class Migration(migrations.Migration):

    dependencies = [
        ('collaborations', '0005_notice_kinds'),
    ]

    operations = [
        migrations.AddField(
            model_name='attachment',
            name='struck_in',
            field=models.CharField(blank=True, choices=[('me', 'Bara jag (utkast)'), ('party', 'Bara vi'), ('all', 'Alla parter')], default='', max_length=8),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('struck_in', ''), ('withdrawn_at__isnull', True)), models.Q(('struck_in__in', ['me', 'party', 'all']), ('withdrawn_at__isnull', False)), _connector='OR'), name='attachment_struck_in_a_circle'),
        ),
    ]
