"""Cron triggers of KEDA: replicas that a schedule starts, in the hours of its time zone."""

from typing import Any

import pytest

from tests.unit.finops.plans import Row
from tests.unit.finops.test_work_nodes import GPU_POD, QUIET, gpu_pool, nodes
from tests.unit.finops.work_plans import deployment, scaled_object


def cron(start: str, end: str, replicas: int, zone: str = "Asia/Dubai") -> dict[str, Any]:
    return {
        "type": "cron",
        "metadata": {"timezone": zone, "start": start, "end": end, "desiredReplicas": str(replicas)},
    }


def scaled(*triggers: dict[str, Any], least: int = 0, most: int = 20, **spec: Any) -> tuple[Row, Row, Row]:
    """Returns pods of one GPU, and a pool of machines of one GPU."""
    return gpu_pool(most=20), deployment("served", 0, GPU_POD), scaled_object(
        "served", least, most, triggers=list(triggers), **spec
    )  # fmt: skip


DAY = cron("0 6 * * *", "0 22 * * *", 10)


@pytest.mark.parametrize(
    ("rows", "average"),
    [
        # KEDA 2.21, pkg/scalers/cron_scaler.go: active while the next end comes before the next start.
        (scaled(DAY), 10 * 16 / 24),
        (scaled(DAY, least=4), 4 + 6 * 16 / 24),
        (scaled(DAY, least=12), 12),
        (scaled(DAY, most=6), 6 * 16 / 24),
        (scaled(cron("0 22 * * *", "0 6 * * *", 3)), 3 * 8 / 24),
        (scaled(cron("0 8 * * 1-5", "0 18 * * 1-5", 7)), 7 * 50 / 168),
        (scaled(cron("0 6 * * *", "0 22 * * *", 10, "Europe/London")), 10 * 16 / 24),
        (scaled(cron("0 6,8 * * *", "0 10 * * *", 12)), 12 * 2 / 24),  # from 6 to 8 the next event is a start
        (scaled(cron("0 6 * * *", "0 10,12 * * *", 12)), 12 * 6 / 24),
        # At once the most of them: 10 for six hours, 4 for ten more.
        (scaled(cron("0 6 * * *", "0 22 * * *", 4), cron("0 8 * * *", "0 14 * * *", 10)), (4 * 16 + 6 * 6) / 24),
        (scaled(cron("0 6 * * *", "0 10 * * *", 4), cron("0 8 * * *", "0 14 * * *", 10)), (4 * 8 + 6 * 6) / 24),
        # 02:00 in UTC is 06:00 in Dubai.
        (scaled(DAY, cron("0 2 * * *", "0 18 * * *", 10, "UTC")), 10 * 16 / 24),
        # Not weekly, or not to be read: counted as always on, which is the smaller error.
        (scaled(cron("0 6 1 * *", "0 22 1 * *", 5)), 5),
        (scaled(cron("0 6 * * *", "0 22 * * *", 5, "Nowhere/City")), 5),
        (scaled({"type": "cpu", "metadata": {"desiredReplicas": "9"}}), 0),
        (scaled(DAY, least=4, idleReplicaCount=0), 10 * 16 / 24),
        (scaled(cron("0 6 * * *", "0 22 * * *", 2), least=4, idleReplicaCount=0), 4 * 16 / 24),
    ],
)  # fmt: skip
def test_cron_triggers_raise_the_expected_by_their_hours(rows: tuple[Row, ...], average: float) -> None:
    least, expected, most = nodes(*rows, usage=QUIET)
    assert expected == pytest.approx(average, abs=1e-3)
    assert least <= expected <= most


def test_the_minimum_has_what_the_schedule_starts() -> None:
    """Ten pods of one GPU each run 16 hours a day whatever the requests: no month costs less."""
    assert nodes(*scaled(DAY), usage=QUIET)[0] == pytest.approx(10 * 16 / 24, abs=1e-3)
    assert nodes(*scaled(DAY, least=4), usage=QUIET)[0] == pytest.approx(4 + 6 * 16 / 24, abs=1e-3)
    both = scaled(cron("0 6 * * *", "0 22 * * *", 4), cron("0 8 * * *", "0 14 * * *", 10))
    assert nodes(*both, usage=QUIET)[0] == pytest.approx((4 * 16 + 6 * 6) / 24, abs=1e-3)
    unread = scaled(cron("0 6 1 * *", "0 22 1 * *", 5))
    assert nodes(*unread, usage=QUIET)[0] == 0


def test_replicas_of_the_usage_file_are_those_without_the_schedule() -> None:
    usage = QUIET + "\nsites: {uae: {workloads: {served: {replicas: 6}}}}"
    assert nodes(*scaled(DAY), usage=usage)[1] == pytest.approx(6 + 4 * 16 / 24, abs=1e-3)


def test_more_machines_of_the_usage_file_include_those_of_the_schedule() -> None:
    usage = QUIET + "\nsites: {uae: {pools: {gpu: {nodes: 12}}}}"
    least, expected, _ = nodes(*scaled(DAY), usage=usage)
    assert (least, expected) == (pytest.approx(10 * 16 / 24, abs=1e-3), 12)
