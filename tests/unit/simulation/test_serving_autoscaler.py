"""The autoscaler's algorithm against the examples of Kubernetes' documentation and its source."""

import pytest

from falaj.finops.experiment.autoscaling import desired_by_load
from falaj.simulation.serving.autoscaler import TOLERANCE, HorizontalAutoscaler, desired_by_usage


@pytest.mark.parametrize(
    ("load", "target", "current", "desired"),
    [
        # kubernetes.io, Horizontal Pod Autoscaling, Algorithm details: twice the metric doubles, half of it halves.
        (200.0, 100.0, 1, 2),
        (50.0, 100.0, 1, 1),
        (100.0, 50.0, 1, 2),
        (100.0, 50.0, 4, 2),
        # The same page: a ratio within 0.1 of 1 changes nothing; beyond, the number is rounded up.
        (10.9, 10.0, 1, 1),
        (11.1, 10.0, 1, 2),
        (18.1, 10.0, 2, 2),
        (17.0, 10.0, 2, 2),
        (91.0, 10.0, 10, 10),
        (89.0, 10.0, 10, 9),
        (0.0, 10.0, 3, 0),
        (1.0, 10.0, 0, 1),
        (0.0, 10.0, 0, 0),
    ],
)
def test_the_load_of_a_service_is_shared_by_its_replicas(
    load: float, target: float, current: int, desired: int
) -> None:
    assert desired_by_load(load, target, current, TOLERANCE) == desired


@pytest.mark.parametrize(
    ("usage", "ready", "current", "desired"),
    [
        (0.9, 2, 2, 4),
        (0.53, 2, 2, 2),
        (0.2, 4, 4, 2),
        # kubernetes.io: replicas that are not ready count as unused for scaling up, which dampens it ...
        (1.0, 2, 3, 4),
        (0.9, 2, 4, 4),
        # ... and must not turn it into scaling down.
        (0.6, 1, 4, 4),
        # They do not count for scaling down.
        (0.2, 3, 4, 2),
        (0.9, 0, 2, 2),
    ],
)
def test_utilisation_is_that_of_ready_replicas(usage: float, ready: int, current: int, desired: int) -> None:
    assert desired_by_usage(usage, 0.5, ready, current) == desired


def test_scaling_up_adds_four_or_doubles() -> None:
    scaler = HorizontalAutoscaler(1, 100, 300.0)
    assert scaler.replicas(15.0, 50, 1) == 5
    assert scaler.replicas(30.0, 50, 5) == 10
    assert scaler.replicas(45.0, 50, 10) == 20
    assert scaler.replicas(60.0, 21, 20) == 21


def test_scaling_stays_between_least_and_most() -> None:
    scaler = HorizontalAutoscaler(2, 3, 0.0)
    assert scaler.replicas(15.0, 9, 2) == 3
    assert scaler.replicas(30.0, 0, 3) == 2
    # The last replica of a service that scales to zero is KEDA's.
    assert HorizontalAutoscaler(0, 3, 0.0).replicas(15.0, 0, 3) == 1


def test_scaling_down_follows_the_highest_number_of_the_window() -> None:
    scaler = HorizontalAutoscaler(1, 10, 60.0)
    assert scaler.replicas(15.0, 4, 4) == 4
    assert scaler.replicas(30.0, 3, 4) == 4
    assert scaler.replicas(45.0, 1, 4) == 4
    # Numbers count while they are newer than the start of the window: the 4 of 15 s until 75 s.
    assert scaler.replicas(60.0, 1, 4) == 4
    assert scaler.replicas(75.0, 1, 4) == 3
    assert scaler.replicas(90.0, 1, 3) == 1


def test_scaling_up_does_not_wait() -> None:
    scaler = HorizontalAutoscaler(1, 10, 300.0)
    assert scaler.replicas(15.0, 1, 1) == 1
    assert scaler.replicas(30.0, 3, 1) == 3
