import uuid
from typing import ClassVar

from django.db import migrations, models

QUESTIONS = [
    ("touched", "Vilka barn berörs, och hur?"),
    ("best", "Vad är bäst för barnen?"),
    ("equal", "Får något barn sämre villkor än andra?"),
    ("growth", "Hur påverkas barnens liv och utveckling?"),
    ("heard", "Har barnen fått säga vad de tycker, och hur har det vägts in?"),
    ("against", "Står barnens intresse mot något annat, och hur har det vägts?"),
    ("told", "Hur får barnen veta vad som beslutas?"),
]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("efforts", "0001_ground")]

    operations: ClassVar = [
        migrations.AlterModelOptions(
            name="effortfile",
            options={
                "ordering": ("effort", "pk"),
                "verbose_name": "insatsens fil",
                "verbose_name_plural": "insatsens filer",
            },
        ),
        # Until now nothing could attach a file, so there is no row to number.
        migrations.AddField(
            model_name="effortfile",
            name="public_id",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="nummer"),
        ),
        migrations.AlterField(
            model_name="childimpact",
            name="question",
            field=models.CharField(choices=QUESTIONS, max_length=48, verbose_name="fråga"),
        ),
    ]
