"""The command line: one file a command, each with clear errors and an exit code of its own."""
