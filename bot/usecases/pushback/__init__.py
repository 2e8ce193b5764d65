"""What a client asks or says after a letter: noted, answered calmly, and seen to where it is no pushback."""
