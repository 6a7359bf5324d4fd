"""Files that others on the same machine must not read."""

import os
from pathlib import Path

import pytest

from opendoor.settings.environment import data_dir, secret_key


def test_the_data_folder_is_closed_to_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It holds the database: password hashes, drafts, imports that nobody has looked at."""
    monkeypatch.setenv("OPENDOOR_DATA_DIR", str(tmp_path / "data"))
    before = os.umask(0o022)
    try:
        folder = data_dir()
        secret_key(folder)
    finally:
        os.umask(before)
    assert folder.stat().st_mode & 0o007 == 0
    assert (folder / "secret-key").stat().st_mode & 0o077 == 0
