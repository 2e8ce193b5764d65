"""Where the app's manifest stands."""

from __future__ import annotations

from importlib import resources
from pathlib import Path


def manifest_path() -> Path:
    """The app's manifest: inside the package where it is installed, beside it in a checkout."""
    packaged = Path(str(resources.files("bot"))) / "manifest.yaml"
    return packaged if packaged.exists() else packaged.parents[1] / "manifest.yaml"
