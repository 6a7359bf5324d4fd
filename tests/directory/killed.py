"""An import that is killed from within: `python -m tests.directory.killed N ARGUMENT…` runs
`import_directory ARGUMENT…` and sends itself SIGKILL before its Nth statement to the database.

Chunks are small, so that a small file has many points at which it may die. Without dying it ends
with its own number of statements on the last line.
"""

import os
import signal
import sys
from typing import Any

STATEMENTS = 0


def dying(last: int) -> Any:
    def run(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        global STATEMENTS  # a process of its own
        STATEMENTS += 1
        if last == STATEMENTS:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    return run


def main(last: int, arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opendoor.settings.test")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from directory.imports import compare, publish

    compare.CHUNK, publish.CHUNK = 40, 20
    with connection.execute_wrapper(dying(last)):
        call_command("import_directory", *arguments)
    print(STATEMENTS)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
