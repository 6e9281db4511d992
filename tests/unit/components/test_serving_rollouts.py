"""Replicas of a served model: their number at first, and how long a rollout on GPUs is waited for."""

from typing import Any

import pytest

from falaj.components.core.serving.rollouts import replacement_seconds
from falaj.components.core.serving.specs import ServingSpec
from tests.unit.components.serving_samples import AWAKE, GROUPED, LARGE, SLEEPING, service
from tests.unit.components.test_kubernetes_inference import DEPLOYMENT

SET = "kubernetes:leaderworkerset.x-k8s.io/v1:LeaderWorkerSet"
FIXED = {key: value for key, value in LARGE.items() if key != "load"} | {"min": 2, "max": 2}


@pytest.mark.parametrize(
    ("serving", "replicas", "ignored"),
    [
        (SLEEPING, 1, ("spec.replicas",)),
        (LARGE, 2, ("spec.replicas",)),
        ({**AWAKE, "min": 2, "max": 6}, 2, ("spec.replicas",)),
        ({**AWAKE, "min": 2, "max": 2}, 2, ()),
    ],
    ids=["to zero", "by load", "by cpu", "fixed"],
)
def test_a_deployment_begins_with_the_least_replicas_which_are_then_the_autoscalers(
    serving: Any, replicas: int, ignored: tuple[str, ...]
) -> None:
    """Without the field, a service that was fixed would have one replica (kubernetes.io, Migrating Deployments and
    StatefulSets to horizontal autoscaling)."""
    deployment = service(serving).one(DEPLOYMENT)
    assert (deployment.inputs["spec"]["replicas"], deployment.ignore_changes) == (replicas, ignored)


def _replacement(serving: Any) -> int:
    return replacement_seconds(ServingSpec.model_validate(serving))


def test_a_replica_is_replaced_once_its_requests_have_ended_and_its_successor_has_started() -> None:
    # 335 s until it has ended, and 1,800 s for the start. A claim is mounted.
    assert _replacement(LARGE) == 335 + 1800
    # 400 GiB are copied at 10 s each.
    assert _replacement(GROUPED) == 335 + 4000 + 1800
    assert _replacement({**LARGE, "drain_seconds": 60, "probes": {"startup_seconds": 600}}) == 95 + 600


@pytest.mark.parametrize(
    ("serving", "kind", "minutes"),
    # All of them, one after another: 4 and 2 times 35.6 minutes, and 3 times 102.3.
    [(LARGE, DEPLOYMENT, 143), (FIXED, DEPLOYMENT, 72), (GROUPED, SET, 307)],
    ids=["scaled", "fixed", "several machines"],
)
def test_a_deployment_waits_until_all_replicas_can_have_been_replaced(serving: Any, kind: str, minutes: int) -> None:
    """Pulumi waits 10 minutes by default, which two replicas of vLLM exceed while nothing is wrong."""
    assert service(serving).one(kind).timeouts == {"create": f"{minutes}m", "update": f"{minutes}m"}


def test_a_replica_that_is_being_replaced_makes_progress() -> None:
    assert service(LARGE).one(DEPLOYMENT).inputs["spec"]["progressDeadlineSeconds"] == 335 + 1800


@pytest.mark.parametrize("serving", [AWAKE, SLEEPING], ids=["awake", "sleeping"])
def test_on_cpus_the_defaults_apply(serving: Any) -> None:
    deployment = service(serving).one(DEPLOYMENT)
    assert deployment.timeouts == {}
    assert "progressDeadlineSeconds" not in deployment.inputs["spec"]
