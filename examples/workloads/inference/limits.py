"""How many threads may calculate here: as many as the container has whole processors."""

import os
from collections.abc import Mapping
from pathlib import Path

CPU_MAX = Path("/sys/fs/cgroup/cpu.max")
"""Where cgroup v2 keeps a container's limit: microseconds of processor time, and of the clock."""


def threads(environment: Mapping[str, str] = os.environ, limit: Path = CPU_MAX) -> int:
    """What the platform says (`FALAJ_THREADS`), else the container's limit, else all processors; 1 at least.

    More threads than processors wait for each other: the kernel takes them all off once the container has used its
    share of a period.
    """
    if told := environment.get("FALAJ_THREADS"):
        return max(1, int(told))
    try:
        quota, period = limit.read_text().split()
    except (OSError, ValueError):
        quota, period = "max", "1"
    return max(1, (os.cpu_count() or 1) if quota == "max" else int(quota) // int(period))
