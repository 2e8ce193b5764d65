"""Clients that come back: on what terms they could, and by what name or contact they are known again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from bot.domain.errors import TextMissingError
from bot.domain.evaluation_rules import at_field
from bot.domain.flag_rules import text

MAX_TERMS_LENGTH = 1000

MIN_PERSON_WORDS = 2
"""A name of fewer words is that of many people."""

_ADDRESS = re.compile(r"[\w.+-]+@(?P<host>[\w-]{2,}(?:\.[\w-]{2,})+)")
_HOST = re.compile(r"(?:https?://)?(?:www\.)?(?P<host>[\w-]{2,}(?:\.[\w-]{2,})+)(?:/\S*)?")
_SECOND_LEVEL = frozenset({"ac", "co", "com", "gov", "net", "org"})

_MAIL_FOR_EVERYBODY = frozenset(
    {
        "aol",
        "casema",
        "chello",
        "fastmail",
        "gmail",
        "gmx",
        "googlemail",
        "hetnet",
        "home",
        "hotmail",
        "icloud",
        "kpnmail",
        "kpnplanet",
        "live",
        "mail",
        "me",
        "msn",
        "orange",
        "outlook",
        "planet",
        "proton",
        "protonmail",
        "proximus",
        "skynet",
        "t-online",
        "telenet",
        "tiscali",
        "upcmail",
        "web",
        "xs4all",
        "yahoo",
        "ziggo",
    }
)
"""Providers at which anybody has an address: it tells nothing of who somebody works for."""


class ReturnStance(StrEnum):
    """Whether a client that left could come back."""

    WELCOME = "welcome"
    ON_TERMS = "on_terms"
    NOT = "not"


class ReturnTerms(Struct, frozen=True):
    """What the team would want if a client came back, as somebody wrote it down; `text` may be empty."""

    client_id: int
    stance: ReturnStance
    text: str
    saved_by_id: int
    saved_at: datetime


class KnownAs(Struct, frozen=True):
    """What a client is known by: its name and aliases, and the people there."""

    client_id: int
    names: tuple[str, ...]
    contacts: tuple[str, ...] = ()


def checked_terms(stance: ReturnStance, typed: str) -> str:
    """The terms as they are kept; `TextMissingError` or `TextTooLongError` with the field `text`."""
    with at_field("text"):
        kept = text(typed, MAX_TERMS_LENGTH)
        if stance is ReturnStance.ON_TERMS and not kept:
            raise TextMissingError
    return kept


def all_names(known: KnownAs) -> tuple[str, ...]:
    """Every name by which a client may be known again: its own, and those in the addresses and domains that it uses."""
    return tuple(dict.fromkeys([*known.names, *_names_in_domains([*known.names, *known.contacts])]))


def people_of(known: KnownAs) -> tuple[str, ...]:
    """The people at a client whose names are long enough to tell them from others, without their addresses."""
    named = (" ".join(re.sub(r"[<>()]", " ", _ADDRESS.sub(" ", contact)).split()) for contact in known.contacts)
    return tuple(name for name in named if len(name.split()) >= MIN_PERSON_WORDS)


def _names_in_domains(texts: Iterable[str]) -> Iterable[str]:
    for one in texts:
        hosts = [found["host"] for found in _ADDRESS.finditer(one)]
        whole = _HOST.fullmatch(one.strip())
        if whole:
            hosts.append(whole["host"])
        for host in hosts:
            name = _registered_name(host.lower())
            if name not in _MAIL_FOR_EVERYBODY:
                yield name


def _registered_name(host: str) -> str:
    """What somebody has registered of a host: “acme” of “mail.acme.co.uk”."""
    labels = host.split(".")
    is_second_level = len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2
    return labels[-3 if is_second_level else -2]
