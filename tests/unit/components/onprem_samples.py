"""Valid arguments of an existing cluster as a site; tests change single arguments."""

import json
from typing import Any

from falaj.components.core.validation.enums import Profile
from falaj.components.kubernetes.site.site import Site
from tests.samples import COST_TAGS
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import recorded

SERVER = "https://10.60.0.10:6443"
KEY = "not-to-be-seen"


def kubeconfig(**changed: Any) -> str:
    """Returns a kubeconfig with two contexts; its current one is the wrong one."""
    cluster = {"server": SERVER, "certificate-authority-data": "Q0E=", **changed}
    return json.dumps(
        {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": "elsewhere",
            "clusters": [
                {"name": "rack", "cluster": cluster},
                {"name": "abroad", "cluster": {"server": "https://abroad.example.com"}},
            ],
            "users": [
                {"name": "deployer", "user": {"token": KEY}},
                {"name": "other", "user": {"token": "another"}},
            ],
            "contexts": [
                {"name": "dc1", "context": {"cluster": "rack", "user": "deployer"}},
                {"name": "elsewhere", "context": {"cluster": "abroad", "user": "other"}},
            ],
        }
    )


MACHINES: Any = {
    "cpu": {
        "vcpu": 64,
        "memory_gib": 256,
        "purchase_aed": 87600,
        "years": 5,
        "kilowatts": 0.5,
        "staff_aed_per_year": 8760,
    },
    "h100x8": {
        "vcpu": 224,
        "memory_gib": 2048,
        "gpus": 8,
        "purchase_aed": 1314000,
        "years": 5,
        "kilowatts": 8,
        "staff_aed_per_year": 43800,
    },
}
ARGS: dict[str, Any] = {
    "connection": {"servers": [SERVER], "context": "dc1", "kubeconfig": kubeconfig()},
    "pools": {
        "system": {"profile": Profile.SYSTEM, "machine": "cpu", "nodes": ["cp1.dc1", "cp2.dc1"]},
        "batch": {"profile": Profile.BATCH, "machine": "cpu", "nodes": ["cpu1"]},
        "gpu": {"profile": Profile.TRAINING, "machine": "h100x8", "nodes": ["gpu1"], "tenant": "retail"},
    },
    "machines": MACHINES,
    "energy": {"aed_per_kwh": 0.4, "pue": 1.5},
    "storage_classes": {"training": "fast", "shared": "cephfs"},
    "store": {
        "endpoint": "https://s3.dc1.example.ae",
        "buckets": {"datasets": "bank-datasets", "checkpoints": "bank-checkpoints"},
    },
    "encryption": "LUKS under Ceph, keys in the HSM of data centre 1",
    "nat_addresses": ["5.195.1.1"],
    "tags": COST_TAGS,
}


def site(**changed: Any) -> Recording:
    """Returns what a site with changed arguments registers."""
    return recorded(Site, {**ARGS, **changed})
