"""What a client or contact can ask: everything that is held about them, or that it is erased.

A bot that serves needs `telling` alone, so nothing is gathered here.
"""
