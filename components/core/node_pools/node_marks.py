"""Labels and taints that a stack adds to the nodes of a pool, and the ones that it may not set. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from falaj.components.core.node_pools.profiles import GPU_TAINT, TRAITS, Taint
from falaj.components.core.validation.args import Choice, Spec, default
from falaj.components.core.validation.enums import Profile, TaintEffect
from falaj.components.core.validation.names import LabelKey, LabelValue
from falaj.components.core.validation.problems import Problem

RESERVED_DOMAINS = (
    "falaj",
    # The kubelet refuses labels of these two domains (Kubernetes, NodeRestriction admission).
    "kubernetes.io",
    "k8s.io",
    # EKS, AKS and Karpenter set labels and taints of their own domains and refuse others.
    "eks.amazonaws.com",
    "kubernetes.azure.com",
    "karpenter.sh",
    "karpenter.k8s.aws",
    "karpenter.azure.com",
)
"""Domains, with their subdomains, whose labels and taints the package, Kubernetes or a cloud sets (azure-aks-docs
fb060ab, use-labels.md; Karpenter, well-known labels; 2026-08-21)."""

PACKAGE_KEYS = frozenset(taint.key for taint in (GPU_TAINT, *(item for t in TRAITS.values() for item in t.taints)))
"""Keys of the taints that profiles set."""


class TaintSpec(Spec):
    """A taint of a pool's nodes."""

    key: LabelKey
    """Key of the taint: a name, after an optional domain and `/`."""
    value: LabelValue = ""
    """Value of the taint; empty by default."""
    effect: Choice[TaintEffect] = default(TaintEffect.NO_SCHEDULE)
    """Effect on pods that do not tolerate the taint: `NoSchedule` (default), `PreferNoSchedule` or `NoExecute`."""

    @property
    def taint(self) -> Taint:
        """The taint as the components use it."""
        return Taint(self.key, self.value, self.effect.value)


def mark_problems(
    profile: Profile, labels: Mapping[str, str], taints: Sequence[TaintSpec], shared: Mapping[str, str]
) -> Iterator[Problem]:
    """Yields the problems of a pool's labels and taints. `shared` are the labels that configure its shared GPUs."""
    for key, value in labels.items():
        if is_reserved(key) or key in shared:
            yield Problem(
                f"labels.{key}", value, _ALLOWED, "choose a key of your own domain, such as `example.ae/team`"
            )
    seen: set[tuple[str, str]] = set()
    for index, taint in enumerate(taints):
        if is_reserved(taint.key) or taint.key in PACKAGE_KEYS:
            fix = "choose a key of your own domain, such as `example.ae/team`"
            yield Problem(f"taints.{index}.key", taint.key, _ALLOWED, fix)
        if (taint.key, taint.effect.value) in seen:
            yield Problem(
                f"taints.{index}.key", taint.key, "one taint for each key and effect", "remove one of the two"
            )
        seen.add((taint.key, taint.effect.value))
    if taints and profile is Profile.SYSTEM:
        given = [str(taint.taint) for taint in taints]
        allowed = "none in a pool of profile system: the add-ons of the cluster do not tolerate them"
        yield Problem("taints", given, allowed, "remove them, or add a pool of another profile")


def is_reserved(key: str) -> bool:
    """Returns whether the domain of a key is reserved."""
    domain = key.rpartition("/")[0]
    return any(domain == reserved or domain.endswith(f".{reserved}") for reserved in RESERVED_DOMAINS)


_ALLOWED = "a key that neither the package nor Kubernetes nor the cloud sets"
