"""Valid arguments of queues, and what they register; tests change single arguments."""

from typing import Any

from falaj.components.core.tenancy.tenancy import Tier
from falaj.components.core.validation.enums import Capacity, NodeAutoscaler, Profile
from falaj.components.kubernetes.queues.queueing import Queueing
from tests.samples import COST_TAGS
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import recorded

GPU_SPOT: Any = {
    "profile": Profile.TRAINING,
    "machines": ["g5.12xlarge", "g5.24xlarge"],
    "capacity": Capacity.SPOT,
    "min": 0,
    "max": 8,
}
POOLS: Any = {
    "system": {
        "profile": Profile.SYSTEM,
        "machines": ["m7g.large"],
        "capacity": Capacity.ON_DEMAND,
        "min": 3,
        "max": 6,
    },
    "gpu": {**GPU_SPOT, "machines": ["g5.12xlarge"], "capacity": Capacity.ON_DEMAND, "max": 4},
    "gpuspot": GPU_SPOT,
    "cpuspot": {**GPU_SPOT, "profile": Profile.BATCH, "machines": ["m7g.4xlarge", "m6g.4xlarge"], "max": 20},
}
ARGS: Any = {
    "region": "me-central-1",
    "node_autoscaler": NodeAutoscaler.KARPENTER,
    "pools": POOLS,
    "tenants": {
        "retail": {"tier": Tier.ENTERPRISE, "aed_per_month": 90000},
        "sme": {"tier": Tier.SMB, "aed_per_month": 2000},
    },
    "aed_per_usd": 3.6725,
    "tags": COST_TAGS,
}
RETAIL: Any = ARGS["tenants"]["retail"]


def queueing(**changed: Any) -> Recording:
    return recorded(Queueing, {**ARGS, **changed})
