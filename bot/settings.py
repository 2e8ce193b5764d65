"""What is configured from outside: one frozen tree, read once, that fails at start with a sentence."""

from __future__ import annotations

from pathlib import Path

from pydantic import AliasChoices, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ENVIRONMENT_FILE = Path(".env")
"""Beside the environment, in the folder in which a command is run."""

SLACK_API = "https://slack.com/api/"


class Settings(BaseSettings):
    """The environment. Names that users know are plain, everything else starts with `FLAGCLIENT_`."""

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", env_file=ENVIRONMENT_FILE, env_file_encoding="utf-8", env_ignore_empty=True
    )

    slack_bot_token: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    slack_signing_secret: SecretStr = SecretStr("")
    slack_client_id: str = ""
    slack_client_secret: SecretStr = SecretStr("")
    slack_api_url: str = SLACK_API
    database_url: str = "sqlite:///data/flagclient.db"
    port: int = Field(default=3000, ge=0, le=65535)
    host: str = Field(default="127.0.0.1", validation_alias=AliasChoices("FLAGCLIENT_HOST", "host"))
    log_level: str = Field(default="INFO", validation_alias=AliasChoices("FLAGCLIENT_LOG_LEVEL", "log_level"))
    metrics_token: SecretStr = Field(
        default=SecretStr(""), validation_alias=AliasChoices("FLAGCLIENT_METRICS_TOKEN", "metrics_token")
    )

    encryption_key: SecretStr = Field(
        default=SecretStr(""), validation_alias=AliasChoices("FLAGCLIENT_ENCRYPTION_KEY", "encryption_key")
    )

    @field_validator("*", mode="before")
    @classmethod
    def _without_blanks(cls, value: object) -> object:
        """What was copied with a blank or a line end around it."""
        return value.strip() if isinstance(value, str) else value

    @field_validator("slack_api_url")
    @classmethod
    def _ends_with_slash(cls, url: str) -> str:
        return url if url.endswith("/") else url + "/"

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, level: str) -> str:
        if level.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("choose DEBUG, INFO, WARNING or ERROR")
        return level.upper()

    @property
    def is_for_slack(self) -> bool:
        """Whether a real workspace is configured, or an app that workspaces can install."""
        return bool(self.slack_bot_token.get_secret_value() or self.slack_client_id)

    @property
    def serves_many(self) -> bool:
        """Whether every workspace that installs the app is served, rather than the one of a token."""
        return bool(self.slack_client_id)

    @property
    def encryption_keys(self) -> list[str]:
        """The keys for secrets in the database; the first is for new ones."""
        return [key.strip() for key in self.encryption_key.get_secret_value().split(",") if key.strip()]

    @property
    def slack_site(self) -> str:
        """Slack's own address, for what people open in a browser; with a slash at the end."""
        return self.slack_api_url.removesuffix("api/")

    @property
    def uses_socket_mode(self) -> bool:
        """Socket Mode is used when there is an app token, HTTP otherwise."""
        return bool(self.slack_app_token.get_secret_value())
