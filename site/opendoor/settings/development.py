"""For developers: debug pages, plain static files, any local host."""

from opendoor.settings.base import *  # noqa: F403  # settings modules extend each other, Django's way
from opendoor.settings.base import STORAGES

DEBUG = True
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
