"""Breaking mutations that no row of the pack implies: insecure pods, policies, network rules and address lists."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

from pulumi.runtime.proto import analyzer_pb2 as proto

from .harness import secret
from .mutations import Mutant, Props, props_of, replaced, with_props

Change = Callable[[Props], None]


def _secure(key: str, value: object) -> Change:
    def change(container: Props) -> None:
        container["securityContext"] = {**container.get("securityContext", {}), key: value}

    return change


def _capability(container: Props) -> None:
    context = container.setdefault("securityContext", {})
    context["capabilities"] = {**context.get("capabilities", {}), "add": ["SYS_ADMIN"]}


def _set(key: str, value: object) -> Change:
    return lambda target: target.update({key: value})


def _append(key: str, item: object) -> Change:
    return lambda target: target.update({key: [*target.get(key, []), item]})


CONTAINER: dict[str, tuple[Change, set[str]]] = {
    "privileged": (_secure("privileged", True), {"FJ-EXP-301"}),
    "root": (_secure("runAsUser", 0), {"FJ-EXP-307"}),
    "escalation": (_secure("allowPrivilegeEscalation", True), {"FJ-EXP-308"}),
    "writable": (_secure("readOnlyRootFilesystem", False), {"FJ-EXP-309"}),
    "unconfined": (_secure("seccompProfile", {"type": "Unconfined"}), {"FJ-EXP-310"}),
    "capability": (_capability, {"FJ-EXP-305"}),
    "latest": (_set("image", "registry.example.ae/app:latest"), {"FJ-EXP-312"}),
    "unnamed version": (_set("image", "registry.example.ae:5000/app"), {"FJ-EXP-312"}),
    "host port": (_append("ports", {"containerPort": 8080, "hostPort": 8080}), {"FJ-EXP-303", "FJ-RSL-303"}),
    "password": (_append("env", {"name": "DB_PASSWORD", "value": "hunter2-hunter2"}), {"FJ-EXP-315"}),
    "unlimited": (_set("resources", {}), {"FJ-EXP-313", "FJ-EXP-316"}),
}
"""Label -> (change to one container, rules that reject it)."""

POD: dict[str, tuple[Change, set[str]]] = {
    "host network": (_set("hostNetwork", True), {"FJ-EXP-302"}),
    "host processes": (_set("hostPID", True), {"FJ-EXP-302"}),
    "host memory": (_set("hostIPC", True), {"FJ-EXP-302"}),
    "host folder": (_append("volumes", {"name": "root", "hostPath": {"path": "/"}}), {"FJ-EXP-304"}),
    "latest model": (
        _append("volumes", {"name": "latest", "image": {"reference": "registry.example.ae/models/helpdesk:latest"}}),
        {"FJ-EXP-312"},
    ),
    "docker socket": (
        _append("volumes", {"name": "docker", "hostPath": {"path": "/var/run/docker.sock"}}),
        {"FJ-EXP-304"},
    ),
}
"""Label -> (change to a pod spec, rules that reject it)."""


def _pod_specs(value: Any, path: str = "") -> Iterator[tuple[str, Props]]:
    """Yields (path, spec) of everything that has containers."""
    if isinstance(value, dict):
        if isinstance(value.get("containers"), list) and value["containers"]:
            yield path, value
            return
        for key, item in value.items():
            if key.isalnum():
                yield from _pod_specs(item, f"{path}.{key}" if path else key)


def by_pods(request: proto.AnalyzeRequest) -> Iterator[Mutant]:
    """Yields mutants of each pod of a workload: a changed container, an added init container, a changed pod spec."""
    if not request.type.startswith("kubernetes:") or request.type.startswith("kubernetes:helm.sh/"):
        return
    props = props_of(request)
    for path, pod in _pod_specs(props):
        for label, (change, rules) in CONTAINER.items():
            for key, broken in _changed_containers(pod, change):
                yield _mutant(request, props, f"{path}.{key}", broken, label, rules)
        for label, (change, rules) in POD.items():
            broken = copy.deepcopy(pod)
            change(broken)
            for key in ("volumes", *(key for key in broken if key.startswith("host"))):
                if broken.get(key) != pod.get(key):
                    yield _mutant(request, props, f"{path}.{key}", broken[key], label, rules)


def _changed_containers(pod: Props, change: Change) -> Iterator[tuple[str, Any]]:
    """Yields the containers with the last one changed, and the init containers with a changed copy of it added."""
    containers = copy.deepcopy(pod["containers"])
    init_container = copy.deepcopy(containers[-1])
    change(containers[-1])
    yield "containers", containers
    init_container["name"] = "first"
    change(init_container)
    yield "initContainers", [*copy.deepcopy(pod.get("initContainers") or []), init_container]


def _mutant(
    request: proto.AnalyzeRequest, props: Props, path: str, value: object, label: str, rules: set[str]
) -> Mutant:
    return Mutant(f"{path} {label}", with_props(request, replaced(props, path, value)), frozenset(rules))


PUBLIC_STATEMENT = {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}
ADMIN_STATEMENT = {"Effect": "Allow", "Action": "*", "Resource": "*"}
_PUBLIC_RULES = {"FJ-EXP-112", "FJ-IDN-111", "FJ-ENC-406"}
RESOURCE_POLICIES = {
    "aws:s3/bucketPolicy:BucketPolicy": "policy",
    "aws:sqs/queuePolicy:QueuePolicy": "policy",
    "aws:sns/topicPolicy:TopicPolicy": "policy",
    "aws:ecr/repositoryPolicy:RepositoryPolicy": "policy",
    "aws:kms/key:Key": "policy",
}
IDENTITY_POLICIES = {
    "aws:iam/policy:Policy": "policy",
    "aws:iam/rolePolicy:RolePolicy": "policy",
}
_ADMIN_RULES = {"FJ-IDN-101", "FJ-IDN-102", "FJ-IDN-103", "FJ-IDN-104"}


def by_policies(request: proto.AnalyzeRequest) -> Iterator[Mutant]:
    """Yields mutants with a public or an administrator statement, in each form that a policy document may take."""
    for table, statement, rules in (
        (RESOURCE_POLICIES, PUBLIC_STATEMENT, _PUBLIC_RULES),
        (IDENTITY_POLICIES, ADMIN_STATEMENT, _ADMIN_RULES),
    ):
        if request.type not in table:
            continue
        props = props_of(request)
        for label, document in _documents(statement):
            yield _mutant(request, props, table[request.type], document, label, rules)


def _documents(statement: dict[str, str]) -> Iterator[tuple[str, object]]:
    listed = {"Version": "2012-10-17", "Statement": [statement]}
    single = {"Version": "2012-10-17", "Statement": statement}
    in_lists: dict[str, object] = {**statement, "Action": [statement["Action"]], "Resource": [statement["Resource"]]}
    if "Principal" in statement:
        in_lists["Principal"] = {"AWS": ["*"]}
    yield "as text", json.dumps(listed)
    yield "as text with one statement", json.dumps(single)
    yield "as object", listed
    yield "as object with one statement", single
    yield "in lists", json.dumps({"Statement": [in_lists]})
    yield "as secret text", secret(json.dumps(listed))


ANY_ADDRESS = ("0.0.0.0/0", "::/0", "0.0.0.0/1")
INGRESS = {
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ("cidrIpv4", "cidrIpv6"),
    "aws:ec2/securityGroupRule:SecurityGroupRule": ("cidrBlocks", "ipv6CidrBlocks"),
}
_OPEN_RULES = {"FJ-EXP-101", "FJ-EXP-102"}


def by_addresses(request: proto.AnalyzeRequest) -> Iterator[Mutant]:
    """Yields mutants with network rules that allow every source address, in several spellings."""
    props = props_of(request)
    if request.type == "aws:ec2/securityGroup:SecurityGroup":
        for address in ANY_ADDRESS:
            key = "ipv6CidrBlocks" if ":" in address else "cidrBlocks"
            rule = {"protocol": "tcp", "fromPort": 22, "toPort": 22, key: [address]}
            yield _mutant(request, props, "ingress", [rule], address, _OPEN_RULES)
    elif request.type in INGRESS and props.get("type", "ingress") == "ingress":
        version4, version6 = INGRESS[request.type]
        for address in ANY_ADDRESS:
            key = version6 if ":" in address else version4
            yield _mutant(request, props, key, [address] if key.endswith("Blocks") else address, address, _OPEN_RULES)
    elif request.type == "azure-native:network:NetworkSecurityGroup":
        for address in (*ANY_ADDRESS, "*", "Internet", "any"):
            rule = {
                "name": "open", "access": "Allow", "direction": "Inbound", "priority": 100, "protocol": "Tcp",
                "sourceAddressPrefix": address, "sourcePortRange": "*", "destinationAddressPrefix": "*",
                "destinationPortRange": "22",
            }  # fmt: skip
            yield _mutant(request, props, "securityRules", [rule], address, _OPEN_RULES)
