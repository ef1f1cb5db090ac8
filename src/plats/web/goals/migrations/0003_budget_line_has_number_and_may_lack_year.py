"""A budget line has a number of its own, so that one can be pointed out, and its year may be unknown.

Every line that is there is given its number, those of adopted versions too: it says nothing new of the plan. What
refuses changes of an adopted plan is taken away meanwhile and made anew, also because SQLite makes the table anew.
"""

from __future__ import annotations

import uuid
from importlib import import_module
from typing import Any

from django.db import migrations, models

_frozen: Any = import_module("plats.web.goals.migrations.0002_adopted_is_frozen")


def number(apps: Any, schema_editor: Any) -> None:
    lines = apps.get_model("goals", "BudgetLine").objects
    for pk in lines.order_by("pk").values_list("pk", flat=True):
        lines.filter(pk=pk).update(public_id=uuid.uuid4())


class Migration(migrations.Migration):
    dependencies = [("goals", "0002_adopted_is_frozen")]
    operations = [
        migrations.RunPython(_frozen.thaw, _frozen.freeze),
        migrations.AlterModelOptions(
            name="budgetline",
            options={
                "ordering": (
                    "goal_version",
                    models.OrderBy(models.F("year"), nulls_last=True),
                    "pk",
                ),
                "verbose_name": "budgetrad",
                "verbose_name_plural": "budgetrader",
            },
        ),
        migrations.AddField(
            model_name="budgetline",
            name="public_id",
            field=models.UUIDField(editable=False, null=True, verbose_name="nummer"),
        ),
        migrations.RunPython(number, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="budgetline",
            name="public_id",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="nummer"),
        ),
        migrations.AlterField(
            model_name="budgetline",
            name="year",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="år"),
        ),
        migrations.RunPython(_frozen.freeze, _frozen.thaw),
    ]
