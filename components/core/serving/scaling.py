"""How the replicas of served models are scaled. Pure."""

CPU_PERCENT = 70
"""Target utilisation of the requested CPU in percent, with headroom for load while another replica starts."""

SCALE_DOWN_WINDOW_SECONDS = 300
"""Stabilisation window in seconds before a replica is removed, because adding it again costs a cold start."""

POLLING_SECONDS = 15
"""Seconds between two reads of the metric."""
