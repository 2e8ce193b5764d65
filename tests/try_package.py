"""Installs what `make package` built, each into an empty environment, and plays the story from an empty folder.

Run as `python -m tests.try_package FOLDER`; exit code 1 where something that is installed does not work. It takes
dependencies from where pip takes them, so it needs a network or a cache.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
UV = Path(sys.executable).with_name("uv")
PYTHON = Path(sys.executable)
SPEAKS_DUTCH = "from bot.language import language; print(language('nl').gettext('Close'))"


def call(*command: str | Path, **options: str | Path) -> str:
    """What a command prints; raises `CalledProcessError` where it fails."""
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, **options).stdout  # type: ignore[call-overload, no-any-return]  # noqa: S603 (our own commands)


def install(package: Path, environment: Path) -> Path:
    """An environment with the package and its locked dependencies; returns its folder of commands."""
    call(UV, "venv", "-q", "--python", PYTHON, environment)
    python = environment / "bin" / "python"
    call(UV, "pip", "install", "-q", "--python", python, "--require-hashes", "-r", ROOT / "requirements.lock")
    call(UV, "pip", "install", "-q", "--python", python, "--no-deps", package)
    return python.parent


def play(commands: Path, folder: Path) -> str:
    """Start a playground in a folder, wait for its story to end, and return the page that it serves."""
    environment = {"PATH": os.environ["PATH"], "PORT": "0", "HOME": str(folder)}
    command = [commands / "flagclient", "playground"]
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as playground:  # noqa: S603 (what was installed)
        try:
            assert playground.stdout is not None
            for line in playground.stdout:
                if found := re.search(r"http://[\d.]+:\d+", line):
                    with urlopen(found[0], timeout=10) as page:  # noqa: S310 (on this machine)
                        return str(page.read().decode())
        finally:
            playground.terminate()
    raise AssertionError("the playground ended before it served anything")


def main(folder: Path) -> None:
    """Try each package in a folder."""
    packages = [*folder.glob("*.whl"), *folder.glob("*.tar.gz")]
    assert {package.suffix for package in packages} == {".whl", ".gz"}, packages
    for package in packages:
        with tempfile.TemporaryDirectory() as made:
            commands = install(package, Path(made, "environment"))
            elsewhere = Path(made, "elsewhere")
            elsewhere.mkdir()
            assert call(commands / "python", "-c", SPEAKS_DUTCH, cwd=elsewhere) == "Sluiten\n"
            assert "<!doctype html>" in play(commands, elsewhere)
        print(f"{package.name}: installed, speaks Dutch, plays the story")  # noqa: T201 (a script)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
