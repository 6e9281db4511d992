"""Small platforms and months of requests for the tests of serving."""

from datetime import UTC, datetime
from typing import Any

import numpy as np

from falaj.components.core.validation.enums import Capacity, Profile
from falaj.simulation.platform_model import MachineType, Platform, PoolModel, RunModel, ServiceModel
from falaj.simulation.work import Requests, Work

DAY = 86_400.0
MONDAY = datetime(2026, 11, 29, 20, tzinfo=UTC)
"""Monday, 30 November 2026, 00:00 in Dubai."""
MACHINE = MachineType("m.large", cpu=4, memory_gib=16, gpus=1, on_demand_aed=36.0, spot_aed=12.0)


def pool(**changes: Any) -> PoolModel:
    """Returns a pool whose machines are there 100 seconds after a replica needs one."""
    settings: dict[str, Any] = {
        "site": "site",
        "name": "gpu",
        "profile": Profile.INFERENCE_GPU,
        "capacity": Capacity.ON_DEMAND,
        "machines": (MACHINE,),
        "min": 0,
        "max": 10,
        "zones": 1,
        "tenant": None,
        "decision_seconds": 10.0,
        "start_seconds": 90.0,
        "idle_seconds": 300.0,
        "returns_to_spot": False,
        "notice_seconds": 120.0,
        "least_billed_seconds": 60.0,
    }
    return PoolModel(**(settings | changes))


def service(**changes: Any) -> ServiceModel:
    """Returns a service whose replicas take a whole machine, answer one request at a time, and start in 20 seconds."""
    settings: dict[str, Any] = {
        "name": "chat",
        "tenant": "bank",
        "pool": "site/gpu",
        "cpu": 4.0,
        "memory_gib": 8.0,
        "gpus": 1,
        "min": 1,
        "max": 4,
        "target": 1.0,
        "follows": "queue",
        "slots": 1,
        "prompt_tokens_per_second": 1000.0,
        "tokens_per_second": 50.0,
        "seconds_per_request": 0.0,
        "late_seconds": 2.0,
        "polling_seconds": 15.0,
        "idle_seconds": 600.0,
        "down_seconds": 300.0,
        "cold_start_seconds": 20.0,
    }
    return ServiceModel(**(settings | changes))


def platform(*services: ServiceModel, pools: tuple[PoolModel, ...] = (), interruptions: float = 0.0) -> Platform:
    """Returns a platform of these services."""
    runs = RunModel(3600.0, 60.0, 300.0, interruptions, 300.0)
    return Platform("test", pools or (pool(),), (), services, runs, {})


def month(requests: Requests | None, length: float = DAY, **changes: Any) -> Work:
    """Returns the work of `length` seconds from Monday on."""
    return Work(MONDAY, length, requests=requests, **changes)


def requests(at: Any, seconds: Any = None, prompt: Any = 0, generated: Any = 0, **changes: Any) -> Requests:
    """Returns requests to `chat`, or to `services` by the indices `service`; scalars apply to all."""
    at = np.asarray(at, dtype=float)
    measured = np.nan if seconds is None else seconds

    def column(values: Any) -> Any:
        return np.broadcast_to(np.asarray(values, dtype=float), at.shape).copy()

    names = changes.get("services", ("chat",))
    index = np.broadcast_to(np.asarray(changes.get("service", 0), dtype=np.int32), at.shape).copy()
    return Requests(at, column(prompt), column(generated), column(measured), index, names)


def random_requests(seed: int, count: int, length: float, mean_seconds: float = 4.0) -> Requests:
    """Returns requests whose rate is three times as high by day as by night, with lognormal lengths."""
    random = np.random.default_rng(seed)
    moments = np.sort(random.uniform(0, length, 2 * count))
    rate = 0.5 + 0.45 * np.sin(2 * np.pi * moments / DAY)
    at = moments[random.uniform(size=len(moments)) < rate][:count]
    seconds = random.lognormal(np.log(mean_seconds) - 0.5, 1.0, len(at))
    return requests(at, seconds=np.minimum(seconds, 120.0), generated=100)
