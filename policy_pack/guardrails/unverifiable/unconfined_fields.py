"""Fields that confine nothing, or switch a protection off, because of another of the same object.

Karpenter: a budget of no nodes without a schedule is always in force (kubernetes-sigs/karpenter 226646810, CRD of
NodePool, disruption.budgets). Fleet sends the login of charts to each repository unless `helmRepoURLRegex` says to
which (rancher/fleet, GitRepoSpec, HelmRepoURLRegex, found as a string). VMAuth serves callers without a name on the
paths of `unauthorizedUserAccessSpec`, and the operator of MinIO has no TLS without certificates of its own or of others
(CRDs of VMAuth and Tenant, datreeio/CRDs-catalog 7b1e26ef). The operator of opstree starts Redis without a password
unless it has a Secret or a list of users (CRD of Redis). Authorino lets an anonymous caller in unless a rule of rights
refuses him (Kuadrant/authorino 58fecc6 docs/features.md and docs/architecture.md). Kong and APISIX skip a plugin that
is off (CRDs of KongPlugin and ApisixRoute); read 2026-11-30.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from ..engine.kubernetes_lists import expand_list, kind_of
from ..engine.reading import MISSING, Resource
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart, is_patch

_NONE = re.compile(r"0+%?")
_REASONS = {"Empty", "Drifted", "Underutilized"}
_EVERY_PATH = re.compile(r"\^?/?(?:\.?[*+])?\$?")
_GUARDS = re.compile(
    r"key-auth(?:-enc)?|jwt(?:-auth|-signer)?|oauth2(?:-introspection)?|openid-connect|(?:basic|hmac|multi|forward|mtls"
    r"|authz)-auth|ldap-auth(?:-advanced)?|wolf-rbac|authz-\w{1,30}|opa|acl|ip-restriction|consumer-restriction|csrf"
    r"|bot-detection|saml(?:-auth)?|vault-auth|cas-auth|header-cert-auth|ace|jwe-decrypt|ua-restriction"
    r"|referer-restriction"
)
"""Plugins that say who is let in (names by Kong/developer.konghq.com bc1cd74 app/_kong_plugins and apache/apisix
f519a0f docs/en/latest/plugins, read 2026-11-30)."""


def _is(value: object, text: str) -> bool:
    return str(value).strip().lower() == text


def _check_budgets(item: ObjectPart) -> Iterator[Outcome]:
    for budget in item.child("spec").child("disruption").children("budgets"):
        reasons = budget.data.get("reasons")
        is_whole = not isinstance(reasons, list) or set(map(str, reasons)) >= _REASONS
        is_always = budget.get("schedule") in (MISSING, "") and is_whole
        if is_always and _NONE.fullmatch(str(budget.get("nodes")).strip()):
            path = budget.path_to("nodes")
            yield failed(f"{path}: no machine is ever given back or renewed; state the schedule of the budget", path)


def _check_logins(item: ObjectPart) -> Iterator[Outcome]:
    spec = item.child("spec")
    has_login = spec.get("helmSecretName") not in (MISSING, "")
    if has_login and spec.get("helmRepoURLRegex") in (MISSING, ""):
        path = spec.path_to("helmSecretName")
        yield failed(f"{path}: each repository of charts gets the login; state helmRepoURLRegex", path)


def _check_callers(item: ObjectPart) -> Iterator[Outcome]:
    spec = item.child("spec")
    opened = spec.child("unauthorizedUserAccessSpec")
    routes = [(route, "paths") for route in opened.children("targetRefs")]
    routes += [(route, "src_paths") for part, key in ((opened, "url_map"), (spec, "unauthorizedAccessConfig"))
               for route in part.children(key)]  # fmt: skip
    for route, key in routes:
        paths = route.data.get(key)
        if not isinstance(paths, list) or any(_EVERY_PATH.fullmatch(str(path)) for path in paths):
            yield failed(f"{route.path}: whoever reaches the proxy reads and writes behind it", route.path)


def _check_store(item: ObjectPart) -> Iterator[Outcome]:
    spec = item.child("spec")
    if _is(spec.get("requestAutoCert"), "false") and not spec.data.get("externalCertSecret"):
        path = spec.path_to("requestAutoCert")
        yield failed(f"{path}: objects and keys cross the network in plain text", path)


def _check_password(item: ObjectPart) -> Iterator[Outcome]:
    spec = item.child("spec")
    settings = spec.child("kubernetesConfig")
    if settings.data and not settings.data.get("redisSecret") and not spec.data.get("acl"):
        path = settings.path_to("redisSecret")
        yield failed(f"{path} must be set: otherwise whoever reaches the server reads and changes every key", path)


def _check_anonymous(item: ObjectPart) -> Iterator[Outcome]:
    spec = item.child("spec")
    for rules in (spec, spec.child("rules"), spec.child("defaults").child("rules"),
                  spec.child("overrides").child("rules")):  # fmt: skip
        ways = rules.child("authentication")
        for name in ways.data if not rules.data.get("authorization") and not spec.data.get("when") else ():
            way = ways.child(name)
            if way.get("anonymous") is not MISSING and not way.data.get("when"):
                yield failed(f"{way.path}: whoever calls is let in, and no rule of rights refuses him", way.path)


def _check_plugin(item: ObjectPart) -> Iterator[Outcome]:
    if _GUARDS.fullmatch(str(item.get("plugin"))) and _is(item.get("disabled"), "true"):
        yield failed(f"disabled: nobody is asked what {item.get('plugin')} asks", "disabled")


def _check_plugins(item: ObjectPart) -> Iterator[Outcome]:
    spec = item.child("spec")
    owners = [spec, *spec.children("http"), *spec.children("stream")]
    for plugin in (plugin for owner in owners for plugin in owner.children("plugins")):
        key = next((key for key in ("enable", "enabled") if _is(plugin.get(key), "false")), "")
        if key and _GUARDS.fullmatch(str(plugin.get("name"))):
            path = plugin.path_to(key)
            yield failed(f"{path}: nobody is asked what {plugin.get('name')} asks", path)


_CHECKS: Mapping[tuple[str, str], Callable[[ObjectPart], Iterator[Outcome]]] = {
    ("karpenter.sh", "NodePool"): _check_budgets,
    ("fleet.cattle.io", "GitRepo"): _check_logins,
    ("operator.victoriametrics.com", "VMAuth"): _check_callers,
    ("minio.min.io", "Tenant"): _check_store,
    **{("redis.redis.opstreelabs.in", kind): _check_password for kind in ("Redis", "RedisCluster",
                                                                          "RedisReplication")},
    ("kuadrant.io", "AuthPolicy"): _check_anonymous,
    ("authorino.kuadrant.io", "AuthConfig"): _check_anonymous,
    ("configuration.konghq.com", "KongPlugin"): _check_plugin,
    ("configuration.konghq.com", "KongClusterPlugin"): _check_plugin,
    **{("apisix.apache.org", kind): _check_plugins for kind in ("ApisixRoute", "ApisixGlobalRule",
                                                                "ApisixPluginConfig")},
}  # fmt: skip
_GROUPS = frozenset(group for group, _ in _CHECKS)


def check_unconfined(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each field that confines nothing as the rest of its object stands."""
    group = resource.type.removeprefix("kubernetes:").partition("/")[0]
    for item in expand_list(resource) if group in _GROUPS and not is_patch(resource) else ():
        if check := _CHECKS.get((group, kind_of(item))):
            yield from check(ObjectPart("", item.props))
