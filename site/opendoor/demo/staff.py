"""A first administrator, so that whoever tries the demonstration can open the CMS."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model

USERNAME = "admin"
FILE = "admin-password"


@dataclass(frozen=True)
class Administrator:
    """Whom to sign in as, with a password that is kept in a file for its owner alone."""

    username: str
    password: str
    path: Path


def first_administrator() -> Administrator | None:
    """Makes one when nobody can sign in to the CMS yet; None when somebody can."""
    users = get_user_model()._default_manager
    if users.filter(is_staff=True).exists() or users.filter(is_superuser=True).exists():
        return None
    password = secrets.token_urlsafe(12)
    users.create_superuser(
        username=USERNAME, email="admin@junipercounty.example.org", password=password
    )
    path = Path(settings.DATA_DIR) / FILE
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(f"{password}\n", encoding="utf-8")
    return Administrator(USERNAME, password, path)
