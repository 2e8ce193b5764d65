"""The browser is found by its usual names, or where it is named; without one the tests say why they are skipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.chromium import NEEDED, chromium, is_needed


def test_an_installed_browser_is_found_by_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert chromium() is None
    installed = tmp_path / "chromium-browser"
    installed.touch(mode=0o755)
    assert chromium() == str(installed)
    monkeypatch.setenv("CHROMIUM", "/opt/chromium")
    assert chromium() == "/opt/chromium"


def test_a_full_run_needs_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NEEDED, raising=False)
    assert not is_needed()
    monkeypatch.setenv(NEEDED, "required")
    assert is_needed()
