from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0010_history")]

    operations = [
        migrations.AddField(
            model_name="duplicatepair",
            name="undo",
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
    ]
