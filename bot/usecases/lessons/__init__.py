"""Lessons: noted when a debrief closes, reminded of until they are made or dropped, and asked about ninety days on."""
