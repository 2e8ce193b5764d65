"""Flags: recording one, taking it back or changing it, adding a view to a colleague's, and caring for a reporter."""
