"""A throw-away PostgreSQL cluster: `python -m tests.services.postgres COMMAND …` runs the command
with DATABASE_URL leading to it. A DATABASE_URL that is already set is used instead.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"


class PostgresMissing(RuntimeError):
    """No PostgreSQL server program on this machine."""


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise PostgresMissing("PostgreSQL is missing: apt-get install postgresql")
    return found[-1].parent


def _as_server_user() -> list[str]:
    """PostgreSQL refuses to run as root: Debian's package brings the user `postgres`."""
    return ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _quietly(command: list[str], folder: Path) -> None:
    subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL)


@contextmanager
def cluster() -> Iterator[str]:
    """Yields the DATABASE_URL of a fresh cluster, which is stopped and removed afterwards."""
    programs, user = _programs(), _as_server_user()
    folder = Path(tempfile.mkdtemp(prefix="opendoor-postgres-"))
    if user:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    port, data = _free_port(), folder / "data"
    initdb = [f"{programs}/initdb", "-D", f"{data}", "-U", "opendoor", "-A", "trust", "-E", "UTF8"]
    _quietly([*user, *initdb, "--no-sync", "--locale=C.UTF-8"], folder)
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} {QUICK}"
    control = [*user, f"{programs}/pg_ctl", "-D", f"{data}", "-l", f"{folder}/log", "-w"]
    try:
        _quietly([*control, "-o", options, "start"], folder)
        yield f"postgres://opendoor@127.0.0.1:{port}/postgres"
    finally:
        _quietly([*control, "-m", "immediate", "stop"], folder)
        shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    """Runs `command` with DATABASE_URL set; returns its exit status."""
    if os.environ.get("DATABASE_URL"):
        return subprocess.run(command).returncode
    try:
        with cluster() as url:
            return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}).returncode
    except PostgresMissing as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
