"""Networks of Multus that give a pod an interface of its node, past network policies.

Plugins of CNI (containernetworking/plugins: host-device, macvlan, ipvlan, vlan; as known, not read): host-device moves
an interface of the node into the pod; the others put the pod on the network of their `master`, by default the node's
own. Devices that a device plugin hands out, such as adapters for RDMA, are named by the annotation of the resource.
"""

from collections.abc import Iterator

from ..engine.reading import MISSING, UNKNOWN, Plain, from_json
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.kubernetes_objects import ObjectPart

_RESOURCE = "k8s.v1.cni.cncf.io/resourceName"
_ON_THE_MASTER = ("macvlan", "ipvlan", "vlan")
_OWN_INTERFACES = ("eth0", "ens3", "ens5", "ens192", "eno1", "bond0")
"""Usual names of the interface with the node's address."""


def check_attachment(item: ObjectPart) -> Iterator[Outcome]:
    """Checks the plugins of a NetworkAttachmentDefinition."""
    spec, annotations = item.child("spec"), item.child("metadata").child("annotations")
    path = spec.path_to("config")
    config = from_json(spec.get("config"))
    if config is UNKNOWN:
        yield undetermined(f"{path} is not known before deployment", path)
    plugins = config.get("plugins", [config]) if isinstance(config, dict) else []
    for plugin in plugins if isinstance(plugins, list) else []:
        if isinstance(plugin, dict):
            yield _judge_plugin(plugin, path, annotations.get(_RESOURCE))


def _judge_plugin(plugin: dict[str, Plain], path: str, resource: Plain) -> Outcome:
    kind, master = plugin.get("type"), plugin.get("master", MISSING)
    if kind == "host-device" and resource is MISSING:
        return failed(f"{path} moves an interface of the node into the pod", path)
    if kind in _ON_THE_MASTER and (master in (MISSING, "") or master in _OWN_INTERFACES):
        return failed(f"{path} puts the pod on the node's own network", path)
    return passed()
