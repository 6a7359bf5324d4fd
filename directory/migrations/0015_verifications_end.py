from django.db import migrations, models


class Migration(migrations.Migration):
    """A verification ends when the listing no longer says what was found true."""

    dependencies = [("directory", "0014_found_by_date_and_point")]

    operations = [
        migrations.AddField(
            model_name="verification",
            name="digest",
            field=models.CharField(blank=True, default="", editable=False, max_length=32),
        ),
        migrations.AddField(
            model_name="verification",
            name="ended_on",
            field=models.DateField(blank=True, editable=False, null=True),
        ),
    ]
