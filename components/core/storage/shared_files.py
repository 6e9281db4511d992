"""Shared files of a site, as the workloads of a namespace mount them. Pure."""

CLAIM = "falaj-shared"
"""Name of the PersistentVolumeClaim in each namespace that mounts them, and of their storage class on clouds."""

FOLDER = "/shared"
"""Path in a run's pod at which they are mounted."""

CLAIM_GIB = 1
"""Size that the claim requests, which counts against the namespace's quota. The file system is paid for by the site, so
the claim requests the least."""
