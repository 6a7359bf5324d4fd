from django.db import migrations

GROUP = "Directory stewards"
EVERYTHING = ("add", "change", "delete", "view")
# Permissions are made after all migrations have run, too late for a group that wants them.
PERMISSIONS = {
    "service": ("service", EVERYTHING),
    "organization": ("organization", EVERYTHING),
    "location": ("location", EVERYTHING),
    "taxonomyterm": ("taxonomy term", EVERYTHING),
    "problemreport": ("problem report", ("change", "view")),
    "importbatch": ("import", ("add", "change", "view")),
}


def add_group(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    group, _ = Group.objects.get_or_create(name=GROUP)
    for model, (name, actions) in PERMISSIONS.items():
        kind, _ = ContentType.objects.get_or_create(app_label="directory", model=model)
        for action in actions:
            permission, _ = Permission.objects.get_or_create(
                content_type=kind,
                codename=f"{action}_{model}",
                defaults={"name": f"Can {action} {name}"},
            )
            group.permissions.add(permission)
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )


def remove_group(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name=GROUP).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0003_shipped_taxonomies"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [migrations.RunPython(add_group, remove_group)]
