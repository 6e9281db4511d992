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
"""Combines all local disks into a RAID 0 array for images, logs and ephemeral storage of pods (nodeadm's API reference,
LocalStorageOptions). EKS adds the part that joins the node to the cluster, which is why the user data is a multipart
document."""


def have_local_disks(machines: Sequence[Machine]) -> bool:
    """Returns whether every machine has local NVMe disks. A machine whose disks are unknown counts as having none."""
    return all(machine.local_nvme_gb for machine in machines)


def user_data(machines: Sequence[Machine]) -> str | None:
    """Returns the user data of a launch template, base64-encoded; None if a machine of the pool has no local disks."""
    if not have_local_disks(machines):
        return None
    return base64.b64encode(NODE_CONFIG.encode()).decode()
