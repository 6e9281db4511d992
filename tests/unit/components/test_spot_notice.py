"""After the notice that a spot machine is reclaimed, Karpenter asks every interruptible program to stop in time."""

from typing import Any

import pytest

from falaj.components.core.node_pools import karpenter
from falaj.components.core.node_pools.office_hours import OfficeHours
from falaj.components.core.node_pools.regional_pool import RegionalPool
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.site.rules import node_traits
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.facts.regions import Cloud
from tests.samples import COST_TAGS
from tests.unit.components.test_replication import cron_job
from tests.unit.components.training_sample import job
from tests.workloads.terminator import Stop, stop

NOTICE = node_traits(Cloud.AWS).notice_seconds
SAVE_SECONDS = 30
"""Seconds for a checkpoint of the default duration (`EfficiencySpec.checkpoint_seconds`)."""

BUYS_SPOT = [Capacity.SPOT, Capacity.SPOT_FIRST]


def node_pool(capacity: Capacity, profile: Profile = Profile.TRAINING) -> dict[str, Any]:
    spec = NodePoolSpec(profile=profile, machines=["g5.12xlarge", "g6.12xlarge"], capacity=capacity, max=8)
    pool = RegionalPool("train", "me-central-1", spec, COST_TAGS)
    return karpenter.node_pool(pool, {}, pool.labels, pool.taints, [], OfficeHours())


def of_run(capacity: Capacity, **changed: Any) -> Stop:
    return stop(job(**changed)["template"], node_pool(capacity), NOTICE)


@pytest.mark.parametrize("capacity", BUYS_SPOT)
@pytest.mark.parametrize("nodes", [1, 2])
def test_a_run_is_asked_at_once_and_has_time_to_save(capacity: Capacity, nodes: int) -> None:
    stopped = of_run(capacity, nodes=nodes)
    assert stopped.asked is not None, "the machine is gone before the program is asked to stop"
    assert stopped.asked <= 5
    assert stopped.killed - stopped.asked >= 3 * SAVE_SECONDS
    assert stopped.evicted, "a deleted pod counts as a failure of the run; an evicted one does not"


@pytest.mark.parametrize("profile", [Profile.TRAINING, Profile.BATCH])
@pytest.mark.parametrize("value", ["true", "4h"])
def test_nobody_can_refuse_to_be_asked_on_spot_machines(profile: Profile, value: str) -> None:
    """A tenant's own pod with the annotation is deleted in time, without a drain that it could block."""
    template = {"metadata": {"annotations": {"karpenter.sh/do-not-disrupt": value}}, "spec": {"containers": []}}
    stopped = stop(template, node_pool(Capacity.SPOT, profile), NOTICE)
    assert stopped.asked is not None
    assert stopped.killed - stopped.asked >= SAVE_SECONDS


def test_a_copy_is_asked_too() -> None:
    job_spec = cron_job("checkpoints")["spec"]["jobTemplate"]["spec"]
    stopped = stop(job_spec["template"], node_pool(Capacity.SPOT, Profile.BATCH), NOTICE)
    assert (stopped.asked, stopped.evicted) == (1.0, True)
    # A drained machine is not a failure of the copy, so it uses up none of its attempts.
    ignored = {"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]}
    assert job_spec["podFailurePolicy"] == {"rules": [ignored]}


def test_only_what_never_meets_a_spot_machine_is_protected() -> None:
    assert "karpenter.sh/do-not-disrupt" not in job()["template"]["metadata"]["annotations"]
    fixed = job(interruptible=False)["template"]
    assert fixed["metadata"]["annotations"]["karpenter.sh/do-not-disrupt"] == "true"
    assert fixed["spec"]["affinity"]["nodeAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]
    for capacity in (Capacity.ON_DEMAND, Capacity.SPOT_FIRST):
        grace = node_pool(capacity)["template"]["spec"]["terminationGracePeriod"]
        assert grace == "48h", "a drifted on-demand node waits for the end of the run"
