"""The pages on which somebody takes us into a workspace: plain HTML, without scripts, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bot.language import DEFAULT, LANGUAGES, Language

_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 1rem/1.6 system-ui, sans-serif; color: #1d1c1d; background: #fff; max-width: 36rem; margin: 4rem auto;
  padding: 0 1.25rem }}
h1 {{ font-size: 1.5rem; line-height: 1.3 }}
a {{ display: inline-block; padding: .6rem 1.2rem; border-radius: .4rem; background: #1f3d5a; color: #fff;
  text-decoration: none }}
a:focus-visible {{ outline: 3px solid #1264a3; outline-offset: 2px }}
@media (prefers-color-scheme: dark) {{
  body {{ color: #e8e8e8; background: #1a1d21 }}
  a {{ background: #d7e6f5; color: #14283c }}
}}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


def preferred_language(accepted: str) -> str:
    """The code of the first language in an `Accept-Language` header that we speak."""
    for part in accepted.lower().split(","):
        code = part.partition(";")[0].strip()[:2]
        if code in LANGUAGES:
            return code
    return DEFAULT


def build_install_page(t: Language, authorize_url: str) -> str:
    """What we are, what installing brings along, and the way to Slack."""
    return _page(
        t,
        t.gettext("Add Flagclient to Slack"),
        [
            t.gettext(
                "Flagclient helps your team deal fairly with clients who take more than they give: flag what happens, "
                "see it add up, talk, and decide together."
            ),
            t.gettext(
                "Slack asks you next what I may do. I answer full members of your workspace only, never guests or "
                "other organisations, and I never write to a client. Whoever installs me is my first admin."
            ),
        ],
        (authorize_url, t.gettext("Continue on Slack")),
    )


def build_installed_page(t: Language, workspace: str, open_url: str) -> str:
    """That it worked, and what to do first."""
    return _page(
        t,
        t.gettext("Flagclient is in {workspace}", workspace=workspace),
        [
            t.gettext("You are my first admin and reviewer, unless somebody was already."),
            t.gettext(
                "For alerts, make a private channel in Slack, type /invite @Flagclient there, and give the channel’s "
                "id to whoever runs me. Then type /flagclient help to see what I can do."
            ),
        ],
        (open_url, t.gettext("Open Slack")),
    )


def build_failed_page(t: Language, sentence: str, again_url: str) -> str:
    """That nothing was installed, why, and the way to try again."""
    return _page(t, t.gettext("Flagclient was not installed"), [sentence], (again_url, t.gettext("Try again")))


def _page(t: Language, title: str, sentences: Sequence[str], way_on: tuple[str, str]) -> str:
    """A page with a title, a paragraph a sentence, and one link on: its address and its text."""
    url, text = way_on
    paragraphs = "\n".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    link = f'<p><a href="{escape(url)}">{escape(text)}</a></p>'
    return _PAGE.format(language=t.code, title=escape(title), body=f"{paragraphs}\n{link}")
