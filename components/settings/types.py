"""Names in a stack's settings."""

from typing import Annotated

from pydantic import StringConstraints

from falaj.components.core.network.blocks import Block
from falaj.components.core.node_pools.spec import NodePoolName as PoolName
from falaj.components.core.validation.args import Spec as Part
from falaj.components.core.validation.names import TenantName
from falaj.components.core.validation.regions import UaeRegion
from falaj.components.core.validation.tags import CostTags

SiteName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]{1,11}$")]
"""Name of a site: the beginning of the names of what it is made of."""

__all__ = ["Block", "CostTags", "Part", "PoolName", "SiteName", "TenantName", "UaeRegion"]
