"""Private line between the sites of two clouds, over which vaults are replicated."""

from typing import Annotated

from pydantic import Field

from falaj.components.core.validation.args import Input, Spec
from falaj.components.core.validation.text_forms import TextForm
from falaj.facts.clouds import Cloud
from falaj.facts.regions import uae_regions

_REGIONS = "|".join(sorted(uae_regions(Cloud.AWS)))

_ENDPOINT = (
    rf"^https://bucket\.vpce-[0-9a-f]{{8,17}}-[a-z0-9]+(-({_REGIONS})[a-z])?\.s3\.({_REGIONS})\.vpce\.amazonaws\.com$"
)

S3Endpoint = Annotated[
    str,
    TextForm(
        _ENDPOINT,
        "the URL of an S3 interface endpoint in the UAE, for buckets",
        "https://bucket.vpce-0123456789abcdef0-a1b2c3d4.s3.me-central-1.vpce.amazonaws.com",
    ),
]
"""URL of an S3 interface endpoint in the UAE, for buckets (Amazon S3 User Guide, AWS PrivateLink, endpoint-specific
DNS names)."""


class PrivateLineSpec(Spec):
    """Private line between the two clouds, such as ExpressRoute to Direct Connect."""

    circuit: str = Field(min_length=1, max_length=1000)
    """Identifier of the circuit at its operator, such as the ID of an ExpressRoute circuit."""
    s3_endpoint: Input[S3Endpoint]
    """URL of the S3 interface endpoint at the end of the line, such as
    `https://bucket.vpce-0123456789abcdef0-a1b2c3d4.s3.me-central-1.vpce.amazonaws.com`."""
