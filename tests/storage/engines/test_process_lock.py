"""One process at a time on an SQLite file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storage.engines.process_lock import DatabaseInUseError, acquire, file_system_of

HOLD = """
import sys
from storage.engines.process_lock import acquire
lock = acquire(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


def run_holder(url: str) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 (our own interpreter)
        [sys.executable, "-c", HOLD, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def test_a_second_process_is_refused_until_the_first_is_gone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/flagclient.db"
    with run_holder(url) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(DatabaseInUseError, match=r"Another Flagclient is running on .*flagclient\.db\. Stop it"):
            acquire(url)
        # However it ends, it lets go.
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()

    acquire(url).release()


def test_it_is_free_again_after_its_block(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new/flagclient.db"
    with acquire(url), pytest.raises(DatabaseInUseError):
        acquire(url)

    with acquire(url) as lock:
        lock.release()
        lock.release()


def test_postgresql_lets_everybody_in() -> None:
    url = "postgresql://host/database"
    with acquire(url), acquire(url):
        pass


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/data/flagclient.db", "ext4"),
        ("/srv/share/flagclient.db", "nfs4"),
        ("/srv/share/local/flagclient.db", "xfs"),
        ("/srv/two words/flagclient.db", "cifs"),
        ("/srv/shared.db", "ext4"),
    ],
)
def test_the_innermost_mount_says_what_kind_of_file_system_it_is(tmp_path: Path, path: str, kind: str) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/root / rootfs rw 0 0\n"
        "/dev/vda / ext4 rw 0 0\n"
        "server:/x /srv/share nfs4 rw 0 0\n"
        "/dev/vdb /srv/share/local xfs rw 0 0\n"
        "//server/x /srv/two\\040words cifs rw 0 0\n"
    )

    assert file_system_of(Path(path), mounts) == kind


def test_where_the_system_does_not_say_nothing_is_known(tmp_path: Path) -> None:
    assert file_system_of(tmp_path, tmp_path / "no-mounts") is None


def test_a_network_file_system_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.engines.process_lock.file_system_of", lambda path: "nfs4")

    with pytest.raises(DatabaseInUseError, match="network file system"):
        acquire(f"sqlite:///{tmp_path}/flagclient.db")
