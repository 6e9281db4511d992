"""Networks of Multus that give a pod an interface of its node, past network policies.

Plugins of CNI (containernetworking/plugins 3d27709f, plugins/main: host-device, macvlan, ipvlan and vlan, read on
2026-11-28): host-device moves an interface of the node into the pod; the others put the pod on the network of their
`master`, by default the node's own. Devices that a device plugin hands out, such as adapters for RDMA, are named by the
annotation of the resource.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, UNKNOWN, Plain, from_json, items_of, leaves
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.kubernetes_objects import ObjectPart

_RESOURCE = "k8s.v1.cni.cncf.io/resourceName"
_ON_THE_MASTER = ("macvlan", "ipvlan", "vlan")
_OWN_INTERFACES = ("eth0", "ens3", "ens5", "ens192", "eno1", "bond0")
"""Usual names of the interface with the node's address."""


_NETWORKS = ("k8s.v1.cni.cncf.io/networks", "v1.multus-cni.io/default-network")
"""Annotations of a pod that attach networks (k8snetworkplumbingwg/multus-cni 95a09323, pkg/k8sclient)."""


def check_networks(annotations: ObjectPart, own: Plain) -> Iterator[Outcome]:
    """Checks that pods join networks of their own namespace only. A network of a system's namespace may have the node's
    interfaces, and the owner of the namespace decides for whom it is."""
    for name in _NETWORKS:
        value, path = from_json(annotations.get(name)), annotations.path_to(name)
        if value is UNKNOWN:
            yield undetermined(f"{path} is not known before deployment", path)
            continue
        for namespace in _namespaces(value):
            yield passed() if namespace == own else failed(f"{path} joins a network of the namespace {namespace}", path)


def _namespaces(value: Plain) -> Iterator[str]:
    """Yields the namespaces that a list of networks names, as JSON or as `namespace/name@interface`."""
    if isinstance(value, str):
        yield from (item.strip().partition("/")[0] for item in value.split(",") if "/" in item)
    for item in items_of(value):
        if isinstance(item, dict) and isinstance(item.get("namespace"), str):
            yield str(item["namespace"])


def check_attachment(item: ObjectPart) -> Iterator[Outcome]:
    """Checks the plugins of a NetworkAttachmentDefinition."""
    spec, annotations = item.child("spec"), item.child("metadata").child("annotations")
    path = spec.path_to("config")
    config = from_json(spec.get("config"))
    if config is UNKNOWN:
        yield undetermined(f"{path} is not known before deployment", path)
    plugins = config.get("plugins", [config]) if isinstance(config, dict) else []
    for plugin in items_of(plugins):
        if isinstance(plugin, dict):
            yield _judge_plugin(plugin, path, annotations.get(_RESOURCE))


def _judge_plugin(plugin: dict[str, Plain], path: str, resource: Plain) -> Outcome:
    kind, master = plugin.get("type"), plugin.get("master", MISSING)
    if kind == "host-device" and resource is MISSING:
        return failed(f"{path} moves an interface of the node into the pod", path)
    if kind in _ON_THE_MASTER and (master in (MISSING, "") or master in _OWN_INTERFACES):
        return failed(f"{path} puts the pod on the node's own network", path)
    return passed()


_PATHS = lazy_regex(
    r"(?:^|\.)(?:simpleMacvlanConfig|macvlan|ipvlan|vlanConfig)\.master(?:\[\d{1,3}\])?$", re.IGNORECASE
)
_RAW = lazy_regex(r"(?:^|\.)(?:rawcniconfig|customcni)$", re.IGNORECASE)


def check_operated_network(item: ObjectPart) -> Iterator[Outcome]:
    """Checks networks from which an operator makes attachments: of NVIDIA (Mellanox/network-operator b06827e08,
    api/v1alpha1/macvlannetwork_types.go, read 2026-11-29), OpenShift's cluster
    (openshift/api 2a3d7391 operator/v1/types_network.go, `additionalNetworks`) and Spiderpool (spidernet-io/spiderpool
    a7fbd3b2 pkg/k8s/apis/spiderpool.spidernet.io/v2beta1/spidermultus_types.go; both read 2026-11-29)."""
    spec = item.child("spec")
    if item.get("kind") == "MacvlanNetwork":
        yield _judge_plugin({**spec.data, "type": "macvlan"}, spec.path_to("master"), MISSING)
    for path, _, value in leaves(spec.data, "spec"):
        if _PATHS.search(path):
            yield _judge_plugin({"type": "macvlan", "master": value}, path, MISSING)
        elif _RAW.search(path):
            yield from check_attachment(ObjectPart("", {"spec": {"config": value}}))
