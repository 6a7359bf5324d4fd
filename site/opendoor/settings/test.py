"""For tests: data in a folder of their own, quick password hashes, tasks in place."""

import os
import tempfile

if "PYTEST_XDIST_WORKER" in os.environ or "OPENDOOR_DATA_DIR" not in os.environ:
    # A folder for each process: two that load the demonstration would exchange its password.
    os.environ["OPENDOOR_DATA_DIR"] = tempfile.mkdtemp(prefix="opendoor-test-")

from opendoor.settings.base import *  # noqa: F403  # after the data folder is known
from opendoor.settings.base import STATIC_ROOT, STORAGES

STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise warns of a missing one

STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
AXES_ENABLED = False
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
OPENDOOR_CRISIS_LINE = "Test County Crisis Line|303-555-0100"
