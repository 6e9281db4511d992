"""The defaults that a simulation can decide on, and their alternatives. `prod-uae` stands for a stack of production."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from falaj.simulation.advice.choices import Changes, Path

TENANTS = ("retail-banking", "insurance")
GPU_POOL = ("sites", "azuae", "pools", "gpu")
TRAINING = ("sites", "awsuae", "pools", "gpuspot")
ASSISTANT = ("tenants", "retail-banking", "services", "assistant", "serving")
INTENTS = ("tenants", "retail-banking", "experiments", "intents", "a")
BY_QUEUE: Changes = {
    (*ASSISTANT, "max"): 4,
    (*ASSISTANT, "load", "follows"): "queue",
    (*ASSISTANT, "load", "target"): 8.0,
}
"""What the replicas of `assistant` followed until 2026-11-30."""
BY_REQUESTS: Changes = {(*ASSISTANT, "load", "follows"): "requests", (*ASSISTANT, "load", "target"): 0.5}
"""What they followed until 2026-12-01."""
FORMER: Changes = {
    **BY_QUEUE,
    (*ASSISTANT, "min"): 2,
    (*ASSISTANT, "office_hours"): None,
    (*INTENTS, "pool"): "gpu",
    (*GPU_POOL, "max"): 6,
}
"""Settings of the stack's served models until 2026-11-29: two replicas at all times, and an H100 for `intents-a`."""
SENTIMENT = ("tenants", "small-business", "services", "sentiment", "serving")


@dataclass(frozen=True)
class Figure:
    """A figure of the simulated platform that follows from the code of the components, not from the settings."""

    of: str
    """`pools`, `services` or `runs`."""
    attribute: str
    names: Sequence[str] = ()
    """Keys of the pools, or names of the services, that have it; empty for `runs`."""


@dataclass(frozen=True)
class Default:
    """A default with its alternatives."""

    name: str
    months: str
    """`jobs` or `requests`: the work that shows what it is worth."""
    where: str
    """Where it is set: the path in the settings of `prod-uae`, or a name in the components."""
    at: Sequence[Path] | Figure
    alternatives: Mapping[str, Any]
    """Label -> changes of the settings, or another value of the figure."""
    is_sensitive: bool = False
    """Whether it is compared with other prices, interruptions and load too: those that decide most of a bill."""


def _queues(key: str) -> list[Path]:
    return [("tenants", tenant, "spaces", "awsuae", "queue", key) for tenant in TENANTS]


def _spaces(key: str) -> list[Path]:
    return [("tenants", tenant, "spaces", "awsuae", key) for tenant in TENANTS]


def _setting(name: str, months: str, paths: Sequence[Path], *values: object, is_sensitive: bool = False) -> Default:
    """Returns a default of the settings; each alternative sets all paths to one value."""
    where = ".".join(paths[0]).replace(f".{TENANTS[0]}.spaces", ".*.spaces")
    changes = {shown(value): dict.fromkeys(paths, value) for value in values}
    return Default(name, months, where, paths, changes, is_sensitive)


def shown(value: object) -> str:
    """Returns a value as the table has it."""
    if isinstance(value, list | tuple):
        return ", ".join(map(shown, value))
    return (
        f"{value:g}" if isinstance(value, float) else "none" if value is None else str(getattr(value, "value", value))
    )


_SLICES = (*GPU_POOL, "azure", "gpu_partition")


_HOURS = (*ASSISTANT, "office_hours")


def _slices(partition: str, profile: str) -> Changes:
    return {_SLICES: partition, (*ASSISTANT, "gpu"): {"mig_profile": profile}, (*ASSISTANT, "max"): 8}


def _hours(day: int, night: int, opens: str = "07:30", closes: str = "19:30") -> Changes:
    office = {"min": day, "opens": opens, "closes": closes} if day > night else None
    most = {(*ASSISTANT, "max"): day} if day > 2 else {}
    return {(*ASSISTANT, "min"): night, _HOURS: office, **most}


_JOBS = (
    _setting("capacity of training pools", "jobs", [(*TRAINING, "capacity")], "spot", "on-demand", is_sensitive=True),
    _setting(
        "machines of training pools",
        "jobs",
        [(*TRAINING, "machines")],
        ["g5.12xlarge", "g6.12xlarge", "g6e.12xlarge"],
        ["g5.12xlarge", "g6e.12xlarge", "g6e.xlarge"],
        is_sensitive=True,
    ),
    _setting("most machines", "jobs", [(*TRAINING, "max")], 8, 48, is_sensitive=True),
    _setting("machines kept", "jobs", [(*TRAINING, "min")], 1),
    _setting("space of a tenant in GPUs", "jobs", _spaces("gpus"), 16, 32, is_sensitive=True),
    _setting("hours of a full quota", "jobs", _queues("hours_per_month"), 730, 50),
    _setting("basis of a quota", "jobs", _queues("quota_basis"), "static"),
    _setting("at the limit of a budget", "jobs", _queues("at_limit"), "finish"),
    _setting("borrowing of idle quota", "jobs", _queues("borrows"), "none"),
    Default(
        "consolidateAfter of training, seconds",
        "jobs",
        "core/node_pools/disruption.py",
        Figure("pools", "idle_seconds", ("awsuae/gpuspot",)),
        {"30": 30, "600": 600},
    ),
    Default(
        "machines with as many GPUs as a pod",
        "jobs",
        "core/training/machine_gpus.py",
        Figure("pools", "has_gpu_counts", ("awsuae/gpuspot",)),
        {"False": False},
        is_sensitive=True,
    ),
    Default(
        "busy on-demand nodes return to spot",
        "jobs",
        "core/node_pools/disruption.py",
        Figure("pools", "returns_to_spot", ("awsuae/gpuspot",)),
        {"False": False},
    ),
    Default(
        "seconds of a notice to save a checkpoint",
        "jobs",
        "core/node_pools/node_traits.py",
        Figure("pools", "notice_seconds", ("awsuae/gpuspot",)),
        {"0": 0.0},
    ),
    Default(
        "schedule of training pools in Dubai time",
        "jobs",
        "core/node_pools/aws_options.py",
        Figure("pools", "sleeps", ("awsuae/gpuspot",)),
        {"7, 19": (7.0, 19.0)},
    ),
    Default(
        "checkpoint interval, seconds",
        "jobs",
        "core/training/checkpointing.py",
        Figure("runs", "checkpoint_seconds"),
        {"300": 300, "3600": 3600},
        is_sensitive=True,
    ),
    Default(
        "time until pods are ready, seconds",
        "jobs",
        "core/tenancy/queueing_args.py",
        Figure("runs", "pods_ready_seconds"),
        {"300": 300.0, "3600": 3600.0},
    ),
)

_REQUESTS = (
    Default(
        "slices of GPUs for served models",
        "requests",
        ".".join(_SLICES),
        [_SLICES],
        {
            "MIG3g": _slices("MIG3g", "3g.47gb"),
            "MIG3g, 5 replicas by day, 3 at night": {**_slices("MIG3g", "3g.47gb"), **_hours(5, 3)},
            "MIG2g": _slices("MIG2g", "2g.24gb"),
        },
        is_sensitive=True,
    ),
    Default(
        "replicas kept of `assistant`, at night / by day",
        "requests",
        ".".join(_HOURS),
        [(*ASSISTANT, "min"), (*_HOURS, "min")],
        {f"{night} / {day}": _hours(day, night) for night, day in ((2, 2), (1, 1), (1, 3), (2, 3), (3, 3))},
        is_sensitive=True,
    ),
    Default(
        "office hours of `assistant`, from / to",
        "requests",
        ".".join(_HOURS),
        [(*_HOURS, "opens"), (*_HOURS, "closes")],
        {
            f"{opens} / {closes}": _hours(2, 1, opens, closes)
            for opens, closes in (("07:00", "19:00"), ("06:00", "22:00"))
        },
    ),
    Default(
        "pool of `intents-a`",
        "requests",
        ".".join((*INTENTS, "pool")),
        [(*INTENTS, "pool")],
        {"gpu, a whole H100": {(*INTENTS, "pool"): "gpu", (*GPU_POOL, "max"): 7}},
    ),
    _setting("most replicas of `assistant`", "requests", [(*ASSISTANT, "max")], 4),
    Default(
        "what replicas of `assistant` follow",
        "requests",
        ".".join((*ASSISTANT, "load", "follows")),
        [(*ASSISTANT, "load", "follows"), (*ASSISTANT, "load", "target")],
        {
            "requests / 0.5": BY_REQUESTS,
            **{f"prompts / {target}": {(*ASSISTANT, "load", "target"): float(target)} for target in (512, 2048)},
            "queue / 8, 4 at most": BY_QUEUE,
        },
    ),
    Default(
        "start of `assistant` on a ready node, seconds",
        "requests",
        "core/serving/cold_start.py",
        Figure("services", "cold_start_seconds", ("assistant",)),
        {"252, the image pulled beforehand": 252.0},
    ),
    Default(
        "replicas kept of `sentiment`",
        "requests",
        ".".join((*SENTIMENT, "min")),
        [(*SENTIMENT, "min")],
        {"1": {(*SENTIMENT, "min"): 1, (*SENTIMENT, "cold_start"): None}},
    ),
    _setting("idle time before zero, seconds", "requests", [(*SENTIMENT, "cold_start", "idle_seconds")], 3600),
    _setting("concurrent requests per replica", "requests", [(*SENTIMENT, "concurrency")], 1),
    _setting("machines kept for CPU services", "requests", [("sites", "awsuae", "pools", "cpu", "min")], 0),
    Default(
        "target utilisation of CPU, as a share",
        "requests",
        "core/serving/scaling.py",
        Figure("services", "target", ("intents-b",)),
        {"0.9": 0.9},
    ),
    Default(
        "window before a replica is removed, seconds",
        "requests",
        "core/serving/scaling.py",
        Figure("services", "down_seconds", ("assistant", "intents-b", "sentiment")),
        {"60": 60},
    ),
    Default(
        "consolidateAfter of CPU services, seconds",
        "requests",
        "core/node_pools/disruption.py",
        Figure("pools", "idle_seconds", ("awsuae/cpu",)),
        {"1800": 1800},
    ),
)

DEFAULTS = (*_JOBS, *_REQUESTS)
