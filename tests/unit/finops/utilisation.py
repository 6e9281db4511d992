"""Hand-written exports in the format of the exporters: one or two weeks of one machine."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

START = datetime(2026, 11, 2, tzinfo=UTC)
"""A Monday."""

Shape = Callable[[datetime], float]


def hours(weeks: int) -> list[datetime]:
    return [START + timedelta(hours=number) for number in range(168 * weeks)]


def flat(value: float) -> Shape:
    return lambda _: value


def office(value: float) -> Shape:
    """Returns the value from 08:00 to 18:00 in the UAE on working days, otherwise zero."""

    def at(moment: datetime) -> float:
        local = moment + timedelta(hours=4)
        return value if local.weekday() < 5 and 8 <= local.hour < 18 else 0.0

    return at


def dcgm(
    node: str, weeks: int = 2, gpu: str = "0", labels: dict[str, str] | None = None, **series: Shape
) -> list[dict[str, Any]]:
    """Returns the series of a GPU: tensor, dram, util in percent, fb in MiB."""
    names = {
        "tensor": "DCGM_FI_PROF_PIPE_TENSOR_ACTIVE",
        "dram": "DCGM_FI_PROF_DRAM_ACTIVE",
        "util": "DCGM_FI_DEV_GPU_UTIL",
        "fb": "DCGM_FI_DEV_FB_USED",
    }
    return [
        {
            "metric": {"__name__": names[key], "Hostname": node, "gpu": gpu, "modelName": "NVIDIA", **(labels or {})},
            "values": [[hour.timestamp(), str(shape(hour))] for hour in hours(weeks)],
        }
        for key, shape in series.items()
    ]


def prometheus(*series: dict[str, Any]) -> str:
    return json.dumps({"status": "success", "data": {"resultType": "matrix", "result": list(series)}})


def cloudwatch(instance: str, weeks: int = 2, **metrics: Shape) -> str:
    results = [
        {
            "Id": f"m{number}",
            "Label": f"{instance} {metric}",
            "Timestamps": [hour.isoformat() for hour in hours(weeks)],
            "Values": [shape(hour) for hour in hours(weeks)],
            "StatusCode": "Complete",
        }
        for number, (metric, shape) in enumerate(metrics.items())
    ]
    return json.dumps({"MetricDataResults": results, "Messages": []})


def azure(resource: str, weeks: int = 2, **metrics: Shape) -> str:
    rows = ["TimeGenerated,Resource,MetricName,Average,Maximum,UnitName"]
    for metric, shape in metrics.items():
        name = metric.replace("_", " ")
        rows += [f"{hour.isoformat()},{resource.upper()},{name},{shape(hour)},,Percent" for hour in hours(weeks)]
    return "\n".join(rows) + "\n"


def opencost(name: str, weeks: int = 2, **fields: float) -> str:
    def window(hour: datetime) -> dict[str, Any]:
        end = hour + timedelta(hours=1)
        one = {"name": name, "start": hour.isoformat(), "end": end.isoformat(), "minutes": 60, **fields}
        return {name: one, "__idle__": {"start": hour.isoformat(), "minutes": 60, "cpuCost": 99}}

    return json.dumps({"code": 200, "data": [window(hour) for hour in hours(weeks)]})
