"""`flagclient playground`: the command, the workspace that it keeps, and the stories that one begins with."""
