"""What hosting companies write behind an address is read as they mean it, or refused with a sentence that names it."""

from __future__ import annotations

import ssl
from inspect import signature
from pathlib import Path
from typing import Any

import pytest
from asyncpg import connect_utils
from sqlalchemy import URL

from storage.engines.locations import DatabaseUrlError, libpq_url, parse_url
from storage.engines.postgres_connection import Connector
from storage.engines.postgres_parameters import CONNECT_TIMEOUT_S, connect_arguments

ADDRESS = "postgresql://user:secret@host/name"

LIBPQ = """
    host hostaddr port dbname user password passfile require_auth channel_binding connect_timeout client_encoding
    options application_name fallback_application_name keepalives keepalives_idle keepalives_interval
    keepalives_count tcp_user_timeout replication gssencmode sslmode requiressl sslnegotiation sslcompression sslcert
    sslkey sslkeylogfile sslpassword sslcertmode sslrootcert sslcrl sslcrldir sslsni requirepeer
    ssl_min_protocol_version ssl_max_protocol_version min_protocol_version max_protocol_version krbsrvname gsslib
    gssdelegation scram_client_key scram_server_key service servicefile target_session_attrs load_balance_hosts
    oauth_issuer oauth_client_id oauth_client_secret oauth_scope
""".split()  # noqa: SIM905 (it reads better)
"""Every parameter of libpq 18."""


def located(parameters: str) -> URL:
    url = parse_url(f"{ADDRESS}?{parameters}")
    assert isinstance(url, URL)
    return url


def arguments(parameters: str) -> dict[str, Any]:
    """What the driver is given, with what it makes of that."""
    given = connect_arguments(located(parameters))
    names = ("dsn", "servicefile", "ssl", "server_settings")
    takes = signature(connect_utils._parse_connect_dsn_and_args).parameters
    servers, known = connect_utils._parse_connect_dsn_and_args(
        **{**dict.fromkeys(takes), **{name: given[name] for name in names if name in given}}
    )
    return {**given, "servers": servers, **known._asdict()}


@pytest.mark.parametrize(
    "parameters",
    [
        "sslmode=require&channel_binding=require",  # Neon
        "sslmode=require&options=endpoint%3Dep-cool-1",  # Neon, for old clients
        "pgbouncer=true&connection_limit=1&schema=public",  # Prisma, Supabase
        "sslmode=require&supa=base-pooler.x&pgbouncer=true",  # Vercel
        "ssl=true",  # Node
        "sslmode=no-verify",  # Heroku with Node
        "sslmode=verify-full&sslrootcert=system",  # CockroachDB, libpq 16 and newer
        "connect_timeout=10&application_name=mine",
        "target_session_attrs=read-write",
        "prepared_statement_cache_size=0",
        "keepalives=1&keepalives_idle=30&tcp_user_timeout=5000",
        "gssencmode=disable&client_encoding=utf8",
    ],
)
def test_addresses_as_they_are_handed_out_are_read_whole(parameters: str) -> None:
    given = arguments(parameters)
    assert (given["servers"], given["user"], given["password"]) == ([("host", 5432)], "user", "secret")
    assert set(given["server_settings"]) <= {"application_name", "options"}


@pytest.mark.parametrize("name", LIBPQ)
def test_no_parameter_of_libpq_reaches_the_server_as_a_setting_that_it_does_not_know(name: str) -> None:
    try:
        given = arguments(f"{name}=1")
    except DatabaseUrlError as error:
        assert name in str(error)  # noqa: PT017 (one of the two happens)
        return
    assert set(given["server_settings"]) <= {"application_name", "options"}


def test_what_nobody_knows_is_named() -> None:
    with pytest.raises(DatabaseUrlError, match=r"parameter sslmod,.* Leave it out"):
        located("sslmod=require")


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ("sslmode=on", "sslmode can be disable, allow, prefer, require, verify-ca, verify-full"),
        ("require_auth=scram-sha-256", "require_auth"),
        ("channel_binding=require&sslmode=disable", "channel_binding needs encryption"),
        ("sslnegotiation=direct", "sslnegotiation needs"),
        ("sslrootcert=/nowhere/root.crt", "sslrootcert names a file that is not there"),
        ("sslrootcert=system&sslmode=require", "verify-full"),
        ("hostaddr=192.0.2.1&host=other&sslmode=verify-full", "hostaddr"),
        ("gssencmode=require", "gssencmode"),
        ("client_encoding=latin1", "client_encoding"),
        ("replication=database", "replication"),
        ("connect_timeout=soon", "connect_timeout has to be a number"),
        ("pgbouncer=maybe", "pgbouncer"),
    ],
)
def test_what_cannot_be_honoured_is_refused(parameters: str, reason: str) -> None:
    with pytest.raises(DatabaseUrlError, match=reason):
        located(parameters)


@pytest.mark.parametrize(
    ("parameters", "mode"),
    [
        ("", "prefer"),
        ("ssl=true", "require"),
        ("ssl=0", "disable"),
        ("ssl=verify-full", "verify_full"),
        ("requiressl=1", "require"),
        ("sslmode=no-verify", "require"),
        ("ssl=true&sslmode=disable", "disable"),
    ],
)
def test_how_much_encryption_is_asked_for(parameters: str, mode: str, tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / ".postgresql").mkdir()
    (tmp_path / ".postgresql" / "root.crt").write_bytes(_authority())
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert arguments(parameters)["sslmode"].name == mode


def _authority() -> bytes:
    import certifi

    return Path(certifi.where()).read_bytes()


@pytest.mark.parametrize(
    "parameters", ["channel_binding=require", "sslmode=require&channel_binding=require", "sslrootcert=system"]
)
def test_for_what_proves_who_the_server_is_its_certificate_is_checked(parameters: str) -> None:
    context = arguments(parameters)["ssl"]
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)


def test_limits_of_time_and_names_are_taken_over() -> None:
    assert arguments("")["timeout"] == CONNECT_TIMEOUT_S
    assert arguments("connect_timeout=0")["timeout"] == CONNECT_TIMEOUT_S
    assert arguments("connect_timeout=12")["timeout"] == 12
    assert arguments("")["server_settings"] == {"application_name": "flagclient"}
    named = arguments("fallback_application_name=one&application_name=other")
    assert named["server_settings"] == {"application_name": "other"}


def test_a_schema_is_set_in_the_way_that_every_program_takes() -> None:
    url = located("options=-cwork_mem%3D8MB&schema=team%20one")
    assert url.query == {"options": r"-cwork_mem=8MB -csearch_path=team\ one"}


def test_postgresql_s_own_programs_get_libpq_s_words_alone() -> None:
    url = located("ssl=true&pgbouncer=true&connection_limit=1&statement_cache_size=5&channel_binding=require")
    assert libpq_url(url) == f"{ADDRESS}?channel_binding=require&sslmode=require"


def test_an_address_beside_a_name_is_connected_to() -> None:
    assert arguments("hostaddr=192.0.2.1")["servers"] == [("192.0.2.1", 5432)]
    assert arguments("hostaddr=2001:db8::1&host=other&port=6000")["servers"] == [("2001:db8::1", 6000)]


@pytest.mark.parametrize(
    ("parameters", "is_said"),
    [
        ("pgbouncer=true", True),
        ("pgbouncer=false", False),
        ("statement_cache_size=0", True),
        ("prepared_statement_cache_size=50", False),
    ],
)
def test_an_address_can_say_that_a_pooler_is_behind_it(parameters: str, *, is_said: bool) -> None:
    assert Connector(located(parameters))._meets_pooler is is_said
