"""Who may do what in a Kubernetes cluster: roles, and whom they are bound to."""

from collections.abc import Callable, Iterator

from ..engine.families import identity_rule
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.rows import Guardrail, Predicate, Severity
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.kubernetes_objects import Piece, objects

_ROLES = ("ClusterRole", "Role")
_BINDINGS = ("ClusterRoleBinding", "RoleBinding")

_EVERYBODY = frozenset(
    {"system:anonymous", "system:unauthenticated", "system:authenticated", "system:masters", "system:serviceaccounts"}
)
"""Users and groups that are whoever comes, or that no rule holds."""

_RISKY: tuple[tuple[frozenset[str], frozenset[str], str], ...] = (
    (frozenset({"*"}), frozenset({"escalate", "bind", "impersonate", "deletecollection"}), "rights beyond its own"),
    (frozenset({"pods/exec", "pods/attach", "pods/ephemeralcontainers", "pods/portforward", "nodes/proxy"}),
     frozenset({"create", "get"}),
     "commands in others' containers"),
    (frozenset({"pods"}), frozenset({"create"}), "pods with any account and volume of the namespace"),
    (frozenset({"persistentvolumes"}), frozenset({"create"}), "volumes of the machines' own folders"),
    (frozenset({"endpoints", "endpointslices"}), frozenset({"create", "update", "patch"}),
     "the traffic of others (CVE-2021-25740)"),
    (frozenset({"serviceaccounts/token"}), frozenset({"create"}), "tokens of every service account"),
    (frozenset({"certificatesigningrequests/approval", "signers"}), frozenset({"update", "patch", "approve", "sign"}),
     "identities of its own making"),
    (frozenset({"validatingwebhookconfigurations", "mutatingwebhookconfigurations"}),
     frozenset({"create", "update", "patch", "delete"}), "the cluster's own checks"),
)  # fmt: skip
"""Resources (`*`: any), verbs, and what they give; without resource names they give it everywhere."""
_WORKLOADS = frozenset({"cronjobs", "daemonsets", "deployments", "jobs", "replicasets", "replicationcontrollers",
                        "statefulsets"})  # fmt: skip
"""What makes pods: in one namespace a team's daily work, in all of them the right to every account there is."""

_GREAT = frozenset({"*", "secrets", "serviceaccounts", "roles", "rolebindings", "clusterroles", "clusterrolebindings"})
"""Resources whose rights are not to be added to a role that others have already."""


def _words(value: Plain) -> frozenset[str]:
    return frozenset(str(item).lower() for item in value) if isinstance(value, list) else frozenset()


def _is_unknown(piece: Piece, *keys: str) -> bool:
    values = [piece.get(key) for key in keys]
    return any(value is UNKNOWN or (isinstance(value, list) and UNKNOWN in value) for value in values)


def _rules(role: Piece) -> Iterator[Piece]:
    yield from role.each("rules")


def _has_any(rule: Piece, key: str) -> bool:
    """`*`, also as a part: `pods/*`. Of URLs only the whole, because `/metrics/*` names one."""
    words = _words(rule.get(key))
    return "*" in words or (key != "nonResourceURLs" and any("*" in word for word in words))


def _wildcards(role: Piece) -> Iterator[Outcome]:
    for rule in _rules(role):
        found = [key for key in ("verbs", "resources", "apiGroups", "nonResourceURLs") if _has_any(rule, key)]
        if found:
            yield failed(f"{rule.at(found[0])} has *", rule.at(found[0]))
        elif _is_unknown(rule, "verbs", "resources"):
            yield undetermined(f"{rule.path} is not known before deployment", rule.path)
        else:
            yield passed()


def _names_resources(rule: Piece) -> bool:
    return rule.get("resourceNames") not in (MISSING, [])


def _secrets(role: Piece) -> Iterator[Outcome]:
    for rule in _rules(role):
        reads = _words(rule.get("verbs")) & {"get", "list", "watch", "*"}
        is_secrets = "secrets" in _words(rule.get("resources"))
        if is_secrets and reads and not _names_resources(rule):
            yield failed(f"{rule.path} reads every secret there is", rule.path)
        else:
            yield passed()


def _rights(role: Piece) -> Iterator[Outcome]:
    for rule in _rules(role):
        resources, verbs = _words(rule.get("resources")), _words(rule.get("verbs"))
        given = [
            what
            for risky, acts, what in _RISKY
            if verbs & acts and (resources & risky or "*" in risky) and not _names_resources(rule)
        ]
        if role.get("kind") == "ClusterRole" and resources & _WORKLOADS and "create" in verbs:
            given.append("pods with any account and volume, in every namespace")
        yield failed(f"{rule.path} gives {given[0]}", rule.path) if given else passed()
    for selector in role.below("aggregationRule").each("clusterRoleSelectors"):
        if not any(selector.get(key) not in (MISSING, {}, []) for key in ("matchLabels", "matchExpressions")):
            yield failed(f"{selector.path} adds the rules of every role", selector.path)
    labels = role.below("metadata").below("labels")
    is_great = any(_words(rule.get("resources")) & _GREAT for rule in _rules(role))
    for name in ("admin", "edit", "view"):
        if is_great and str(labels.get(f"rbac.authorization.k8s.io/aggregate-to-{name}")).lower() == "true":
            yield failed(f"its rules are added to the role {name} of everybody who has that", labels.path)


def _administrators(binding: Piece) -> Iterator[Outcome]:
    role = binding.below("roleRef")
    if role.get("name") is UNKNOWN:
        yield undetermined(f"{role.at('name')} is not known before deployment", role.at("name"))
    elif role.get("name") == "cluster-admin":
        yield failed(f"{role.at('name')} is cluster-admin", role.at("name"))
    else:
        yield passed()


def _subjects(binding: Piece) -> Iterator[Outcome]:
    for subject in binding.each("subjects"):
        name, kind = subject.get("name"), subject.get("kind")
        if str(name) in _EVERYBODY or str(name).startswith("system:serviceaccounts:"):
            yield failed(f"{subject.at('name')} is {name}", subject.at("name"))
        elif kind == "ServiceAccount" and name == "default":
            yield failed(f"{subject.at('name')} is the account that every pod without one has", subject.at("name"))
        else:
            yield passed()


def _judge(check: Callable[[Piece], Iterator[Outcome]], *kinds: str) -> Predicate:
    def predicate(resource: Resource) -> Iterator[Outcome]:
        for item in objects(resource, *kinds):
            yield from check(item)

    return predicate


_ALL = "who has such a right has the cluster, and everybody's data in it"

_LASTING_TYPE = "kubernetes.io/service-account-token"


def _lasting(resource: Resource) -> Iterator[Outcome]:
    for secret in objects(resource, "Secret"):
        is_token = secret.get("type") == _LASTING_TYPE
        yield failed("its type makes a token of a service account that does not end", "type") if is_token else passed()


KUBERNETES_IDENTITY: tuple[Guardrail, ...] = (
    identity_rule(306, Severity.HIGH, "No secret is a token of a service account that does not end",
                  "whoever has read it once has the account for good",
                  "Let pods have projected tokens, and ask for one with an end (TokenRequest) elsewhere",
                  predicate=_lasting, about=("kubernetes:core/",)),
    identity_rule(301, Severity.CRITICAL, "Nobody is bound to cluster-admin",
                  _ALL,
                  "Bind a role with the rules that are needed; people come through the cloud's own access entries",
                  predicate=_judge(_administrators, *_BINDINGS),
                  about=("kubernetes:rbac.authorization.k8s.io/", "kubernetes:core/v1:List")),
    identity_rule(302, Severity.HIGH, "Kubernetes roles name verbs, resources and groups",
                  _ALL, "Write out what is needed instead of *",
                  predicate=_judge(_wildcards, *_ROLES),
                  about=("kubernetes:rbac.authorization.k8s.io/", "kubernetes:core/v1:List")),
    identity_rule(303, Severity.CRITICAL, "Roles are bound to named users, groups and service accounts",
                  "a right of everybody is a right of whoever comes",
                  "Bind it to a group of people, or to a service account made for the program",
                  predicate=_judge(_subjects, *_BINDINGS),
                  about=("kubernetes:rbac.authorization.k8s.io/", "kubernetes:core/v1:List")),
    identity_rule(304, Severity.HIGH, "No role reads every secret",
                  _ALL, "Name the secrets with resourceNames",
                  predicate=_judge(_secrets, *_ROLES),
                  about=("kubernetes:rbac.authorization.k8s.io/", "kubernetes:core/v1:List")),
    identity_rule(305, Severity.HIGH, "No role gives rights that lead to all others",
                  _ALL, "Remove the verb or the resource, or name with resourceNames what it is meant for",
                  predicate=_judge(_rights, *_ROLES),
                  about=("kubernetes:rbac.authorization.k8s.io/", "kubernetes:core/v1:List")),
)  # fmt: skip
