"""Permissions in a Kubernetes cluster: roles, bindings and service account tokens."""

import re
from collections.abc import Collection, Iterator
from functools import partial

from falaj.facts.predefined_roles import kubernetes_roles

from ..engine.families import identity_rule
from ..engine.kubernetes_lists import expand_list
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Resource
from ..engine.rows import Guardrail, Severity
from ..engine.shared_names import is_mail_of_everybody
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.chart_roles import TYPES_OF_ROLES, each_role
from ..readers.kubernetes_objects import ObjectPart, each_object, objects, pods
from ..readers.shared_namespaces import CONTROLLER_NAMESPACES, DEFAULT_ACCOUNT
from ..readers.texts import read_texts
from .cluster_wide_roles import check_places_of_roles, check_roles_of_others
from .named_rights import controller_role, is_of_components
from .rights_of_others import check_accounts_of_others, check_bound_roles
from .role_rules import check_escalation, has_unknown, lists_resource_names, lowercase_items
from .runner_namespaces import check_rights_of_runners, without_rights_of_runners

_ROLES = ("ClusterRole", "Role")
_BINDINGS = ("ClusterRoleBinding", "RoleBinding")


def _has_wildcard(rule: ObjectPart, key: str) -> bool:
    """Returns whether a key contains a wildcard, such as `pods/*`. For URLs only `*` itself counts."""
    values = lowercase_items(rule.get(key))
    return not values.isdisjoint(("*", "/*")) or (key != "nonResourceURLs" and any("*" in value for value in values))


def _check_wildcards(role: ObjectPart) -> Iterator[Outcome]:
    for rule in role.children("rules"):
        keys = [key for key in ("verbs", "resources", "apiGroups", "nonResourceURLs") if _has_wildcard(rule, key)]
        if keys:
            yield failed(f"{rule.path_to(keys[0])} has *", rule.path_to(keys[0]))
        elif has_unknown(rule, "verbs", "resources", "apiGroups"):
            yield undetermined(f"{rule.path} is not known before deployment", rule.path)
        else:
            yield passed()


def _check_secrets(role: ObjectPart) -> Iterator[Outcome]:
    for rule in role.children("rules"):
        read_verbs = lowercase_items(rule.get("verbs")) & {"get", "list", "watch", "*"}
        is_secrets = "secrets" in lowercase_items(rule.get("resources"))
        if is_secrets and read_verbs and not lists_resource_names(rule):
            scope = " of its namespace" if role.get("kind") == "Role" else ""
            yield failed(f"{rule.path} reads every secret{scope}", rule.path)
        else:
            yield passed()


def _check_secret_access(role: ObjectPart) -> Iterator[Outcome]:
    yield from _check_secrets(without_rights_of_runners(role))


_NAMESPACED_ROLES = frozenset({"admin", "edit"})
"""Broad roles that tenants may have in a namespace of their own."""


def _is_in_own_namespace(binding: ObjectPart) -> bool:
    namespace = binding.child("metadata").get("namespace")
    return not (isinstance(namespace, str) and CONTROLLER_NAMESPACES.fullmatch(namespace))


def _check_role(binding: ObjectPart, *, in_every_namespace: bool) -> Iterator[Outcome]:
    role = binding.child("roleRef")
    name, path = role.get("name"), role.path_to("name")
    broad = kubernetes_roles().get(str(name)) if role.get("kind") != "Role" else None
    if name is UNKNOWN:
        yield undetermined(f"{path} is not known before deployment", path)
    elif broad is None and in_every_namespace and is_of_components(str(name)):
        yield failed(f"{path} is {name}, a role of Kubernetes' own components", path)
    elif broad is None or (name in _NAMESPACED_ROLES and not in_every_namespace and _is_in_own_namespace(binding)):
        yield from check_accounts_of_others(binding) if broad else (passed(),)
    else:
        yield failed(f"{path} is {name}, which grants {broad.grants}", path)


def _check_roles_of_bindings(resource: Resource) -> Iterator[Outcome]:
    for kind in _BINDINGS:
        for binding in objects(resource, kind):
            yield from _check_role(binding, in_every_namespace=kind == "ClusterRoleBinding")
    for item in expand_list(resource):
        yield from _check_accounts_of_pods(item)


def _check_accounts_of_pods(item: Resource) -> Iterator[Outcome]:
    namespace = ObjectPart("", item.props).child("metadata").get("namespace")
    for pod in pods(item) if namespace == "kube-system" else ():
        for key in ("serviceAccountName", "serviceAccount"):
            if role := controller_role(pod.spec.get(key)):
                path = pod.spec.path_to(key)
                yield failed(f"{path} has {role}, which grants {kubernetes_roles()[role].grants}", path)


_OF_KUBERNETES = lazy_regex(r"\*|system:(?!serviceaccount:[^:*]+:[^:*]+$).*")
"""Users and groups of Kubernetes itself, in each of which are many: everyone, administrators, nodes, controllers, or
all accounts of a namespace (kubernetes/apiserver v0.36.3 pkg/authentication/user/user.go, read 2026-11-29)."""
_ANYBODY = lazy_regex(
    r"(?:https://)?(?:accounts\.google\.com|appleid\.apple\.com"
    r"|login\.microsoftonline\.com/(?:common|organizations|consumers|9188040d-6c67-4c5b-b112-36a304b66dad))\b.*",
    re.IGNORECASE,
)
"""Users of issuers at which anybody signs up (the tenant of personal accounts by a copy of Microsoft's
page on domain_hint=consumers, read 2026-11-29)."""


def _is_anybody(user: str) -> bool:
    return _ANYBODY.fullmatch(user) is not None or ("@" in user[1:] and is_mail_of_everybody(user.rpartition("@")[2]))


def _check_subjects(binding: ObjectPart) -> Iterator[Outcome]:
    for subject in binding.children("subjects"):
        name, kind = subject.get("name"), subject.get("kind")
        if _OF_KUBERNETES.fullmatch(str(name)):
            yield failed(f"{subject.path_to('name')} is {name}", subject.path_to("name"))
        elif kind == "User" and _is_anybody(str(name)):
            yield failed(
                f"{subject.path_to('name')} is {name}, of whom no directory knows who it is", subject.path_to("name")
            )
        elif (kind == "ServiceAccount" and name == "default") or DEFAULT_ACCOUNT.fullmatch(str(name)):
            yield failed(
                f"{subject.path_to('name')} is the default account, which every pod without its own uses",
                subject.path_to("name"),
            )
        else:
            yield passed()


_CLUSTER_CONTROL = "such a permission gives control of the cluster and of all tenants' data in it"

_SERVICE_ACCOUNT_TYPE = "kubernetes.io/service-account-token"
_BOOTSTRAP_TYPE = "bootstrap.kubernetes.io/token"


def _check_permanent_tokens(resource: Resource) -> Iterator[Outcome]:
    for secret in objects(resource, "Secret"):
        if secret.get("type") == _SERVICE_ACCOUNT_TYPE:
            yield failed("its type creates a service account token that does not expire", "type")
        elif secret.get("type") == _BOOTSTRAP_TYPE and not _expires(secret):
            yield failed("it is a token with which machines join the cluster, and has no expiration", "type")
        else:
            yield passed()
    for leaf in read_texts(resource).leaves:
        is_custom = not leaf.is_in_text and not resource.type.startswith("kubernetes:core/")
        if is_custom and leaf.key == "type" and leaf.value == _SERVICE_ACCOUNT_TYPE:
            yield failed(f"{leaf.path} creates a service account token that does not expire", leaf.path)


def _expires(secret: ObjectPart) -> bool:
    return any(secret.child(key).get("expiration") is not MISSING for key in ("data", "stringData"))


_SIGNERS = "kubernetes.io/"
"""Beginning of the signers of certificates with which users and machines sign in to the API server, and with which it
calls machines (kubernetes/api 10b39a39 certificates/v1/types.go, read 2026-11-29)."""


def _check_signers(resource: Resource) -> Iterator[Outcome]:
    for request in objects(resource, "CertificateSigningRequest"):
        path = request.child("spec").path_to("signerName")
        is_of_cluster = str(request.child("spec").get("signerName")).startswith(_SIGNERS)
        text = f"{path} makes the holder of the key a user or a machine of the cluster"
        yield failed(text, path) if is_of_cluster else passed()


_CONFINED = (
    "make a namespace for its jobs alone in the same stack, with pod-security.kubernetes.io/enforce restricted or "
    "baseline, a NetworkPolicy that denies all, a Role for service accounts of the stack, and images by digest"
)
"""How the rights of a runner on its own jobs pass."""

KUBERNETES_IDENTITY: tuple[Guardrail, ...] = (
    identity_rule(309, Severity.CRITICAL, "No program requests certificates with which users sign in to the cluster",
                  "the certificate is valid until it expires, and nobody can revoke it",
                  "Give people access through the cloud's access entries or OIDC, and programs a service account",
                  predicate=_check_signers, types=("kubernetes:certificates.k8s.io/",)),
    identity_rule(306, Severity.HIGH, "No secret holds a token that does not expire",
                  "anyone who has read the token once can use it forever",
                  "Use projected tokens in pods, and request a token with an expiry (TokenRequest) elsewhere; set "
                  "expiration in the data of a bootstrap token",
                  predicate=_check_permanent_tokens, types=("kubernetes:",)),
    identity_rule(302, Severity.HIGH, "Kubernetes roles list verbs, resources and API groups",
                  _CLUSTER_CONTROL, "List what is needed instead of *",
                  predicate=each_role(_check_wildcards, *_ROLES), types=TYPES_OF_ROLES),
    identity_rule(303, Severity.CRITICAL, "Roles are bound to specific users, groups and service accounts",
                  "a permission for everyone includes every intruder",
                  "Bind it to a group of people, or to a service account created for the program",
                  predicate=each_object(_check_subjects, *_BINDINGS),
                  types=("kubernetes:rbac.authorization.k8s.io/", "kubernetes:core/v1:List")),
    identity_rule(304, Severity.HIGH, "No role can read every secret",
                  _CLUSTER_CONTROL,
                  "List the secrets in resourceNames with the verb get, or mount them; for a program that lists and "
                  "watches, put what it may read in a namespace of its own, and have the role approved as an exemption"
                  f"; for a runner of pipelines, {_CONFINED}",
                  predicate=each_role(_check_secret_access, *_ROLES),
                  plan_predicate=partial(check_rights_of_runners, check=_check_secrets), types=TYPES_OF_ROLES),
)  # fmt: skip


def role_guardrails(rights: Collection[str], roles: Collection[str]) -> tuple[Guardrail, ...]:
    """Returns the guardrails of who is bound to which role, and of what roles grant. `rights`: those on what others
    have, of controllers by the names of their roles; `roles`: those of other stacks and charts that may be bound for
    every namespace."""

    escalation = partial(check_escalation, listed=rights)

    def escalates(role: ObjectPart) -> Iterator[Outcome]:
        yield from escalation(without_rights_of_runners(role))

    def in_plan(resource: Resource, plan: Plan) -> Iterator[Outcome]:
        yield from check_places_of_roles(resource, plan, listed=rights)
        yield from check_rights_of_runners(resource, plan, escalation)

    def bound(resource: Resource, plan: Plan) -> Iterator[Outcome]:
        yield from check_bound_roles(resource, plan)
        yield from check_roles_of_others(resource, plan, roles)

    return (
        identity_rule(
            301,
            Severity.CRITICAL,
            "Nobody is bound to a powerful default role, except to admin and edit in one namespace, nor to a role of a "
            "controller, nor for every namespace to one that the plan does not have; accounts of other teams only read",
            _CLUSTER_CONTROL,
            "Set role_ref to a role of the plan with the rules that are needed; bind admin and edit in a team's "
            "namespace (RoleBinding), to accounts of this namespace; give people access through the cloud's access "
            "entries; list a role of another stack or chart that may be bound for every namespace under "
            "identity.cluster_roles in enforcement.yaml, with who reads its rules",
            predicate=_check_roles_of_bindings,
            plan_predicate=bound,
            types=("kubernetes:",),
        ),
        identity_rule(
            305,
            Severity.HIGH,
            "No role allows privilege escalation",
            _CLUSTER_CONTROL,
            "Remove the verb or the resource, make it a Role of the program's namespace or bind it by RoleBindings of "
            "the same stack, or list the objects in resourceNames; for a controller whose role its project publishes, "
            "list the right under identity.controller_rights or the preset in enforcement.yaml; what is power in any "
            "namespace, such as commands in pods, needs an exemption in exemptions.yaml; for a runner of pipelines, "
            f"{_CONFINED}",
            predicate=each_role(escalates, *_ROLES),
            plan_predicate=in_plan,
            types=TYPES_OF_ROLES,
        ),
    )
