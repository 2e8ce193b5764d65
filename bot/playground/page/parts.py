"""The page's own files: an index made once of what may be served, so that a request can name nothing else."""

from collections.abc import Iterator
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable

TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class Parts:
    """The modules and styles below `static/`, by their path from there; the frame of the page beside them."""

    def __init__(self) -> None:
        """Take stock of the folder."""
        self._static = resources.files("bot.playground.page").joinpath("static")
        self._files = dict(_below(self._static, ""))

    def frame(self) -> str:
        """The HTML in which everything else happens; it names its parts by their version."""
        html = self._static.joinpath("index.html").read_text(encoding="utf-8")
        return html.replace('"/page/static/', f'"/page/static/{self._version()}/')

    def get(self, name: str) -> tuple[str, str] | None:
        """The text of a file with its content type; None when no such file may be served."""
        file = self._files.get(name)
        return None if file is None else (file.read_text(encoding="utf-8"), _type(file))

    def _version(self) -> str:
        """Another one as soon as any part differs, so that a browser may keep what it has of this one."""
        digest = sha256()
        for name in sorted(self._files):
            digest.update(name.encode() + b"\0" + self._files[name].read_bytes())
        return f"v{digest.hexdigest()[:12]}"


def _below(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _below(entry, f"{path}{entry.name}/")
        elif _type(entry):
            yield path + entry.name, entry


def _type(file: Traversable) -> str:
    return TYPES.get(file.name[file.name.rfind(".") :], "")
