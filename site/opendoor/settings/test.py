"""For tests: data in a folder of their own, quick password hashes, tasks in place."""

import os
import tempfile

# A folder for each process of the tests: two that load the demonstration would exchange its
# password. What a test starts itself keeps the folder that the test gives it.
if "OPENDOOR_DATA_DIR" not in os.environ or (
    os.environ.get("OPENDOOR_TEST_WORKER", "") != os.environ.get("PYTEST_XDIST_WORKER", "")
):
    os.environ["OPENDOOR_DATA_DIR"] = tempfile.mkdtemp(prefix="opendoor-test-")
    os.environ["OPENDOOR_TEST_WORKER"] = os.environ.get("PYTEST_XDIST_WORKER", "")

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
