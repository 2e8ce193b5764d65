"""Text that nobody means well with, or that few systems expect."""

from __future__ import annotations

from hypothesis import strategies as st

ALIVE_IF_LEFT_ALONE = (
    "<!channel>",
    "<!here|all of you>",
    "<!everyone>",
    "<!subteam^S012AB3CD|@team>",
    "<!date^1392734382^{date}^https://evil.example/|today>",
    "<@U012AB3CD>",
    "<#C012AB3CD|general>",
    "<https://evil.example/|your bank>",
    "<mailto:a@evil.example|write us>",
    "&lt;!channel&gt;",
    "&amp;lt;!here&amp;gt;",
    "<<!channel>>",
    "<https://evil.example/",
    "evil|label>",
)
"""What Slack would bring to life, or half of it."""

ODD = (
    "*bold* _slanted_ ~gone~ `code` ```block```",
    "\u202eemca\u202c \u200f\u05d0\u05d1\u05d2 \u0627\u0644\u0639\u0645\u064a\u0644",
    "zero\u200bwidth\u2060and\ufeffmore",
    "👩‍👩‍👧‍👦 🏳️‍🌈 é e\u0301 ﷺ ß İ",
    ":rotating_light: @channel @here #general",
    "\u0000\u0007\u001b[31m",
    "';DROP TABLE flag;-- {name} %(x)s %s {0} \\",
    "> quoted\n>>> everything",
)
"""Marks, scripts, joiners, control characters and things that template engines stumble over."""

HOSTILE = (*ALIVE_IF_LEFT_ALONE, *ODD)

MIXED = tuple(" ".join(HOSTILE[at::4]) for at in range(4))
"""All of it in four texts, where each takes a while."""

hostile_texts = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=20), min_size=1, max_size=6).map(" ".join)
"""Any mixture of it."""
