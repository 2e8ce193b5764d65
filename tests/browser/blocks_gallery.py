"""One of each: every block and element that the stand-in knows, as an app would send them."""

from typing import Any

from bot.playground.state import JSON

MOMENT = 1_769_850_000  # 31 January 2026, 10:00 in Amsterdam


def plain(text: str) -> JSON:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> JSON:
    """A mrkdwn object."""
    return {"type": "mrkdwn", "text": text}


def options(*names: str) -> list[JSON]:
    """Menu options, each with its own name as its value."""
    return [{"text": plain(name), "value": name} for name in names]


CONFIRM: JSON = {
    "title": plain("Are you sure?"),
    "text": mrkdwn("This takes *all* of it back."),
    "confirm": plain("Yes, take it back"),
    "deny": plain("No, keep it"),
    "style": "danger",
}
RICH_TEXT: JSON = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "Bold", "style": {"bold": True}},
                {"type": "text", "text": ", italic", "style": {"italic": True}},
                {"type": "text", "text": ", struck", "style": {"strike": True}},
                {"type": "text", "text": ", code", "style": {"code": True}},
                {"type": "text", "text": " and all of it", "style": {"bold": True, "italic": True, "strike": True}},
                {"type": "text", "text": "; with "},
                {"type": "user", "user_id": "UANNA"},
                {"type": "text", "text": ", "},
                {"type": "channel", "channel_id": "CCARE"},
                {"type": "text", "text": ", "},
                {"type": "usergroup", "usergroup_id": "SCARE"},
                {"type": "text", "text": ", "},
                {"type": "broadcast", "range": "here"},
                {"type": "text", "text": ", "},
                {"type": "team", "team_id": "T1"},
                {"type": "text", "text": ", "},
                {"type": "emoji", "name": "tada", "unicode": "1f389"},
                {"type": "text", "text": ", "},
                {"type": "link", "url": "https://example.com", "text": "a link"},
                {"type": "text", "text": ", "},
                {"type": "color", "value": "#c2571a"},
                {"type": "text", "text": " on "},
                {"type": "date", "timestamp": MOMENT, "format": "{date_long} at {time}", "fallback": "then"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]},
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "two"}]},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "ordered",
            "indent": 1,
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "within two"}]}],
        },
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "What was said"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "a = 1\nb = 2"}]},
    ],
}
MARKUP = (
    "*Bold*, _italic_, ~struck~, `code`, *_both_*, a <https://example.com|link>, <@UANNA>, <#CCARE>, "
    "<!subteam^S1|@care>, <!here>, :tada:, &lt;b&gt;escaped&lt;/b&gt; &amp;amp; "
    f"<!date^{MOMENT}^{{date_short_pretty}} at {{time}}|then>\n"
    "&gt; A quoted line\n&gt; and another\n• one\n• two, which is so long that it goes on below, on a second line "
    "where there is no room for it on the first\n```def f():\n    return 1```"
)
IMAGE = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A lighthouse"}
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"]


def button(action_id: str, text: str, **more: Any) -> JSON:
    """A button."""
    return {"type": "button", "action_id": action_id, "text": plain(text), "value": action_id, **more}


def field(label: str, element: JSON, **more: Any) -> JSON:
    """An input block; its block_id is the element's action_id with an "_in" behind it."""
    block_id = f"{element['action_id']}_in"
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **more}


def chart(kind: str, title: str, **series: list[float]) -> JSON:
    """A chart with axes over some months."""
    data = [
        {"name": name, "data": [{"label": month, "value": value} for month, value in zip(MONTHS, values, strict=True)]}
        for name, values in series.items()
    ]
    axes = {"categories": MONTHS, "x_label": "Month", "y_label": "Points"}
    return {
        "type": "data_visualization",
        "title": title,
        "chart": {"type": kind, "series": data, "axis_config": axes},
    }


LINE = chart("line", "Score over time", Score=[0, 1.5, 3, 2.8, 5.1, 7.9], Watch=[4] * 6, Discuss=[10] * 6)
BAR = chart("bar", "Flags by month", Late=[1, 2, 0, 3, 1, 4], Rude=[0, 1, -1, 1, 2, 1])
AREA = chart("area", "Hours", Hours=[3, 2, 4, 6, 5, 7])
PIE: JSON = {
    "type": "data_visualization",
    "title": "Shares",
    "chart": {
        "type": "pie",
        "segments": [
            {"label": "Late payment", "value": 5},
            {"label": "Tone", "value": 3},
            {"label": "Scope", "value": 2},
        ],
    },
}


def raw(text: str) -> JSON:
    """A cell with text."""
    return {"type": "raw_text", "text": text}


def number(value: float) -> JSON:
    """A cell with a number, shown with one decimal."""
    return {"type": "raw_number", "value": value, "text": f"{value:.1f}"}


DATA_TABLE: JSON = {
    "type": "data_table",
    "caption": "What the score is made of",
    "page_size": 3,
    "rows": [
        [raw("Client"), raw("Category"), raw("Points")],
        [raw("Acme"), raw("Late payment"), number(3)],
        [raw("Brook"), raw("Tone"), number(20)],
        [raw("Éclair"), raw("Scope"), number(1.5)],
        [raw("Dune"), raw("Late payment"), number(-2)],
    ],
}
TABLE: JSON = {
    "type": "table",
    "column_settings": [None, {"align": "right"}],
    "rows": [
        [raw("Name"), raw("Hours")],
        [raw("Acme"), number(3)],
        [{**RICH_TEXT, "elements": RICH_TEXT["elements"][:1]}, number(12)],
    ],
}
PRESSABLE: JSON = {
    "type": "actions",
    "elements": [
        button("plain", "Plain"),
        button("primary", "Primary", style="primary"),
        button("danger", "Danger", style="danger", confirm=CONFIRM),
        button("away", "Elsewhere", url="https://example.com"),
        {
            "type": "static_select",
            "action_id": "act_static",
            "placeholder": plain("Pick one"),
            "options": options("A", "B"),
        },
        {"type": "datepicker", "action_id": "act_date", "initial_date": "2026-01-31"},
    ],
}
TEXTS: list[JSON] = [
    {"type": "header", "text": plain("A header with an emoji :wave:")},
    {"type": "section", "text": mrkdwn(MARKUP)},
    {
        "type": "section",
        "text": mrkdwn("A section with an accessory"),
        "accessory": button("section_button", "Open the dossier"),
    },
    {"type": "section", "text": plain("*not bold* &lt;"), "accessory": IMAGE},
    {"type": "section", "fields": [mrkdwn("*Owner*\n<@UANNA>"), mrkdwn("*Since*\n2019"), plain("A third")]},
    {"type": "divider"},
    {"type": "context", "elements": [IMAGE, mrkdwn("Only a *note*, in small"), plain("and another")]},
    {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A lighthouse", "title": plain("At sea")},
    RICH_TEXT,
]
DATA: list[JSON] = [LINE, BAR, DATA_TABLE, TABLE]
FORM: list[JSON] = [
    field(
        "Name",
        {"type": "plain_text_input", "action_id": "line", "placeholder": plain("Acme"), "max_length": 40},
        hint=plain("As it stands on the invoice."),
    ),
    field(
        "Story", {"type": "plain_text_input", "action_id": "story", "multiline": True, "min_length": 3}, optional=True
    ),
    field(
        "Hours",
        {"type": "number_input", "action_id": "hours", "is_decimal_allowed": True, "min_value": "0", "max_value": "99"},
    ),
    field("Day", {"type": "datepicker", "action_id": "day"}),
    field("Time", {"type": "timepicker", "action_id": "time", "timezone": "Europe/Amsterdam"}),
    field(
        "Category",
        {
            "type": "static_select",
            "action_id": "category",
            "option_groups": [
                {"label": plain("Money"), "options": options("Late payment", "Haggling")},
                {"label": plain("People"), "options": options("Tone", "Après ski")},
            ],
        },
        optional=True,
    ),
    field("Client", {"type": "external_select", "action_id": "client", "min_query_length": 2}),
    field("Person", {"type": "users_select", "action_id": "person"}),
    field("Place", {"type": "conversations_select", "action_id": "conversation"}),
    field(
        "Categories",
        {
            "type": "multi_static_select",
            "action_id": "categories",
            "options": options("A", "B", "C"),
            "max_selected_items": 2,
        },
    ),
    field("Clients", {"type": "multi_external_select", "action_id": "clients", "min_query_length": 0}),
    field("People", {"type": "multi_users_select", "action_id": "people"}),
    field(
        "Which of these?",
        {
            "type": "checkboxes",
            "action_id": "boxes",
            "options": [
                *options("One", "Two"),
                {"text": mrkdwn("*Three*"), "value": "Three", "description": mrkdwn("with a _note_")},
            ],
        },
    ),
    field(
        "How bad?",
        {"type": "radio_buttons", "action_id": "radio", "options": options("1", "2", "3")},
        hint=plain("3 is worst."),
    ),
]
MESSAGE: list[JSON] = [*TEXTS, PRESSABLE, *DATA]
OTHER_CHARTS: list[JSON] = [AREA, PIE]
MODAL: JSON = {"type": "modal", "title": plain("Everything"), "submit": plain("Send"), "blocks": FORM}
HOME: JSON = {"type": "home", "blocks": [*TEXTS, PRESSABLE, DATA_TABLE, *FORM[:3]]}
