"""Every command, callback id, action id and block id: constants only, no literals at call sites.

Ids read `<capability>.<verb>`. A button that acts on something carries the id of that thing as its value.
"""

from __future__ import annotations

COMMAND_FLAG = "/flagclient"
COMMAND_DOSSIER = "/dossier"
COMMAND_DEBRIEF = "/debrief"

SHORTCUT_FLAG = "flags.start"
SHORTCUT_FLAG_MESSAGE = "flags.start_from_message"

FLAG_FORM = "flags.submit"
FLAG_FORM_CLIENT = "flags.client"
FLAG_FORM_CATEGORY = "flags.category"
FLAG_FORM_SEVERITY = "flags.severity"
FLAG_FORM_SIGNALS = "flags.signals"
FLAG_FORM_HAPPENED = "flags.what_happened"
FLAG_FORM_VIEW = "flags.my_view"
FLAG_FORM_DATE = "flags.happened_on"
FLAG_FORM_CONTACT = "flags.contact"
FLAG_FORM_HOURS = "flags.impact_hours"
FLAG_FORM_AMOUNT = "flags.impact_amount"
FLAG_FORM_LINKS = "flags.links"
FLAG_JOIN = "flags.join"
FLAG_UNDO = "flags.undo"
FLAG_EDIT = "flags.edit"
FLAG_EDIT_FORM = "flags.edit_submit"
FLAG_WITHDRAW = "flags.withdraw"
FLAG_WITHDRAW_FORM = "flags.withdraw_submit"
FLAG_WITHDRAW_REASON = "flags.withdraw_reason"
FLAG_WITNESS = "flags.witness"
FLAG_DIFFERS = "flags.differs"
FLAG_DIFFERS_FORM = "flags.differs_submit"
FLAG_DIFFERS_NOTE = "flags.differs_note"
FLAG_CLIENT_CONFIRM_FORM = "flags.client_confirm"
FLAG_CLIENT_CONFIRM = "flags.client_choice"
CARE_DONE = "flags.care_done"
CARE_TAKE_OFF = "flags.care_take_off"

DOSSIER_SHOW = "dossier.show"
DOSSIER_PAGE = "dossier.page"
DOSSIER_EDIT = "clients.edit"
CLIENT_FORM = "clients.submit"
CLIENT_MERGE = "clients.merge"
CLIENT_MERGE_FORM = "clients.merge_submit"
CLIENT_UNMERGE = "clients.unmerge"

ALERT_TAKE = "alerts.take"
ALERT_DISCUSS = "alerts.discuss"
ALERT_DONE = "alerts.done"

DISCUSSION_TO_CHANNEL = "discussion.to_channel"

DEBRIEF_MOVE = "debrief.move"
DEBRIEF_MOVE_FORM = "debrief.move_submit"
DEBRIEF_MOVE_DATE = "debrief.move_date"
DEBRIEF_MOVE_TIME = "debrief.move_time"
DEBRIEF_SNOOZE = "debrief.snooze"
DEBRIEF_CANCEL = "debrief.cancel"
LEFT_FORM = "debrief.left_submit"
