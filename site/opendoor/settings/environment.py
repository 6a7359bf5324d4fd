"""What the environment says, read once and typed. Names are listed in docs/operators.md."""

import secrets
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parents[3]
env = environ.Env()


def data_dir() -> Path:
    """The folder for everything the site writes (database, index, uploads)."""
    path = Path(env.str("OPENDOOR_DATA_DIR", default="var"))
    path = path if path.is_absolute() else BASE_DIR / path
    path.mkdir(parents=True, exist_ok=True)
    return path


def secret_key(directory: Path) -> str:
    """OPENDOOR_SECRET_KEY, or a key made once and kept, readable by this user alone."""
    given = env.str("OPENDOOR_SECRET_KEY", default="")
    if given:
        return given
    kept = directory / "secret-key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50))
    return kept.read_text().strip()
