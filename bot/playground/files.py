"""Files: a ticket to upload, the upload, and sharing."""

import mimetypes
import secrets

from bot.playground.changes import Changes
from bot.playground.clock import Clock
from bot.playground.errors import SlackError
from bot.playground.identifiers import new_id
from bot.playground.messages import Messages
from bot.playground.state import Channel, File, Message, Workspace


class Files:
    """Takes files in three steps, as Slack does: ticket, bytes, completion."""

    def __init__(self, state: Workspace, clock: Clock, messages: Messages, changes: Changes) -> None:
        """Work on `state`."""
        self._state = state
        self._clock = clock
        self._messages = messages
        self._changes = changes

    def begin(self, user: str, name: str, size: int, alt_txt: str = "") -> File:
        """Promise a file of `size` bytes; its `ticket` is the secret part of the upload URL."""
        file = File(
            id=new_id("F"),
            user=user,
            name=name,
            title=name,
            mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream",
            size=size,
            created=int(self._clock.now().timestamp()),
            ticket=secrets.token_urlsafe(24),
            alt_txt=alt_txt,
        )
        self._state.files[file.id] = file
        return file

    def receive(self, ticket: str, content: bytes) -> bool:
        """Take the bytes for a ticket; False when the ticket is unknown or used, or the size is not as promised."""
        file = next((f for f in self._state.files.values() if f.ticket == ticket), None)
        if file is None or file.content is not None or len(content) != file.size:
            return False
        file.content = content
        return True

    def get(self, file_id: str) -> File:
        """A completed file; SlackError `file_not_found` when there is none."""
        file = self._state.files.get(file_id)
        if file is None or not file.complete:
            raise SlackError("file_not_found")
        return file

    def uploaded(self, file_id: str) -> File:
        """A file whose bytes have come; SlackError `file_not_found` otherwise."""
        file = self._state.files.get(file_id)
        if file is None or file.content is None:
            raise SlackError("file_not_found")
        return file

    def share(self, files: list[File], channel: Channel, comment: str, thread_ts: str | None) -> Message:
        """Post completed files as one message of the app."""
        for file in files:
            if channel.id not in file.channels:
                file.channels.append(channel.id)
        keys = [file.id for file in files]
        bot = self._state.bot_user_id
        return self._messages.post(channel, bot, comment, files=keys, thread_ts=thread_ts, from_app=True)

    def delete(self, file: File) -> None:
        """Remove a file everywhere."""
        del self._state.files[file.id]
        for messages in self._state.messages.values():
            for message in messages.values():
                if file.id in message.files:
                    message.files.remove(file.id)
                    self._changes.touch_message(message)
