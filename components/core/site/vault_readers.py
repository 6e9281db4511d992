"""People and networks outside a site that may access its confined vaults on AWS."""

from collections.abc import Iterator, Sequence
from typing import Annotated

from pydantic import Field

from falaj.components.core.network.blocks import PublicBlock
from falaj.components.core.site.administrators import RoleArn
from falaj.components.core.validation.args import Accepts, Input, Spec, default
from falaj.components.core.validation.problems import Problem
from falaj.components.core.validation.text_forms import TextForm

S3EndpointId = Annotated[str, TextForm("^vpce-[0-9a-f]{8,17}$", "the ID of a VPC endpoint", "vpce-0a1b2c3d4e5f60718")]


class VaultReaders(Spec):
    """IAM roles that may access the objects of a confined vault from networks of their own, beside the site's. Their
    IAM policies decide whether they read or write."""

    roles: Annotated[Sequence[Input[RoleArn]], Field(min_length=1)]
    """ARNs of IAM roles of the site's account, such as the role that a landing zone or people of a team assume."""
    endpoints: Sequence[Input[S3EndpointId]] = ()
    """IDs of the S3 endpoints of their networks, such as that of a landing zone. Default: none."""
    addresses: Accepts[Sequence[Input[PublicBlock]], Sequence[Input[PublicBlock | str]]] = default(())
    """Public IP addresses that they come from, such as those of an office: blocks of /24 or smaller. Default: none."""

    def _problems(self) -> Iterator[Problem]:
        if not self.endpoints and not self.addresses:
            yield Problem.missing("endpoints", "no `addresses` are given", "give one of the two")
