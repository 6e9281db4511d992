"""Cost laboratory: replays a month of work through a stack's own settings.

It starts no engine and calls no cloud. Its numbers need numpy (extra `analysis`), which is imported only by modules
that compute with it.
"""
