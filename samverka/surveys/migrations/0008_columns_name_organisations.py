"""Columns now say which organisations were named: what is stored without that is made anew when somebody counts."""

from typing import Any

from django.db import migrations


def forget_columns(apps: Any, _editor: Any) -> None:
    apps.get_model("surveys", "ColumnBlock").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("surveys", "0007_anonymous")]
    operations = [migrations.RunPython(forget_columns, migrations.RunPython.noop, elidable=True)]
