"""Namespaces that state which pods they take.

A namespace without a Pod Security level has the default of the cluster, which no plan shows: privileged, unless the
platform configured another one (kubernetes/website 00501bc5 content/en/docs/tasks/configure-pod-container/
enforce-standards-admission-controller.md). So it is reported; published lists ask for a level (kubescape/regolibrary
ce7ef32a controls/C-0193; kyverno/policies b9c4317c psa/add-psa-namespace-reporting; read 2026-12-01).
"""

from collections.abc import Iterator

from ..engine.families import exposure_rule
from ..engine.reading import UNKNOWN, Resource
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import objects
from .reasons import BREAKOUT

_LEVELS = ("pod-security.kubernetes.io/enforce", "pod-security.kubernetes.io/audit", "pod-security.kubernetes.io/warn")
"""Labels of a level. FJ-EXP-325 refuses those that are only recorded alone."""
_SYNCHRONISED = "security.openshift.io/scc.podSecurityLabelSync"
"""Label by which OpenShift writes labels that warn and record, by the rights of the accounts of a namespace, unless it
is `false` (openshift/openshift-docs 0a4cedd3 modules/security-context-constraints-psa-synchronization.adoc and 0b60d86a
security-context-constraints-psa-opting.adoc, read 2026-12-01): which pods it takes, its constraints say."""


def _check_level(resource: Resource) -> Iterator[Outcome]:
    for namespace in objects(resource, "Namespace"):
        labels = namespace.child("metadata").get("labels")
        if namespace.is_patch or UNKNOWN in (labels, namespace.get("metadata")):
            continue
        is_stated = isinstance(labels, dict) and (
            any(key in labels for key in _LEVELS) or str(labels.get(_SYNCHRONISED, "false")).lower() != "false"
        )
        text = "it states no Pod Security level, so that the default of the cluster decides which pods it takes"
        yield passed() if is_stated else failed(text, "metadata.labels")


NAMESPACES: tuple[Guardrail, ...] = (
    exposure_rule(333, Severity.LOW, "Namespaces state a Pod Security level",
                  BREAKOUT, "Set the label pod-security.kubernetes.io/enforce to restricted or baseline",
                  predicate=_check_level, types=("kubernetes:core/v1:Namespace",)),
)  # fmt: skip
