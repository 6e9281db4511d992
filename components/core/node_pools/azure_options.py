"""Options of node pools on Azure."""

from typing import Annotated

from pydantic import AfterValidator, Field

from falaj.components.core.node_pools.cloud_options import CloudPoolOptions
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.text_forms import TextForm


def _five_decimals(price: float) -> float:
    if round(price, 5) != price:
        raise refusal("USD with up to 5 decimals", "round it")
    return price


GpuPartition = Annotated[str, TextForm(r"^MIG[12347]g$", "MIG1g, MIG2g, MIG3g, MIG4g or MIG7g", "MIG1g")]
"""Name of a MIG profile in AKS, such as `MIG1g`."""

SpotPrice = Annotated[float, Field(gt=0), AfterValidator(_five_decimals)]
"""Price in USD per hour, with up to five decimals (AKS, spot node pools)."""


class AzurePoolOptions(CloudPoolOptions):
    """Node pool options on Azure."""

    gpu_partition: GpuPartition | None = None
    """MIG profile that each GPU is partitioned into, such as `MIG1g` (A100, H100 and H200 only). Cannot be changed
    after
    the pool is created."""
    deallocate: bool = False
    """Whether idle nodes are deallocated instead of deleted. Deallocated nodes start faster, but their disks are still
    charged. Not allowed for spot, whose deallocated nodes may never start again."""
    spot_max_usd: SpotPrice | None = None
    """Maximum price in USD per hour, above which spot nodes are evicted; if absent, they are never evicted for their
    price. Cannot be changed after the pool is created."""
