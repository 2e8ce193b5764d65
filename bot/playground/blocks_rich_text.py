"""Shapes of the rich_text block and of what stands in it."""

from bot.playground.blocks_objects import URL
from bot.playground.blocks_schema import (
    Shape,
    array,
    boolean,
    by_type,
    constant,
    fields,
    integer,
    number,
    one_of,
    string,
)

_STYLES = ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
_STYLE = fields({}, dict.fromkeys(_STYLES, boolean))


def _inline(kind: str, required: dict[str, Shape], optional: dict[str, Shape] | None = None) -> Shape:
    return fields({"type": constant(kind), **required}, {"style": _STYLE, **(optional or {})})


_INLINE = by_type(
    {
        "text": _inline("text", {"text": string()}),
        "link": _inline("link", {"url": string(pattern=URL)}, {"text": string(), "unsafe": boolean}),
        "emoji": _inline(
            "emoji", {"name": string()}, {"unicode": string(), "skin_tone": integer(1, 6), "url": string()}
        ),
        "user": _inline("user", {"user_id": string()}),
        "usergroup": _inline("usergroup", {"usergroup_id": string()}),
        "channel": _inline("channel", {"channel_id": string()}),
        "team": _inline("team", {"team_id": string()}),
        "broadcast": _inline("broadcast", {"range": one_of("here", "channel", "everyone")}),
        "color": _inline("color", {"value": string()}),
        "date": _inline(
            "date",
            {"timestamp": number, "format": string()},
            {"url": string(pattern=URL), "fallback": string()},
        ),
    }
)
_INLINES = array(_INLINE)
_BORDER = {"border": integer(0, 1)}
_SECTION = fields({"type": constant("rich_text_section"), "elements": _INLINES})
RICH_TEXT_PARTS = by_type(
    {
        "rich_text_section": _SECTION,
        "rich_text_list": fields(
            {
                "type": constant("rich_text_list"),
                "style": one_of("bullet", "ordered"),
                "elements": array(by_type({"rich_text_section": _SECTION})),
            },
            {"indent": integer(0, 8), "offset": integer(0), **_BORDER},
        ),
        "rich_text_preformatted": fields(
            {"type": constant("rich_text_preformatted"), "elements": _INLINES},
            {**_BORDER, "language": string()},
        ),
        "rich_text_quote": fields({"type": constant("rich_text_quote"), "elements": _INLINES}, _BORDER),
    }
)
RICH_TEXT = fields(
    {"type": constant("rich_text"), "elements": array(RICH_TEXT_PARTS, 1)}, {"block_id": string("block_id")}
)
