"""What a letter to a client is made of: cleared fields only, and what it must and cannot say.

Nothing here knows a flag, a view, a score or a reporter: the contract “Letters know nothing of flags and views”.
"""
