"""Pods that are Istio's own: its control plane and its gateways, which get no second proxy beside them.

Its charts say `sidecar.istio.io/inject: "false"` and `istio.io/dataplane-mode: none` for these (istio/istio 86c9f01f,
manifests/charts/istio-control/istio-discovery/templates/deployment.yaml and gateways/istio-ingress/templates/
deployment.yaml), and `istio.io/dataplane-mode: none` for a gateway whose proxy is injected (gateway/values.yaml and
templates/deployment.yaml); read 2026-11-30.
"""

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource
from ..readers.kubernetes_objects import ObjectPart, pods

_MODE = "istio.io/dataplane-mode"
_INJECT = "sidecar.istio.io/inject"
_OWN = lazy_regex(r"(?:[\w.:/-]{1,300}/)?(?P<name>pilot|proxyv2)(?:[:@][\w.:@-]{1,200})?")
_PROGRAMS = {"pilot": "discovery", "proxyv2": "proxy"}
"""Image of a part of Istio -> its first argument."""
_INJECTED, _PROXY = "auto", "istio-proxy"
"""Image and name of the container of a gateway that the injection completes."""


def paths_of_istio(resource: Resource) -> frozenset[str]:
    """Returns the paths, without indices, by which pods that are all Istio's own stay outside of the mesh."""
    found = pods(resource)
    if not found or not all(_containers(pod.spec) for pod in found):
        return frozenset()
    containers = [item for pod in found for item in _containers(pod.spec)]
    if all(map(_is_own, containers)):
        names = (_INJECT, _MODE)
    elif all(item.get("image") == _INJECTED and item.get("name") == _PROXY for item in containers):
        names = (_MODE,)
    else:
        return frozenset()
    return frozenset(f"spec.template.metadata.{kind}.{name}" for kind in ("labels", "annotations") for name in names)


def _containers(pod: ObjectPart) -> list[ObjectPart]:
    return [item for kind in ("containers", "initContainers") for item in pod.children(kind)]


def _is_own(container: ObjectPart) -> bool:
    image, arguments = _OWN.fullmatch(str(container.get("image"))), container.get("args")
    first = arguments[0] if isinstance(arguments, list) and arguments else None
    return image is not None and first == _PROGRAMS[image["name"]] and not isinstance(container.get("command"), list)
