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


@contextmanager
def cluster() -> Iterator[str]:
    """Yields the DATABASE_URL of a fresh cluster, which is stopped and removed afterwards."""
    programs, user = _programs(), _as_server_user()
    folder = Path(tempfile.mkdtemp(prefix="opendoor-postgres-"))
    if user:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    port, data = _free_port(), folder / "data"
    run = {"check": True, "cwd": folder, "stdout": subprocess.DEVNULL}
    initdb = [programs / "initdb", "-D", data, "-U", "opendoor", "-A", "trust", "-E", "UTF8"]
    subprocess.run([*user, *initdb, "--no-sync", "--locale=C.UTF-8"], **run)  # type: ignore[call-overload]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} {QUICK}"
    control = [*user, programs / "pg_ctl", "-D", data, "-l", folder / "log", "-w"]
    try:
        subprocess.run([*control, "-o", options, "start"], **run)  # type: ignore[call-overload]
        yield f"postgres://opendoor@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], cwd=folder, stdout=subprocess.DEVNULL)
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
