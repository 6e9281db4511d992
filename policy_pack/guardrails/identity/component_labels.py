"""Pods of a namespace of the platform that, by their labels, answer for a part of the cluster that they are not.

A Service sends requests to whatever pod of its namespace has the labels that it selects (kubernetes/website 0189ae0
content/en/docs/concepts/services-networking/dns-pod-service.md names `k8s-app=kube-dns` for every kind of DNS; Service,
`selector`). Labels of CoreDNS found as a string in public repositories, those of Argo CD by argoproj/argo-cd 37ee0097
manifests/base (repo-server, redis and dex, whose clients do not compare their certificates by default), and those of
Metrics Server by kubernetes-sigs/metrics-server 009ffa21 manifests/base/deployment.yaml, and of Istio by istio/istio
05dc2c41 manifests/charts/istio-control/istio-discovery/templates/service.yaml; read 2026-12-02.
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import UNKNOWN, Resource
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import ObjectPart, Pod, pods

_KEYS = ("k8s-app", "app.kubernetes.io/name", "app", "istio")
_OF_ARGO = lazy_regex(r"argo-?cd(?:-[\w.-]+)?|.*(?:argo|dex|redis|valkey|dragonfly|haproxy).*")
_PARTS: Mapping[str, tuple[str, re.Pattern[str]]] = {
    **dict.fromkeys(("kube-dns", "coredns"), ("kube-system", lazy_regex(r".*dns.*"))),
    "metrics-server": ("kube-system", lazy_regex(r".*metrics-server.*")),
    **dict.fromkeys(
        ("argocd-repo-server", "argocd-server", "argocd-redis", "argocd-redis-ha-haproxy", "argocd-dex-server",
         "argocd-application-controller", "argocd-applicationset-controller"), ("argocd", _OF_ARGO)),
    **dict.fromkeys(("istiod", "pilot"), ("istio-system", lazy_regex(r".*(?:pilot|istio).*"))),
}  # fmt: skip
"""Value of a label -> the namespace of the Service that selects it, and the names of images of what answers there."""
_NAME = lazy_regex(r"(?:.*/)?(?P<name>[^/:@]+)(?::[^/@]*)?(?:@.*)?")


def check_component_labels(resource: Resource) -> Iterator[Outcome]:
    """Checks that pods with the labels of a part of the cluster have an image with its name."""
    namespace = ObjectPart("", resource.props).child("metadata").get("namespace")
    for pod in pods(resource):
        labels = pod.metadata.child("labels")
        for key in _KEYS:
            part = _PARTS.get(str(labels.get(key)))
            if part is None or part[0] != namespace:
                continue
            path = labels.path_to(key)
            text = f"{path} is {labels.get(key)}, so that this program answers what the cluster asks that one"
            yield passed() if _is_one(pod, part[1]) else failed(text, path)


def _is_one(pod: Pod, names: re.Pattern[str]) -> bool:
    """Returns whether a container has an image with one of the names, or one that is not known here: a patch may state
    labels alone."""
    images = [item.get("image") for item in pod.containers]
    stated = [image for image in images if isinstance(image, str)]
    is_open = UNKNOWN in images or (not stated and pod.spec.is_patch)
    found = (_NAME.fullmatch(image) for image in stated)
    return is_open or any(match and names.fullmatch(match["name"].lower()) for match in found)
