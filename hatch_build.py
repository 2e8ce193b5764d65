"""Compiles the catalogues while a package is built: what is installed needs them, and git holds their sources alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface):  # type: ignore[misc]
    """Writes each `messages.mo` beside its `messages.po`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the files are collected; raises where a catalogue cannot be read."""
        for source in sorted(Path(self.root, "bot", "locale").glob("*/LC_MESSAGES/messages.po")):
            with source.open("rb") as catalogue, source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(catalogue))
