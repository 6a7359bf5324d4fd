"""What the environment says, read once and typed. Names are listed in docs/operators.md."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parents[3]
DEMONSTRATION_LINE = "demonstration-crisis-line"
env = environ.Env()


def data_dir() -> Path:
    """The folder for everything the site writes (database, index, uploads), closed to others."""
    path = Path(env.str("OPENDOOR_DATA_DIR", default="var"))
    path = path if path.is_absolute() else BASE_DIR / path
    path.mkdir(mode=0o750, parents=True, exist_ok=True)
    return path


def secret_key(directory: Path) -> str:
    """OPENDOOR_SECRET_KEY, or a key made once and kept, readable by this user alone."""
    given = str(env.str("OPENDOOR_SECRET_KEY", default=""))
    if given:
        return given
    kept = directory / "secret-key"
    if not kept.exists():
        _keep_secret(kept, secrets.token_urlsafe(50))
    return kept.read_text().strip()


def _keep_secret(path: Path, text: str) -> None:
    """Writes `path` whole or not at all; of several processes at once the first one's stays."""
    draft = path.with_name(f"{path.name}-{secrets.token_hex(8)}")
    draft.touch(mode=0o600)
    draft.write_text(text)
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def crisis_line(directory: Path) -> str:
    """OPENDOOR_CRISIS_LINE; without it the line of the demonstration that lies in the folder, so
    that every command on it knows the line that its pages show.
    """
    given = str(env.str("OPENDOOR_CRISIS_LINE", default=""))
    kept = directory / DEMONSTRATION_LINE
    if given or env.str("OPENDOOR_DEMONSTRATION", default="1") == "0" or not kept.exists():
        return given
    return kept.read_text(encoding="utf-8").strip()
