"""Where the app's manifest stands, and what it asks for."""

from __future__ import annotations

from importlib import resources
from pathlib import Path


def manifest_path() -> Path:
    """The app's manifest: inside the package where it is installed, beside it in a checkout."""
    packaged = Path(str(resources.files("bot"))) / "manifest.yaml"
    return packaged if packaged.exists() else packaged.parents[1] / "manifest.yaml"


def wanted_scopes() -> list[str]:
    """The scopes that the manifest asks for."""
    import yaml

    manifest = yaml.safe_load(manifest_path().read_text(encoding="utf-8"))
    scopes: list[str] = manifest["oauth_config"]["scopes"]["bot"]
    return scopes
