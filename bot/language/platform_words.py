"""What a chat platform, and what people do there, is called in our sentences."""

from __future__ import annotations

from msgspec import Struct


class PlatformWords(Struct, frozen=True):
    """Each fills the placeholder of its name, in every sentence that people read on the platform.

    `platform` is its name, and commands are written as people type them. `private_message` and `private_space` are
    nouns before which English has "a" and Dutch "een", `invite_me` begins a sentence: their Dutch is in the catalogue.
    `channel_id` is an example of how the platform calls a channel. `place_link` leads to a conversation in a browser,
    with the platform's ids of `{workspace}` and `{place}`.
    """

    platform: str
    flag_command: str
    dossier_command: str
    debrief_command: str
    private_message: str
    private_space: str
    invite_me: str
    channel_id: str
    place_link: str
