"""The parameters of a PostgreSQL address: each is read, or refused with a sentence that names it.

Hosting companies hand out addresses as libpq, Node, Prisma or SQLAlchemy read them. All are brought to libpq's own
parameters (https://www.postgresql.org/docs/current/libpq-connect.html, section 32.1.2), which PostgreSQL's programs
take as they are, and from which asyncpg gets those that it knows. A few of ours stay beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import URL

CONNECT_TIMEOUT_S = 5.0

DEFAULT_PORT = "5432"

OUR_NAME = "flagclient"

POOLER = "pgbouncer"
"""Prisma's word for a pooler that hands out a server's connection for one transaction; a pooler is noticed anyhow."""

STATEMENT_CACHE = "prepared_statement_cache_size"
"""SQLAlchemy's word for how many statements a connection keeps prepared."""

OURS = frozenset({POOLER, STATEMENT_CACHE})
"""What PostgreSQL's own programs do not take."""

MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
SYSTEM = "system"

_PASSED_OVER = frozenset(
    {
        # How Prisma, Node and hosting companies tune or mark their own clients; nothing depends on it here.
        "connection_limit",
        "pool_timeout",
        "socket_timeout",
        "uselibpqcompat",
        "supa",
        "workaround",
    }
)
_FOR_LIBPQ_ALONE = frozenset(
    {
        # How long a dead connection goes unnoticed, which we limit ourselves, and two that have no effect any more.
        "keepalives",
        "keepalives_idle",
        "keepalives_interval",
        "keepalives_count",
        "tcp_user_timeout",
        "sslcompression",
        "gssdelegation",
    }
)
_BY_DRIVER = frozenset(
    {
        "host",
        "port",
        "dbname",
        "user",
        "password",
        "passfile",
        "service",
        "sslmode",
        "sslcert",
        "sslkey",
        "sslpassword",
        "sslrootcert",
        "sslcrl",
        "sslnegotiation",
        "ssl_min_protocol_version",
        "ssl_max_protocol_version",
        "target_session_attrs",
        "krbsrvname",
        "gsslib",
    }
)
"""What asyncpg reads from an address as libpq does."""

_BY_US = frozenset({"application_name", "fallback_application_name", "connect_timeout", "options", "servicefile"})
_TAKEN_AS = {
    "channel_binding": {"disable", "prefer", "require"},
    "client_encoding": {"auto", "utf8", "utf-8", "UTF8", "UTF-8"},
    "gssencmode": {"disable", "prefer"},
    "load_balance_hosts": {"disable"},
    "max_protocol_version": {"3.0", "3.2", "latest"},
    "min_protocol_version": {"3.0"},
    "replication": {"false", "off", "no", "0"},
    "sslcertmode": {"allow"},
    "sslsni": {"1"},
}
"""What is possible of a parameter, where asyncpg does one thing only."""

_ONE_OF = {
    "sslmode": MODES,
    "sslnegotiation": ("postgres", "direct"),
    "target_session_attrs": ("any", "read-write", "read-only", "primary", "standby", "prefer-standby"),
    "gsslib": ("gssapi", "sspi"),
    "ssl_min_protocol_version": ("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"),
    "ssl_max_protocol_version": ("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"),
}
_NUMBERS = ("connect_timeout", STATEMENT_CACHE)
_FILES = ("sslcert", "sslkey", "sslrootcert", "sslcrl")
_YES = frozenset({"1", "true", "on", "yes"})
_NO = frozenset({"0", "false", "off", "no"})


class ParameterError(ValueError):
    """A parameter that cannot be honoured; the message names it and says what to do, and holds no value of it."""


def as_libpq(query: Mapping[str, str | tuple[str, ...]]) -> dict[str, str]:
    """The parameters of an address in libpq's words, with ours; raises `ParameterError`."""
    given = {name: value if isinstance(value, str) else value[-1] for name, value in query.items()}
    if isinstance(hosts := query.get("host"), tuple):
        given["host"] = ",".join(hosts)
    given = {name: value for name, value in _renamed(given).items() if name not in _PASSED_OVER}
    for name, value in given.items():
        _refuse_unknown(name, value)
    _refuse_contradiction(given)
    return given


def _renamed(given: dict[str, str]) -> dict[str, str]:
    """Other programs' words for libpq's parameters; where both are given, libpq's own holds."""
    said = dict(given)
    if (ssl := said.pop("ssl", None)) is not None:
        said.setdefault("sslmode", "require" if ssl in _YES else "disable" if ssl in _NO else ssl)
    if (requires := said.pop("requiressl", None)) is not None:
        said.setdefault("sslmode", "require" if requires in _YES else "prefer")
    if said.get("sslmode") == "no-verify":
        said["sslmode"] = "require"
    if (database := said.pop("database", None)) is not None:
        said.setdefault("dbname", database)
    if (kept := said.pop("statement_cache_size", None)) is not None:
        said.setdefault(STATEMENT_CACHE, kept)
    for name in ("schema", "currentSchema", "search_path"):
        if (schema := said.pop(name, None)) is not None:
            path = schema.replace("\\", r"\\").replace(" ", r"\ ")
            said["options"] = f"{said.get('options', '')} -csearch_path={path}".strip()
    return said


def _refuse_unknown(name: str, value: str) -> None:
    if name in _TAKEN_AS:
        if value not in _TAKEN_AS[name]:
            possible = " or ".join(sorted(_TAKEN_AS[name]))
            raise ParameterError(f"I can’t do what its parameter {name} asks for. Leave it out, or write {possible}.")
    elif name not in _BY_DRIVER | _BY_US | _FOR_LIBPQ_ALONE | OURS | {"hostaddr"}:
        raise ParameterError(f"I don’t know its parameter {name}, or can’t do what it asks for. Leave it out.")
    if name in _ONE_OF and value not in _ONE_OF[name]:
        raise ParameterError(f"Its parameter {name} can be {', '.join(_ONE_OF[name])}.")
    if name in _NUMBERS and not (value.removeprefix("-").isdecimal() and value.isascii()):
        raise ParameterError(f"Its parameter {name} has to be a number.")
    if name == "port" and not all(port.isdecimal() for port in value.split(",")):
        raise ParameterError("Its parameter port has to be a number.")
    if name == POOLER and value not in _YES | _NO:
        raise ParameterError(f"Its parameter {POOLER} can be true or false.")
    if name in _FILES and not (name == "sslrootcert" and value == SYSTEM) and not Path(value).is_file():
        raise ParameterError(f"Its parameter {name} names a file that is not there.")


def _refuse_contradiction(given: Mapping[str, str]) -> None:
    mode = given.get("sslmode", "prefer")
    if "hostaddr" in given and mode == "verify-full":
        raise ParameterError("I can’t connect to its hostaddr and check the name of its host. Write the host alone.")
    if given.get("channel_binding") == "require" and mode == "disable":
        raise ParameterError("Its channel_binding needs encryption, which its sslmode turns off. Change one.")
    if given.get("sslnegotiation") == "direct" and MODES.index(mode) < MODES.index("require"):
        raise ParameterError("Its sslnegotiation needs an sslmode of require or more.")
    if given.get("sslrootcert") == SYSTEM and mode not in ("prefer", "verify-full"):
        # As libpq: with it the name is always checked.
        raise ParameterError("With its sslrootcert the sslmode has to be verify-full.")


def is_for_pooler(query: Mapping[str, Any]) -> bool:
    """Whether an address says that there is a pooler behind it, so that no statement may stay prepared."""
    return query.get(POOLER) in _YES or query.get(STATEMENT_CACHE) == "0"


def connect_arguments(url: URL) -> dict[str, Any]:
    """What `asyncpg.connect` takes for an address whose parameters are libpq's."""
    query = {name: str(value) for name, value in url.query.items()}
    settings = {"application_name": query.get("application_name") or query.get("fallback_application_name") or OUR_NAME}
    if options := query.get("options"):
        settings["options"] = options
    arguments: dict[str, Any] = {"timeout": _seconds(query), "server_settings": settings}
    if "servicefile" in query:
        arguments["servicefile"] = query["servicefile"]
    if (kept := int(query.get(STATEMENT_CACHE, "-1"))) > 0:
        arguments["statement_cache_size"] = kept
    if query.get("sslrootcert") == SYSTEM or query.get("channel_binding") == "require":
        arguments["ssl"] = _verifying(query)
    known = {name: value for name, value in query.items() if name in _BY_DRIVER}
    if "hostaddr" in query:
        url = url.set(host=query["hostaddr"], port=url.port or int(known.pop("port", DEFAULT_PORT)))
        known.pop("host", None)
    plain = url.set(drivername="postgresql", query={name: value for name, value in known.items() if value != SYSTEM})
    return {"dsn": plain.render_as_string(hide_password=False), **arguments}


def _seconds(query: Mapping[str, str]) -> float:
    """How long a connection is waited for; libpq waits without end at 0, which nobody here would want."""
    asked = float(query.get("connect_timeout", "0"))
    return asked if asked > 0 else CONNECT_TIMEOUT_S


def _verifying(query: Mapping[str, str]) -> Any:
    """What has the server's certificate and name checked.

    So is what channel binding is for, which asyncpg does not know: that nobody stands between us and the server.
    """
    import ssl

    root = query.get("sslrootcert", SYSTEM)
    context = ssl.create_default_context(cafile=None if root == SYSTEM else root)
    if "sslcert" in query:
        context.load_cert_chain(query["sslcert"], query.get("sslkey"), query.get("sslpassword"))
    if "sslcrl" in query:
        context.load_verify_locations(cafile=query["sslcrl"])
        context.verify_flags |= ssl.VERIFY_CRL_CHECK_CHAIN
    return context
