"""files.*: uploading and looking up."""

from typing import Any

from bot.playground.api.call import Call, method
from bot.playground.api.chat import may_post
from bot.playground.errors import SlackError
from bot.playground.file_json import render_file
from bot.playground.state import JSON, Channel, File


@method("files.getUploadURLExternal")
def files_get_upload_url_external(call: Call) -> JSON:
    """A URL to send a file's bytes to."""
    size = call.whole("length", 0)
    if size < 1 or not call.text("filename"):
        raise SlackError("missing_argument")
    file = call.world.files.begin(call.bot, call.text("filename"), size, call.text("alt_txt"))
    return {"upload_url": f"{call.world.state.url}upload/v1/{file.ticket}", "file_id": file.id}


@method("files.completeUploadExternal")
def files_complete_upload_external(call: Call) -> JSON:
    """Make uploaded files exist, and share them where asked."""
    files = [_uploaded(call, entry) for entry in _entries(call)]
    places = [_place(call, channel_id) for channel_id in _channel_ids(call)]
    for file, title in files:
        file.title, file.complete = title or file.name, True
    done = [file for file, _ in files]
    for place in places:
        thread_ts = call.text("thread_ts") or None
        if thread_ts is not None:
            call.world.messages.get(place, thread_ts, "thread_not_found")
        call.world.files.share(done, place, call.text("initial_comment"), thread_ts)
    return {"files": [render_file(call.world.state, file) for file in done]}


@method("files.info")
def files_info(call: Call) -> JSON:
    """One file."""
    file = _visible(call)
    return {"file": render_file(call.world.state, file), "comments": [], "response_metadata": {"next_cursor": ""}}


@method("files.delete")
def files_delete(call: Call) -> JSON:
    """Delete a file of the app."""
    file = _visible(call)
    if file.user != call.bot:
        raise SlackError("cant_delete_file")
    call.world.files.delete(file)
    return {}


def _visible(call: Call) -> File:
    file = call.world.files.get(call.text("file"))
    channels = call.world.state.channels
    shared = [channels[key] for key in file.channels if key in channels]
    if file.user != call.bot and not any(call.sees(channel) for channel in shared):
        raise SlackError("file_not_found")
    return file


def _entries(call: Call) -> list[Any]:
    entries = call.args["files"]
    if not isinstance(entries, list) or not entries:
        raise SlackError("invalid_arguments")
    return entries


def _uploaded(call: Call, entry: Any) -> tuple[File, str]:
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
        raise SlackError("invalid_arguments")
    file = call.world.files.uploaded(entry["id"])
    if file.complete:
        raise SlackError("file_not_found")
    return file, str(entry.get("title") or "")


def _channel_ids(call: Call) -> list[str]:
    return call.ids("channel_id") or call.ids("channels")


def _place(call: Call, channel_id: str) -> Channel:
    channel = call.world.state.channels.get(channel_id)
    if channel is None or not call.sees(channel):
        raise SlackError("channel_not_found")
    return may_post(call, channel)
