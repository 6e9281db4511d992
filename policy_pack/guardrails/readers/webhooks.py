"""Webhooks of admission: those that evaluate objects of others than their own operator, and those that stand in the
namespace of a tenant and are asked about objects of others.

A webhook is narrow if its rules are for kinds of its own operator, or if objects or namespaces opt in by a label
(kubernetes/api 10b39a39 admissionregistration/v1/types.go, namespaceSelector and objectSelector, read 2026-11-29).
Others are a platform's, whose namespaces are known by their names.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, Plain, items_of
from .kubernetes_objects import ObjectPart

_PLATFORM = lazy_regex(
    r".*-(?:system|operator|operators|webhook|webhooks|injector|controller|controllers)"
    r"|cert-manager|datadog|external-secrets|falaj-[a-z-]+|karpenter|keda|knative-(?:serving|eventing)|kserve|kubeflow"
    r"|kyverno|linkerd|monitoring|observability|prometheus|vault|velero"
)
"""Namespaces of operators and of the platform: each is its project's own in manifests or charts of public repositories,
read 2026-11-30."""
_BUILT_IN_GROUPS = lazy_regex(r"|\*|apps|batch|autoscaling|policy|(?:[\w-]+\.)+k8s\.io", re.IGNORECASE)
"""API groups of Kubernetes itself, and every group."""
_GROUPS_OF_RIGHTS = frozenset({
    "", "*", "apps", "batch", "networking.k8s.io", "rbac.authorization.k8s.io", "apiextensions.k8s.io",
    "admissionregistration.k8s.io",
})  # fmt: skip
"""API groups of pods, workloads and of what grants rights in a cluster."""
_OWN_GROUPS = lazy_regex(r".*\.(?:x-k8s|k8s-sigs)\.io")
"""Groups of projects of the Kubernetes community, whose kinds are their own."""
_AUTOMATIC = lazy_regex(
    r"pod-template-hash|controller-revision-hash|job-name|controller-uid|(?:[\w.-]*\.)?kubernetes\.io/.*"
)
"""Labels that Kubernetes or a platform sets on what never opted in."""
_NAMES = "kubernetes.io/metadata.name"


def evaluates_others(webhook: ObjectPart) -> bool:
    """Returns whether a webhook evaluates objects of Kubernetes itself; a patch that names none does not say."""
    groups = [group for rule in webhook.children("rules") for group in items_of(rule.get("apiGroups"))]
    is_named = webhook.get("rules") is not MISSING
    return not _GROUPS_OF_RIGHTS.isdisjoint(map(str, groups)) or (webhook.is_patch and not is_named)


def tenant_of(webhook: ObjectPart) -> str:
    """Returns the namespace of the pod that a webhook asks, if it is none of the platform's; empty otherwise."""
    namespace = webhook.child("clientConfig").child("service").get("namespace")
    return namespace if isinstance(namespace, str) and _PLATFORM.fullmatch(namespace) is None else ""


def is_of_platform(namespace: str) -> bool:
    """Returns whether a namespace is one of operators or of the platform, by its name."""
    return _PLATFORM.fullmatch(namespace) is not None or namespace.startswith("kube-")


def asks_a_tenant(webhook: ObjectPart) -> bool:
    """Returns whether a webhook asks a tenant's pod about objects of other namespaces."""
    namespace = tenant_of(webhook)
    return bool(namespace) and not _is_narrow(webhook, namespace)


def _is_narrow(webhook: ObjectPart, namespace: str) -> bool:
    if webhook.get("rules") is not MISSING:
        groups = [group for rule in webhook.children("rules") for group in items_of(rule.get("apiGroups"))]
        if groups and not any(map(_is_of_others, groups)):
            return True
    selected = [*_terms(webhook.child("namespaceSelector")), *_terms(webhook.child("objectSelector"))]
    return any(
        values == frozenset({namespace}) if key == _NAMES else not _AUTOMATIC.fullmatch(key) for key, values in selected
    )


def _is_of_others(group: Plain) -> bool:
    text = str(group)
    return _BUILT_IN_GROUPS.fullmatch(text) is not None and _OWN_GROUPS.fullmatch(text) is None


def _terms(selector: ObjectPart) -> Iterator[tuple[str, frozenset[str]]]:
    """Yields the labels that a selector asks for, with their values; terms that leave out are none."""
    for key, value in selector.child("matchLabels").data.items():
        yield key, frozenset({str(value)})
    for term in selector.children("matchExpressions"):
        if term.get("operator") in ("In", "Exists"):
            yield str(term.get("key")), frozenset(map(str, items_of(term.get("values"))))
