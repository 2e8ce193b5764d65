"""What each setting is for, in a sentence, wherever settings are shown."""

from __future__ import annotations

from bot.domain.message import N_
from bot.language import Language

EXPLANATIONS: dict[str, str] = {
    "language": N_("The language of what channels read: en or nl. Each person is answered in their own."),
    "country": N_("Whose public holidays count, with a region where that matters: NL, DE-BY."),
    "zone": N_("The time zone of the office."),
    "currency": N_("The money in which amounts are typed: EUR."),
    "alert_channel": N_("The id of the private channel in which alerts are posted; - for none."),
    "discussion_style": N_(
        "Where a discussion is held: channel (a private one of its own) or thread (under its alert)."
    ),
    "views_shown": N_("How views are shown once they are: names, or counts (from four people on)."),
    "categories": N_("The categories that can be flagged, in this order."),
    "workdays": N_("The days on which you work: mon, tue, wed, thu, fri, sat, sun."),
    "quiet_from": N_("From this time on alerts wait; something unacceptable does not."),
    "quiet_until": N_("At this time of the next working day alerts that waited are posted."),
    "half_life_days": N_("After so many days a flag counts for half."),
    "weights": N_("Categories that weigh more or less than 1: late_payment=1.5; haggling=0.5."),
    "witness_bonus": N_("What each witness adds to a flag, as a share of it: 0.25 is a quarter."),
    "witness_bonus_most": N_("What all witnesses together add to a flag at most: 1 doubles it."),
    "reporter_cap_points": N_(
        "So many points one colleague’s flags on one client bring at most; something unacceptable comes on top."
    ),
    "reporter_cap_days": N_("The days within which that limit counts."),
    "watch_score": N_("From so many points on a client is watched."),
    "discuss_score": N_("From so many points on, with enough people behind them, a client is discussed."),
    "discuss_people": N_("How many different people must be behind that."),
    "pattern_flags": N_("So many flags of one category make a pattern, whatever their score."),
    "pattern_days": N_("The days within which they count as one pattern."),
    "rearm_share": N_("A level alerts again once the score fell below this share of its threshold."),
    "witness_days": N_("Flags of one category within so many days may be one event, and are asked about."),
    "undo_minutes": N_("For so many minutes a flag can be undone without a trace."),
    "edit_hours": N_("For so many hours a flag can be edited."),
    "views_working_days": N_("So many working days there are to give a view in a discussion."),
    "alert_working_days": N_("After so many working days without action an alert is asked about again."),
    "debrief_working_days": N_("So many working days after a client left the debrief is held."),
    "debrief_at": N_("The time of day of a debrief."),
    "warning_days": N_(
        "How many days a written warning must have run before a farewell letter is approved, by category: "
        "late_payment=14; disrespect=7."
    ),
    "profession": N_("What you do for clients, as far as letters depend on it: other, accountant or lawyer."),
    "letter_style": N_("How a letter is written at first: formal (on paper) or email."),
    "letter_address": N_("How a letter addresses the client at first: formal or informal; in Dutch u or je."),
    "company": N_("Your name at the head of a letter."),
    "company_address": N_("Your address at the head of a letter; semicolons part its lines."),
    "company_place": N_("The place that stands before the date of a letter."),
    "company_phone": N_("Your telephone number at the head of a letter."),
    "company_email": N_("Your e-mail address at the head of a letter."),
    "company_website": N_("Your website at the head of a letter."),
    "company_registration": N_("Your registration in a letter, such as your number in a trade register."),
    "reviewers": N_("Who decides and sees every dossier: user ids, separated by commas."),
    "admins": N_("Who changes settings and roles, exports and erases: user ids, separated by commas."),
}


def setting_explanation(t: Language, key: str) -> str:
    """What a setting does, and how it is written where that does not show; raises `KeyError` for none of ours."""
    return t.gettext(EXPLANATIONS[key])
