from django.db import migrations

GROUP = "Directory stewards"
MODEL = "holidaycalendar"


def allow(apps, schema_editor):
    """Permissions are made after all migrations have run, too late for a group that wants them."""
    group = apps.get_model("auth", "Group").objects.filter(name=GROUP).first()
    if group is None:
        return
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="directory", model=MODEL
    )
    for action in ("add", "change", "delete", "view"):
        permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=kind,
            codename=f"{action}_{MODEL}",
            defaults={"name": f"Can {action} holiday calendar"},
        )
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("directory", "0012_import_changes")]

    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
