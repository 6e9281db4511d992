"""Rows of machine types for tests: a CPU machine, the cells of one with a GPU, and the text of a file of them."""

from collections.abc import Mapping

ROW = {
    **{"region": "me-central-1", "name": "r9gd.4xlarge", "vcpu": "16", "memory_gib": "128", "gpus": "0"},
    **{"gpu_model": "", "gpu_memory_gib": "", "mig": "", "arch": "arm64", "efa_interfaces": "0", "rdma": "no"},
    **{
        "local_nvme_gb": "950",
        "local_nvme_disks": "1",
        "max_pods": "110",
        "ephemeral_os_gib": "",
        "zone_ids": "mec1-az1",
    },
    **{"on_demand_usd": "1.5", "on_demand_kind": "observed", "on_demand_source": "a list", "on_demand_date": "2026"},
    **{"spot_usd": "", "spot_kind": "missing", "spot_source": "", "spot_date": ""},
}
GPU = {"gpus": "1", "gpu_model": "L40S", "gpu_memory_gib": "48", "mig": "no"}


def text(*given: Mapping[str, str]) -> list[str]:
    """Returns the text of a file with these rows."""
    return [",".join(given[0]), *(",".join(row.values()) for row in given)]
