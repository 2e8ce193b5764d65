"""One process at a time on an SQLite file: the group commit and the claims rely on it."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import TracebackType

from storage.engines.locations import parse_url

NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "fuse.glusterfs", "fuse.sshfs", "lustre"}
)
"""File systems on which locks and the write-ahead log of SQLite cannot be trusted."""


class DatabaseInUseError(Exception):
    """The SQLite file cannot be ours alone; the message says why and what to do."""


class ProcessLock:
    """Holds an SQLite file for this process until released; on PostgreSQL there is nothing to hold.

    The operating system lets go of it as well when the process ends, however it ends.
    """

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor

    def release(self) -> None:
        """Let other processes in; may be called again."""
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            os.close(descriptor)

    def __enter__(self) -> ProcessLock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def acquire(url: str) -> ProcessLock:
    """Take the database at `url` for this process.

    Raises `DatabaseInUseError` when another process has it, or when its file lies on a network file system.
    """
    location = parse_url(url)
    if not isinstance(location, Path):
        return ProcessLock(None)
    location.parent.mkdir(parents=True, exist_ok=True)
    kind = file_system_of(location)
    if kind in NETWORK_FILE_SYSTEMS:
        raise DatabaseInUseError(
            f"{location} lies on a network file system ({kind}), where SQLite can lose data. "
            "Put it on a local disk, or use PostgreSQL."
        )
    descriptor = os.open(lock_file(location), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise DatabaseInUseError(
            f"Another Flagclient is running on {location}. Stop it first, or use PostgreSQL for several at once."
        ) from None
    return ProcessLock(descriptor)


def lock_file(path: Path) -> Path:
    """The file whose lock stands for the database at `path`."""
    return path.with_name(f"{path.name}.lock")


def file_system_of(path: Path, mounts: Path = Path("/proc/mounts")) -> str | None:
    """The kind of file system that `path` lies on; `None` where the operating system does not say."""
    if not mounts.exists():
        return None
    resolved = f"{path.resolve()}/"
    found: tuple[int, str] | None = None
    for line in mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
        _, mounted_at, kind, *_ = line.split(" ")
        # Spaces and backslashes in a path are written as octal numbers.
        point = mounted_at.replace("\\040", " ").replace("\\134", "\\")
        folder = f"{point.rstrip('/')}/"
        # A later mount hides an earlier one at the same place.
        if resolved.startswith(folder) and (found is None or len(folder) >= found[0]):
            found = (len(folder), kind)
    return found[1] if found else None
