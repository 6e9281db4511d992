"""Instance store disks: faster than EBS volumes, included in the price, empty at each start. Pure."""

import base64
from collections.abc import Sequence

FAMILIES = frozenset(
    {"c5d", "g5", "g6", "g6e", "i3", "i3en", "i4i", "i7i", "m5d", "m6gd", "m7gd", "p5en", "r5d", "r7gd", "x2idn"}
)
"""Families of me-central-1 with NVMe disks in every size (EC2 User Guide, instance store volumes, 2026-11). The
hardware encrypts them with a key that is destroyed when the machine stops; a customer-managed key cannot be used."""

NODE_CONFIG = """\
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="//"

--//
Content-Type: application/node.eks.aws

---
apiVersion: node.eks.aws/v1alpha1
kind: NodeConfig
spec:
  instance:
    localStorage:
      strategy: RAID0

--//--
"""
"""Puts images, logs and ephemeral storage of pods on all local disks as one RAID 0 (nodeadm's API reference,
LocalStorageOptions). EKS adds the part that joins the cluster, which is why the user data is a multi-part document."""


def user_data(machines: Sequence[str]) -> str | None:
    """User data in base64, as a launch template takes it; None unless every machine type has local disks."""
    if not all(name.split(".")[0] in FAMILIES for name in machines):
        return None
    return base64.b64encode(NODE_CONFIG.encode()).decode()
