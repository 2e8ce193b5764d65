"""Thresholds: what a change to a client's flags sets in motion, and who takes it on."""

from bot.usecases.alerts.acting import Taken, discuss_alert, finish_alert, take_alert, take_shown_alert
from bot.usecases.alerts.alert_card import AlertCardView, read_alert
from bot.usecases.alerts.waiting import DUE
from bot.usecases.alerts.weighing import AfterChange, Change, after_change
from bot.usecases.ending_alerts import close_alert

__all__ = [
    "DUE",
    "AfterChange",
    "AlertCardView",
    "Change",
    "Taken",
    "after_change",
    "close_alert",
    "discuss_alert",
    "finish_alert",
    "read_alert",
    "take_alert",
    "take_shown_alert",
]
