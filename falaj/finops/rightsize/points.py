"""One sample of one signal, and the mapping from the exporters' metric names and units."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from falaj.finops.errors import BadInput
from falaj.finops.times import EXPECTED, in_utc


class Signal(StrEnum):
    """The measured quantity. Shares are 0 to 1; GPU memory is in MiB; costs are in USD per hour."""

    TENSOR = "tensor pipe active"
    DRAM = "GPU memory active"
    ENGINE = "graphics engine active"
    GPU_UTIL = "GPU utilisation"
    FB_USED = "GPU memory used"
    CPU = "CPU"
    MEMORY = "memory"
    CPU_COST = "CPU cost"
    MEMORY_COST = "memory cost"
    GPU_COST = "GPU cost"


SHARES = (Signal.TENSOR, Signal.DRAM, Signal.ENGINE, Signal.GPU_UTIL, Signal.CPU, Signal.MEMORY)
MAX_SHARE = 1.01
"""Upper limit of a share, with a margin for rounding."""


@dataclass(frozen=True, slots=True)
class Point:
    """One sample. `unit` distinguishes the GPUs of one machine; `machine` and `region` are empty if unknown."""

    subject: str
    unit: str
    signal: Signal
    at: datetime
    value: float
    machine: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Conversion of an exporter's metric to a signal: value = offset + factor * exported value."""

    signal: Signal
    factor: float = 1
    offset: float = 0


METRICS: Mapping[str, Reading] = {
    "DCGM_FI_PROF_PIPE_TENSOR_ACTIVE": Reading(Signal.TENSOR),
    "DCGM_FI_PROF_DRAM_ACTIVE": Reading(Signal.DRAM),
    "DCGM_FI_PROF_GR_ENGINE_ACTIVE": Reading(Signal.ENGINE),
    "DCGM_FI_DEV_GPU_UTIL": Reading(Signal.GPU_UTIL, 0.01),
    "DCGM_FI_DEV_FB_USED": Reading(Signal.FB_USED),
    "instance:node_cpu_utilisation:rate5m": Reading(Signal.CPU),
    "instance:node_memory_utilisation:ratio": Reading(Signal.MEMORY),
    "CPUUtilization": Reading(Signal.CPU, 0.01),
    "mem_used_percent": Reading(Signal.MEMORY, 0.01),
    "nvidia_smi_utilization_gpu": Reading(Signal.GPU_UTIL, 0.01),
    "nvidia_smi_memory_used": Reading(Signal.FB_USED),
    "Percentage CPU": Reading(Signal.CPU, 0.01),
    "Available Memory Percentage": Reading(Signal.MEMORY, -0.01, 1),
}
"""Metric names of the DCGM exporter, the kube-prometheus rules, CloudWatch and its agent, and Azure Monitor."""


def value_of(reading: Reading, raw: object, location: str) -> float | None:
    """Returns the value in the signal's unit; None if the exporter has no value. Raises `BadInput`."""
    if raw is None or raw == "" or isinstance(raw, bool):
        return None
    try:
        number = float(str(raw))
    except ValueError:
        raise BadInput(location, f"{raw!r} is not a number") from None
    if math.isnan(number):
        return None
    result = reading.offset + reading.factor * number
    if result < 0 or math.isinf(result) or (reading.signal in SHARES and result > MAX_SHARE):
        raise BadInput(location, f"{raw} is not a value of {reading.signal}")
    return result


_TIME_FORMATS = ("%m/%d/%Y, %I:%M:%S.%f %p", "%m/%d/%Y %H:%M", "%Y-%m-%d %H:%M:%S")


def time_of(raw: object, location: str) -> datetime:
    """Parses a time as written by exporters: seconds since 1970, ISO 8601, or one of the table formats, in UTC. Raises
    `BadInput`.
    """
    try:
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            return in_utc(datetime.fromtimestamp(raw, UTC))
        text = str(raw).strip()
        for time_format in _TIME_FORMATS:
            try:
                return in_utc(datetime.strptime(text, time_format))
            except ValueError:
                continue
        return in_utc(datetime.fromisoformat(text))
    except (ValueError, OverflowError, OSError):
        raise BadInput(location, f"{raw!r} is not {EXPECTED}") from None
