"""Digests of upstream images (of the multi-architecture index), with sources. Images without a row are pinned by tag.

To pin another image, read its digest with internet access (`crane digest IMAGE`) and add a row. A copy in your own
registry has the same digest if it contains all architectures: use `crane copy` or `skopeo copy --all`.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Digest:
    """The digest of an image."""

    sha256: str
    source: str
    date: str
    """Date on which `source` was read."""

    def __str__(self) -> str:
        return f"sha256:{self.sha256}"


DIGESTS: Mapping[str, Digest] = {
    "registry.k8s.io/kueue/kueue:v0.17.0": Digest(
        "368d2053ffd9783d4e7e76405d0c7e43917b307050f10b362a71c5890d379df0",
        "kubernetes/k8s.io#9551, registry.k8s.io/images/k8s-staging-kueue/images.yaml",
        "2026-11-24",
    ),
    "registry.k8s.io/jobset/jobset:v0.11.1": Digest(
        "88154814bfd507042c5e7d3ea551c0a214a6d9b319e1fb2c7110532055c0b5c5",
        "kubernetes/k8s.io#9154; kubernetes-sigs/jobset#1170",
        "2026-11-24",
    ),
    "registry.k8s.io/pause:3.10.1": Digest(
        "278fb9dbcca9518083ad1e11276933a2e96f23de604a3a08cc3c80002767d24c",
        "the same in several programs of others that pin it",
        "2026-11-24",
    ),
}
