"""Documents for people outside the chat: built from frozen data in their language, written as one file."""
