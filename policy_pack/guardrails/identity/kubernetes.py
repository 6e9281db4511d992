"""Permissions in a Kubernetes cluster: roles, bindings, and service account tokens."""

from collections.abc import Iterator

from ..engine.families import identity_rule
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.kubernetes_objects import ObjectPart, each_object, objects

_ROLES = ("ClusterRole", "Role")
_BINDINGS = ("ClusterRoleBinding", "RoleBinding")

_EVERYBODY = frozenset(
    {"system:anonymous", "system:unauthenticated", "system:authenticated", "system:masters", "system:serviceaccounts"}
)
"""Users and groups that include everyone, or that bypass authorization."""

_RISKY: tuple[tuple[frozenset[str], frozenset[str], str], ...] = (
    (frozenset({"*"}), frozenset({"escalate", "bind", "impersonate", "deletecollection"}), "rights beyond its own"),
    (frozenset({"pods/exec", "pods/attach", "pods/ephemeralcontainers", "pods/portforward", "nodes/proxy"}),
     frozenset({"create", "get"}),
     "command execution in containers of others"),
    (frozenset({"pods"}), frozenset({"create"}), "pods with any account and volume of the namespace"),
    (frozenset({"persistentvolumes"}), frozenset({"create"}), "volumes on directories of the nodes"),
    (frozenset({"endpoints", "endpointslices"}), frozenset({"create", "update", "patch"}),
     "traffic of others (CVE-2021-25740)"),
    (frozenset({"serviceaccounts/token"}), frozenset({"create"}), "tokens of every service account"),
    (frozenset({"certificatesigningrequests/approval", "signers"}), frozenset({"update", "patch", "approve", "sign"}),
     "self-issued identities"),
    (frozenset({"validatingwebhookconfigurations", "mutatingwebhookconfigurations"}),
     frozenset({"create", "update", "patch", "delete"}), "control of admission webhooks"),
)  # fmt: skip
"""(Resources, verbs, what they grant); `*` is any resource. Applies to rules without resource names."""
_WORKLOADS = frozenset({"cronjobs", "daemonsets", "deployments", "jobs", "replicasets", "replicationcontrollers",
                        "statefulsets"})  # fmt: skip
"""Kinds that create pods: normal in one namespace; cluster-wide they grant every service account."""

_GREAT = frozenset({"*", "secrets", "serviceaccounts", "roles", "rolebindings", "clusterroles", "clusterrolebindings"})
"""Resources that must not be aggregated into the default roles."""


def _words(value: Plain) -> frozenset[str]:
    return frozenset(str(item).lower() for item in value) if isinstance(value, list) else frozenset()


def _is_unknown(piece: ObjectPart, *keys: str) -> bool:
    values = [piece.get(key) for key in keys]
    return any(value is UNKNOWN or (isinstance(value, list) and UNKNOWN in value) for value in values)


def _rules(role: ObjectPart) -> Iterator[ObjectPart]:
    yield from role.children("rules")


def _has_any(rule: ObjectPart, key: str) -> bool:
    """Whether a key contains a wildcard, such as `pods/*`; for URLs only `*` itself counts."""
    words = _words(rule.get(key))
    return "*" in words or (key != "nonResourceURLs" and any("*" in word for word in words))


def _wildcards(role: ObjectPart) -> Iterator[Outcome]:
    for rule in _rules(role):
        keys = [key for key in ("verbs", "resources", "apiGroups", "nonResourceURLs") if _has_any(rule, key)]
        if keys:
            yield failed(f"{rule.path_to(keys[0])} has *", rule.path_to(keys[0]))
        elif _is_unknown(rule, "verbs", "resources"):
            yield undetermined(f"{rule.path} is not known before deployment", rule.path)
        else:
            yield passed()


def _names_resources(rule: ObjectPart) -> bool:
    return rule.get("resourceNames") not in (MISSING, [])


def _secrets(role: ObjectPart) -> Iterator[Outcome]:
    for rule in _rules(role):
        reads = _words(rule.get("verbs")) & {"get", "list", "watch", "*"}
        is_secrets = "secrets" in _words(rule.get("resources"))
        if is_secrets and reads and not _names_resources(rule):
            yield failed(f"{rule.path} reads every secret", rule.path)
        else:
            yield passed()


def _rights(role: ObjectPart) -> Iterator[Outcome]:
    for rule in _rules(role):
        resources, verbs = _words(rule.get("resources")), _words(rule.get("verbs"))
        privileges = [
            what
            for risky, acts, what in _RISKY
            if verbs & acts and (resources & risky or "*" in risky) and not _names_resources(rule)
        ]
        if role.get("kind") == "ClusterRole" and resources & _WORKLOADS and "create" in verbs:
            privileges.append("pods with any account and volume, in every namespace")
        yield failed(f"{rule.path} grants {privileges[0]}", rule.path) if privileges else passed()
    for selector in role.child("aggregationRule").children("clusterRoleSelectors"):
        if not any(selector.get(key) not in (MISSING, {}, []) for key in ("matchLabels", "matchExpressions")):
            yield failed(f"{selector.path} aggregates the rules of every role", selector.path)
    labels = role.child("metadata").child("labels")
    is_great = any(_words(rule.get("resources")) & _GREAT for rule in _rules(role))
    for name in ("admin", "edit", "view"):
        if is_great and str(labels.get(f"rbac.authorization.k8s.io/aggregate-to-{name}")).lower() == "true":
            yield failed(f"its rules are aggregated into the default role {name}", labels.path)


def _administrators(binding: ObjectPart) -> Iterator[Outcome]:
    role = binding.child("roleRef")
    if role.get("name") is UNKNOWN:
        yield undetermined(f"{role.path_to('name')} is not known before deployment", role.path_to("name"))
    elif role.get("name") == "cluster-admin":
        yield failed(f"{role.path_to('name')} is cluster-admin", role.path_to("name"))
    else:
        yield passed()


def _subjects(binding: ObjectPart) -> Iterator[Outcome]:
    for subject in binding.children("subjects"):
        name, kind = subject.get("name"), subject.get("kind")
        if str(name) in _EVERYBODY or str(name).startswith("system:serviceaccounts:"):
            yield failed(f"{subject.path_to('name')} is {name}", subject.path_to("name"))
        elif kind == "ServiceAccount" and name == "default":
            yield failed(
                f"{subject.path_to('name')} is the default account of every pod without its own",
                subject.path_to("name"),
            )
        else:
            yield passed()


_ALL = "such a permission gives control of the cluster and of all tenants' data in it"

_LONG_LIVED_TYPE = "kubernetes.io/service-account-token"


def _permanent_token(resource: Resource) -> Iterator[Outcome]:
    for secret in objects(resource, "Secret"):
        is_token = secret.get("type") == _LONG_LIVED_TYPE
        yield failed("its type creates a service account token that does not expire", "type") if is_token else passed()


KUBERNETES_IDENTITY: tuple[Guardrail, ...] = (
    identity_rule(306, Severity.HIGH, "No secret holds a service account token that does not expire",
                  "whoever has read it once can use the account forever",
                  "Use projected tokens in pods, and request a token with an expiry (TokenRequest) elsewhere",
                  predicate=_permanent_token, types=("kubernetes:core/",)),
    identity_rule(301, Severity.CRITICAL, "Nobody is bound to cluster-admin",
                  _ALL,
                  "Bind a role with the rules that are needed; give people access through the cloud's access entries",
                  predicate=each_object(_administrators, *_BINDINGS),
                  types=("kubernetes:rbac.authorization.k8s.io/", "kubernetes:core/v1:List")),
    identity_rule(302, Severity.HIGH, "Kubernetes roles list verbs, resources and API groups",
                  _ALL, "List what is needed instead of *",
                  predicate=each_object(_wildcards, *_ROLES),
                  types=("kubernetes:rbac.authorization.k8s.io/", "kubernetes:core/v1:List")),
    identity_rule(303, Severity.CRITICAL, "Roles are bound to specific users, groups and service accounts",
                  "a permission for everyone includes every intruder",
                  "Bind it to a group of people, or to a service account created for the program",
                  predicate=each_object(_subjects, *_BINDINGS),
                  types=("kubernetes:rbac.authorization.k8s.io/", "kubernetes:core/v1:List")),
    identity_rule(304, Severity.HIGH, "No role can read every secret",
                  _ALL, "List the secrets in resourceNames",
                  predicate=each_object(_secrets, *_ROLES),
                  types=("kubernetes:rbac.authorization.k8s.io/", "kubernetes:core/v1:List")),
    identity_rule(305, Severity.HIGH, "No role allows privilege escalation",
                  _ALL, "Remove the verb or the resource, or list the objects in resourceNames",
                  predicate=each_object(_rights, *_ROLES),
                  types=("kubernetes:rbac.authorization.k8s.io/", "kubernetes:core/v1:List")),
)  # fmt: skip
