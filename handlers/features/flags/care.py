"""The private task to check in with a colleague after something hard."""

from __future__ import annotations

from slack_sdk.models.blocks import Block

from bot.language.vocabulary import severity_label
from bot.usecases.flags import CareView
from handlers.features import ids
from handlers.slack.render.fragments import actions, button, confirm, context, section
from handlers.slack.render.message import Message
from handlers.slack.render.reading import Reading


def build_care_task(reading: Reading, view: CareView) -> Message:
    """The task as it stands, for the colleague who was asked."""
    t = reading.language
    client = view.client_name
    if not view.is_needed:
        text = t.gettext("The report about {client} was taken back, so nobody needs to check in.", client=client)
        return Message(text=text, blocks=[section(text)])
    text = t.gettext(
        "{person} reported disrespect by {client} ({severity}). Please check in with them today: ask how they are, "
        "and what they need.",
        person=reading.person(view.reporter_id),
        client=client,
        severity=severity_label(t, view.content.category, view.content.severity).lower(),
    )
    blocks: list[Block] = [section(text)]
    if view.is_off:
        blocks.append(context(_off(reading, view)))
    if view.task.done_at is not None:
        blocks.append(context(t.gettext("Done: somebody has checked in. Thank you.")))
        return Message(text=text, blocks=blocks)
    buttons = [button(t.gettext("I have checked in"), ids.CARE_DONE, str(view.task.id), style="primary")]
    if not view.is_off:
        buttons.append(
            button(
                t.gettext("Take them off this client"),
                ids.CARE_TAKE_OFF,
                str(view.task.id),
                confirm=confirm(
                    t.gettext("Take them off this client?"),
                    t.gettext(
                        "They will no longer stand among the people who deal with this client. Talk to them first."
                    ),
                    t.gettext("Take them off"),
                    t.gettext("Not now"),
                ),
            )
        )
    blocks.append(actions(*buttons))
    return Message(text=text, blocks=blocks)


def _off(reading: Reading, view: CareView) -> str:
    return reading.language.gettext(
        "{person} does not deal with {client}.",
        person=reading.person(view.reporter_id),
        client=view.client_name,
    )
