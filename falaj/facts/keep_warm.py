"""Name of what keeps a pool's minimum of nodes running."""

KEEP_WARM = "falaj-keep-warm"
"""Namespace and priority class of the placeholder pods that keep a pool's minimum of nodes."""
