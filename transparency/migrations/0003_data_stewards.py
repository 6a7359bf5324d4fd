from django.db import migrations

GROUP = "Data stewards"
# Permissions are made after all migrations have run, too late for a group that wants them.
PERMISSIONS = {
    "dataset": {
        "add_dataset": "Can add dataset",
        "change_dataset": "Can change dataset",
        "view_dataset": "Can view dataset",
    },
    "release": {
        "add_release": "Can add release",
        "view_release": "Can view release",
        "approve_release": "Can approve a release as the second person",
    },
}


def add_group(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    group, _ = Group.objects.get_or_create(name=GROUP)
    for model, permissions in PERMISSIONS.items():
        kind, _ = ContentType.objects.get_or_create(app_label="transparency", model=model)
        for codename, name in permissions.items():
            permission, _ = Permission.objects.get_or_create(
                content_type=kind, codename=codename, defaults={"name": name}
            )
            group.permissions.add(permission)
    group.permissions.add(
        Permission.objects.get(
            content_type__app_label="wagtailadmin", codename="access_admin"
        )
    )


def remove_group(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name=GROUP).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("transparency", "0002_releases_are_immutable"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [migrations.RunPython(add_group, remove_group)]
