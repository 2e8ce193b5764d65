"""The file of points to look at before a letter: the one that comes with the bot, and a workspace's own."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

import msgspec

from bot.domain.errors import FlagclientError
from bot.domain.farewell.closing_check import ClosingCheck, ClosingFacts
from bot.domain.message import N_
from bot.domain.workspace_texts import ALL_LANGUAGES, TextKind
from bot.usecases.ports import UnitOfWork
from bot.usecases.workspace_texts import own_text

CLOSING_CHECK = "closing_check"
MAX_CHECK_BYTES = 500_000

_PLACE = re.compile(r" - at `\$(.*)`$")
_LINE = re.compile(r"\bline (\d+), column")


class ClosingCheckInvalidError(FlagclientError):
    """A file of points that cannot be used; `reason` is said in English by what reads it."""

    message = N_("Line {line} of the closing check can’t be used: {reason}. The one that you had stays.")


@lru_cache(maxsize=32)
def read_check(content: bytes) -> ClosingCheck:
    """The points of a file; raises `ClosingCheckInvalidError` with the line of what is wrong."""
    # It takes its time to import, and most processes never need it.
    import yaml

    if len(content) > MAX_CHECK_BYTES:
        raise ClosingCheckInvalidError(line=1, reason=f"it is longer than {MAX_CHECK_BYTES // 1000} kB")
    try:
        text = content.decode("utf-8-sig")
        _refuse_references(text)
        check = msgspec.yaml.decode(text, type=ClosingCheck)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ClosingCheckInvalidError(line=line, reason="it isn’t UTF-8") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ClosingCheckInvalidError(line=line, reason=str(error.problem)) from None
    except RecursionError:
        raise ClosingCheckInvalidError(line=1, reason="too much stands within something else") from None
    except (msgspec.DecodeError, yaml.YAMLError) as error:
        raise ClosingCheckInvalidError(line=_line_of(text, str(error)), reason=_reason(str(error))) from None
    for number, point in enumerate(check.points):
        if reason := _what_is_wrong(check, number):
            raise ClosingCheckInvalidError(
                line=_line_of(text, f" - at `$.points[{number}]`"), reason=f"{point.id}: {reason}"
            )
    return check


def check_of(uow: UnitOfWork, workspace_id: int) -> ClosingCheck:
    """The points of a workspace: its own, or those that come with the bot."""
    own = own_text(uow, workspace_id, CLOSING_CHECK, ALL_LANGUAGES)
    return read_check(_default(ALL_LANGUAGES) if own is None else own)


def _what_is_wrong(check: ClosingCheck, number: int) -> str:
    point = check.points[number]
    unknown = sorted(set(point.applies.facts()) - set(ClosingFacts.__struct_fields__))
    if unknown:
        return f"there is no fact “{unknown[0]}”; there are {', '.join(ClosingFacts.__struct_fields__)}"
    if point.id in [other.id for other in check.points[:number]]:
        return "an earlier point has this id"
    if wrong := [source.url for source in point.sources if not source.url.startswith(("https://", "http://"))]:
        return f"{wrong[0]} is no web address"
    return ""


def _refuse_references(text: str) -> None:
    """A reference to another part of the file could make it grow without an end."""
    import yaml

    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        if isinstance(token, yaml.AnchorToken | yaml.AliasToken):
            raise ClosingCheckInvalidError(line=token.start_mark.line + 1, reason="& and * have no meaning here")


def _reason(said: str) -> str:
    """What is wrong, without where."""
    return _PLACE.sub("", said).partition("\n  in ")[0].replace("\n", ": ")


def _line_of(text: str, said: str) -> int:
    """The line that an error speaks of, or at which the part begins that it names, such as `$.points[3].severity`."""
    import yaml

    if line := _LINE.search(said):
        return int(line[1])
    place = _PLACE.search(said)
    node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader) if place else None
    line_number = 1
    for name, index in re.findall(r"\.(\w+)|\[(\d+)\]", place[1] if place else ""):
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == name), None)
        elif isinstance(node, yaml.SequenceNode) and index:
            node = node.value[int(index)]
        if node is None:
            break
        line_number = node.start_mark.line + 1
    return line_number


def _default(_language: str) -> bytes:
    return resources.files("bot.usecases.farewell").joinpath("closing_check.yaml").read_bytes()


def _check(_language: str, content: bytes) -> None:
    read_check(content)


def _preview(_language: str, content: bytes) -> bytes:
    """The points in both languages, each with whose law it is about."""
    points = [
        f"{one.severity.value}, {one.jurisdiction.value}: {one.id}\n  {one.en}\n  {one.nl}"
        for one in read_check(content).points
    ]
    return ("\n\n".join(points) + "\n").encode()


CLOSING_CHECK_TEXT = TextKind(CLOSING_CHECK, ".yaml", (ALL_LANGUAGES,), _default, _check, _preview)
