"""KMS keys that exist, such as those of a security account, by their use. Pure."""

from typing import Annotated

from falaj.components.core.validation.args import Input, Spec
from falaj.components.core.validation.text_forms import TextForm

KeyArn = Annotated[
    str,
    TextForm(
        r"^arn:aws:kms:[a-z0-9-]+:[0-9]{12}:key/[0-9a-f-]{36}$|^arn:aws:kms:[a-z0-9-]+:[0-9]{12}:key/mrk-[0-9a-f]{32}$",
        "the ARN of a KMS key",
        "arn:aws:kms:me-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    ),
]
"""The ARN of a KMS key."""


class ExistingKeysSpec(Spec):
    """Customer-managed KMS keys of the site's region that exist. Their policies are the owner's: the key of each use
    must allow what docs/sites.md lists. A key is created for each use that is absent here."""

    disks: Input[KeyArn] | None = None
    """ARN of the key for root disks of nodes and for volumes."""
    secrets: Input[KeyArn] | None = None
    """ARN of the key for Kubernetes secrets. It cannot be changed later: EKS would replace the cluster."""
    vaults: Input[KeyArn] | None = None
    """ARN of the key for all vaults of the site."""
    logs: Input[KeyArn] | None = None
    """ARN of the key for log groups: control plane, flow logs, file systems."""
