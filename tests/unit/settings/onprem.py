"""Settings of an existing cluster; tests change single values."""

import copy

from tests.unit.components.onprem_samples import MACHINES, SERVER

ONPREM: dict = {
    "connection": {"servers": [SERVER], "context": "dc1", "kubeconfig_secret": "dc1Kubeconfig"},
    "kubernetes_version": "1.36",
    "network_cidr": "10.60.0.0/16",
    "pools": {
        "system": {"profile": "system", "machine": "cpu", "nodes": ["cp1.dc1", "cp2.dc1"]},
        "batch": {"profile": "batch", "machine": "cpu", "nodes": ["cpu1"]},
        "gpu": {"profile": "training", "machine": "h100x8", "nodes": ["gpu1"], "tenant": "retail"},
    },
    "machines": MACHINES,
    "energy": {"aed_per_kwh": 0.4, "pue": 1.5},
    "storage_classes": {"training": "fast"},
    "shared_storage_class": "cephfs",
    "store": {
        "endpoint": "https://s3.dc1.example.ae",
        "buckets": {"datasets": "bank-datasets", "checkpoints": "bank-checkpoints"},
    },
    "encryption": "LUKS under Ceph, keys in the HSM of data centre 1",
    "nat_addresses": ["5.195.1.1"],
    "budget": {"aed_per_month": 40000, "notify": ["finops@example.ae"], "start": "2026-12-01"},
}


def changed(path: str = "", value: object = ...) -> dict:
    """Returns the settings with one value replaced or, with `...`, removed."""
    settings = copy.deepcopy(ONPREM)
    *parents, last = path.split(".")
    section = settings
    for step in parents:
        section = section[int(step)] if isinstance(section, list) else section[step]
    if path and value is ...:
        del section[last]
    elif path:
        section[int(last) if isinstance(section, list) else last] = value
    return settings
