"""Following through: the checklist after a letter was sent, its reminders, and who sees to what."""
