"""A PgBouncer in front of a PostgreSQL server, for tests: started for one test, gone with it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import make_url

NEEDED = "PGBOUNCER_TESTS"
"""Set to `required` where these tests must not be skipped, as in CI."""

PORT = 6432
ACCOUNTS = ("pgserver", "postgres", "nobody")
"""As whom it may run where we are root, which it refuses to be."""

POOLED = {"session": 40, "transaction": 2}
"""How many connections to the server there are: one for each of a client's, or so few that clients get each other's."""

SECONDS_TO_START = 20.0


def program() -> str:
    """Where PgBouncer is; skips the test where it is not installed."""
    found = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        if os.environ.get(NEEDED) == "required":
            pytest.fail("PgBouncer is needed here, and is not installed (Debian: apt install pgbouncer)")
        pytest.skip("PgBouncer is not installed (Debian: apt install pgbouncer)")
    return found


@contextmanager
def pooled(url: str, mode: str) -> Iterator[str]:
    """The URL of the same database behind a PgBouncer with settings as it comes, in `session` or `transaction` mode."""
    command = [program()]
    server = make_url(url)
    folder = Path(tempfile.mkdtemp(prefix="flagclient-pgbouncer-"))
    settings = folder / "pgbouncer.ini"
    settings.write_text(
        f"[databases]\n* = host={server.query['host']} user={server.username}\n[pgbouncer]\n"
        f"unix_socket_dir = {folder}\nlisten_port = {PORT}\nauth_type = any\npool_mode = {mode}\n"
        f"default_pool_size = {POOLED[mode]}\nmax_client_conn = 100\nlogfile = {folder / 'log'}\n",
        encoding="utf-8",
    )
    if os.geteuid() == 0:
        account = next(name for name in ACCOUNTS if _is_there(name))
        shutil.chown(folder, account)
        command.append(f"--user={account}")
    with subprocess.Popen([*command, "--quiet", str(settings)]) as process:  # noqa: S603 (found above)
        try:
            _wait_for(folder / f".s.PGSQL.{PORT}", process)
            yield f"postgresql://{server.username}@/{server.database}?host={folder}&port={PORT}"
        finally:
            process.terminate()
    shutil.rmtree(folder)


def _wait_for(socket: Path, process: subprocess.Popen[bytes]) -> None:
    give_up_at = time.monotonic() + SECONDS_TO_START
    while not socket.exists():
        if process.poll() is not None or time.monotonic() > give_up_at:
            raise AssertionError(f"PgBouncer does not start:\n{(socket.parent / 'log').read_text()}")
        time.sleep(0.01)


def _is_there(account: str) -> bool:
    import pwd

    return any(one.pw_name == account for one in pwd.getpwall())
