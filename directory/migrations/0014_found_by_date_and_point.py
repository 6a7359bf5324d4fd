from django.db import migrations, models


class Migration(migrations.Migration):
    """What the API is asked for by date of change or by a point is found without reading all."""

    dependencies = [("directory", "0013_holiday_calendars")]

    operations = [
        migrations.AddIndex(
            model_name="location",
            index=models.Index(fields=["last_modified"], name="directory_location_modified"),
        ),
        migrations.AddIndex(
            model_name="location",
            index=models.Index(fields=["latitude", "longitude"], name="directory_location_point"),
        ),
        migrations.AddIndex(
            model_name="service",
            index=models.Index(
                fields=["status", "last_modified"], name="directory_service_modified"
            ),
        ),
        migrations.AddIndex(
            model_name="serviceatlocation",
            index=models.Index(fields=["last_modified"], name="directory_at_modified"),
        ),
    ]
