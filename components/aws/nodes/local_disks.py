"""Instance store disks: faster than EBS volumes, included in the price, empty at each start. Pure.

The hardware encrypts them with a key that is destroyed when the machine stops; a customer-managed key cannot be used
(EC2 User Guide, instance store volumes).
"""

import base64
from collections.abc import Sequence

from falaj.facts.machines import Machine

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


def have_local_disks(machines: Sequence[Machine]) -> bool:
    """Whether every one of the machines has NVMe disks of its own; one of which that is not known has none."""
    return all(machine.local_nvme_gb for machine in machines)


def user_data(machines: Sequence[Machine]) -> str | None:
    """User data in base64, as a launch template takes it; None for a pool some machine of which has no local disk."""
    if not have_local_disks(machines):
        return None
    return base64.b64encode(NODE_CONFIG.encode()).decode()
