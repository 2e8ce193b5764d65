"""What is asked around a flag: why it is withdrawn, and whether colleagues saw it too or see it differently."""

from __future__ import annotations

from slack_sdk.models.blocks import ButtonElement, InputBlock, PlainTextInputElement, PlainTextObject
from slack_sdk.models.views import View

from bot.domain.flag_rules import MAX_REASON_LENGTH, MAX_TEXT_LENGTH
from bot.language import Language
from handlers.features import ids
from handlers.slack.render.fragments import button, section


def view_buttons(t: Language, flag_id: int) -> list[ButtonElement]:
    """What a colleague can add to a flag; whoever reported it is refused when they click."""
    value = str(flag_id)
    return [
        button(t.gettext("I saw this too"), ids.FLAG_WITNESS, value),
        button(t.gettext("I see it differently"), ids.FLAG_DIFFERS, value),
    ]


def build_withdraw_form(t: Language, flag_id: int) -> View:
    """Asks for the reason."""
    return _form(
        t,
        ids.FLAG_WITHDRAW_FORM,
        flag_id,
        title=t.gettext("Withdraw a flag"),
        submit=t.gettext("Withdraw"),
        explanation=t.gettext(
            "The flag stops counting and its text is removed. Its date and your reason stay, so that others can see "
            "that something was taken back."
        ),
        label=t.gettext("Why do you withdraw it?"),
        block_id=ids.FLAG_WITHDRAW_REASON,
        longest=MAX_REASON_LENGTH,
    )


def build_differs_form(t: Language, flag_id: int) -> View:
    """Asks for the other view."""
    return _form(
        t,
        ids.FLAG_DIFFERS_FORM,
        flag_id,
        title=t.gettext("I see it differently"),
        submit=t.gettext("Add my view"),
        explanation=t.gettext("Your view stands beside the flag, for everybody who sees it. It changes no points."),
        label=t.gettext("How do you see it?"),
        block_id=ids.FLAG_DIFFERS_NOTE,
        longest=MAX_TEXT_LENGTH,
    )


def _form(
    t: Language,
    callback_id: str,
    flag_id: int,
    *,
    title: str,
    submit: str,
    explanation: str,
    label: str,
    block_id: str,
    longest: int,
) -> View:
    element = PlainTextInputElement(action_id=block_id, multiline=True, max_length=longest)
    return View(
        type="modal",
        callback_id=callback_id,
        title=PlainTextObject(text=title),
        submit=PlainTextObject(text=submit),
        close=PlainTextObject(text=t.gettext("Cancel")),
        private_metadata=str(flag_id),
        blocks=[
            section(explanation),
            InputBlock(label=PlainTextObject(text=label), block_id=block_id, element=element),
        ],
    )
