"""What a backup holds, written beside it, so that a damaged or mixed-up copy is noticed before it is used."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

FORMAT = 1


class BackupError(Exception):
    """A backup cannot be made or used; the message says why and what to do."""


class Manifest(Struct, frozen=True):
    """What stands beside a backup; `rows` counts each table."""

    database: str
    schema_revision: str | None
    rows: dict[str, int]
    sha256: str
    format: int = FORMAT


def manifest_path(backup: Path) -> Path:
    """Where the manifest of a backup stands."""
    return backup.with_name(f"{backup.name}.manifest.json")


def write_manifest(backup: Path, manifest: Manifest) -> None:
    """Put the manifest beside the backup, whole or not at all."""
    target = manifest_path(backup)
    unfinished = new_private_file(target.with_name(f"{target.name}.unfinished"))
    unfinished.write_text(json.dumps(asdict(manifest), indent=2) + "\n", encoding="utf-8")
    put_in_place(unfinished, target)


def read_manifest(backup: Path) -> Manifest:
    """The manifest of a backup whose bytes are what it says; raises `BackupError` otherwise."""
    try:
        manifest = Manifest(**json.loads(manifest_path(backup).read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise BackupError(f"There is no {manifest_path(backup).name} beside {backup}: it belongs to it.") from None
    except (ValueError, TypeError):
        raise BackupError(f"{manifest_path(backup)} cannot be read.") from None
    if manifest.format != FORMAT:
        raise BackupError(f"{backup} was made by a newer Flagclient. Restore it with that one.")
    if not backup.exists():
        raise BackupError(f"There is no {backup}.")
    if digest(backup) != manifest.sha256:
        raise BackupError(f"{backup} is damaged: it is not what its manifest says.")
    return manifest


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def new_private_file(path: Path) -> Path:
    """An empty file at `path` that only its owner can read, in place of any older one."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return path


def put_in_place(unfinished: Path, target: Path) -> None:
    """Give a finished file its name, so that a power cut leaves either the old file or the new one."""
    _flush(unfinished, os.O_RDWR)
    unfinished.replace(target)
    _flush(target.parent, os.O_RDONLY)


def _flush(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
