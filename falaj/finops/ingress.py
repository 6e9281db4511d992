"""Ingresses for which a controller of the cloud starts a load balancer, and the others that may have one.

The class of an Ingress names its controller: through the plan's IngressClass of that name, or as the class that a
controller brings. Without a class the cluster's default takes it (networking.k8s.io/v1, IngressClass; 2026-11-27).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from falaj.facts.clouds import CLOUDS, IngressController
from falaj.finops.plan import Planned
from falaj.finops.properties import get_dict, get_str

INGRESS = "kubernetes:networking.k8s.io/v1:Ingress"
_CLASS = "kubernetes:networking.k8s.io/v1:IngressClass"
_CLASS_ANNOTATION, _DEFAULT = "kubernetes.io/ingress.class", "ingressclass.kubernetes.io/is-default-class"
_PARAMETERS = "IngressClassParams"

_CONTROLLERS = {each.name: each for entry in CLOUDS.values() for each in entry.ingress_controllers}
_INSTALLED = {name: each for each in _CONTROLLERS.values() for name in each.classes}
_IN_CLUSTER = frozenset(("nginx", "traefik", "istio", "haproxy", "kong"))
"""Classes whose controllers run in the cluster, behind a Service that has the load balancer."""

Site = Callable[[Planned], str]


@dataclass(frozen=True, slots=True)
class IngressGroup:
    """The Ingresses that share one load balancer, and the parameters of their class."""

    controller: IngressController
    members: tuple[Planned, ...]
    parameters: Mapping[str, Any]

    def annotations(self, key: str) -> Iterable[str]:
        """Yields the values of an annotation of the Ingresses."""
        return (value for item in self.members if (value := _annotation(item, key)))


@dataclass(frozen=True, slots=True)
class _Class:
    controller: IngressController | None
    parameters: Mapping[str, Any]


def ingress_groups(resources: Sequence[Planned], site: Site) -> Mapping[str, IngressGroup]:
    """Returns the groups of Ingresses with a load balancer by the URN of the first of each."""
    classes = _classes(resources, site)
    members: dict[tuple[str, ...], list[Planned]] = defaultdict(list)
    found: dict[tuple[str, ...], _Class] = {}
    for item in _ingresses(resources):
        of_class = _class_of(item, site(item), classes)
        if of_class is not None and (controller := of_class.controller) is not None:
            key = site(item), controller.name, _group(item, controller, of_class.parameters)
            members[key].append(item)
            found.setdefault(key, of_class)
    return {
        items[0].urn: IngressGroup(controller, tuple(items), found[key].parameters)
        for key, items in members.items()
        if (controller := found[key].controller) is not None
    }


def unknown_classes(resources: Sequence[Planned], site: Site) -> Iterator[str]:
    """Yields a sentence for each Ingress whose class the plan does not have, so that its controller is not known."""
    classes = _classes(resources, site)
    for item in _ingresses(resources):
        name = _class_name(item)
        if name and name not in _IN_CLUSTER and _class_of(item, site(item), classes) is None:
            yield (
                f"site {site(item) or '(unknown)'}: the plan has no IngressClass {name} of Ingress "
                f"{get_str(item.props, 'metadata', 'name', default=item.name)}: a load balancer that its controller "
                "starts is not in the estimate"
            )


def _ingresses(resources: Iterable[Planned]) -> Iterable[Planned]:
    return (item for item in resources if item.type == INGRESS)


def _classes(resources: Iterable[Planned], site: Site) -> Mapping[tuple[str, str], _Class]:
    """Returns the classes of the plan by site and name; the name of the default class is empty."""
    parameters = {
        (site(item), get_str(item.props, "metadata", "name")): get_dict(item.props, "spec")
        for item in resources
        if item.type.endswith(f":{_PARAMETERS}")
    }
    result: dict[tuple[str, str], _Class] = {}
    for item in resources:
        if item.type == _CLASS:
            controller = _CONTROLLERS.get(get_str(item.props, "spec", "controller"))
            stated = parameters.get((site(item), get_str(item.props, "spec", "parameters", "name")), {})
            names = [get_str(item.props, "metadata", "name", default=item.name)]
            names += [""] if _annotation(item, _DEFAULT) == "true" else []
            result |= {(site(item), name): _Class(controller, stated) for name in names}
    return result


def _class_of(item: Planned, site: str, classes: Mapping[tuple[str, str], _Class]) -> _Class | None:
    name = _class_name(item)
    installed = _Class(_INSTALLED[name], {}) if name in _INSTALLED else None
    return classes.get((site, name), installed)


def _class_name(item: Planned) -> str:
    return get_str(item.props, "spec", "ingressClassName") or _annotation(item, _CLASS_ANNOTATION)


def _group(item: Planned, controller: IngressController, parameters: Mapping[str, Any]) -> str:
    """Returns what is the same for all Ingresses that share a load balancer of a controller in a site."""
    if not controller.group:
        return ""
    return get_str(parameters, "group", "name") or _annotation(item, controller.group) or item.urn


def _annotation(item: Planned, key: str) -> str:
    return get_str(item.props, "metadata", "annotations", key)
