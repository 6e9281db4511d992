"""Fields that confine nothing, or switch a protection off, because of another of the same object.

Karpenter: a budget of no nodes without a schedule is always in force (kubernetes-sigs/karpenter 226646810, CRD of
NodePool, disruption.budgets). Fleet sends the login of charts to each repository unless `helmRepoURLRegex` says to
which (rancher/fleet, GitRepoSpec, HelmRepoURLRegex, found as a string). VMAuth serves callers without a name on the
paths of `unauthorizedUserAccessSpec`, and the operator of MinIO has no TLS without certificates of its own or of others
(CRDs of VMAuth and Tenant, datreeio/CRDs-catalog 7b1e26ef). The operator of opstree starts Redis without a password
unless it has a Secret or a list of users (CRD of Redis). The operator of Jaeger has an ingress, and no sign-in for it,
unless the platform is OpenShift or the object says so (jaegertracing/jaeger-operator 87d8ae04, pkg/ingress/query.go and
pkg/strategy/controller.go). Kong and APISIX skip a plugin that is off (CRDs of KongPlugin and ApisixRoute): the plugins
that may be are listed, and every other one, also one of one's own, may say who is let in; read 2026-11-30.
"""

from collections.abc import Callable, Iterator, Mapping

from ..engine.kubernetes_lists import expand_list, kind_of
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, Resource
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart, is_patch
from .skipped_policies import check_skipped
from .tainted_nodes import check_taints_of_nodes

_NONE = lazy_regex(r"0+%?")
_REASONS = {"Empty", "Drifted", "Underutilized"}
_EVERY_PATH = lazy_regex(r"\^?/?(?:\.?[*+])?\$?")
_MAY_BE_OFF = lazy_regex(
    # Records, figures and traces.
    r"[\w-]{1,60}-log(?:ger)?|loggly|syslog|statsd|datadog|prometheus|zipkin|opentelemetry|skywalking|node-status"
    r"|server-info|request-id|correlation-id|kong-spec-expose|sls-logger|splunk-hec-logging|google-cloud-logging|lago"
    r"|tencent-cloud-cls|moesif|app-dynamics|amberflo|metering-and-billing|log-rotate|inspect|public-api"
    # What is cached, made shorter, written in another form or sent elsewhere.
    r"|(?:ai-|graphql-)?(?:semantic-)?(?:proxy-)?cache(?:-advanced)?|gzip|brotli|cors|redirect|canary|mocking|echo"
    r"|(?:request|response|route|exit|body|grpc|ai-request|ai-response)-(?:transformer|rewrite|transcode)(?:-advanced)?"
    r"|proxy-(?:rewrite|mirror|buffering|control)|route-by-header|traffic-(?:split|label)|grpc-(?:gateway|web)|degraphql"
    r"|jq|error-page|fault-injection|session|tls-(?:handshake-modifier|metadata-headers)|upstream-timeout|forward-proxy"
    r"|http-dubbo|dubbo-proxy|mqtt-proxy|kafka-(?:proxy|consume|upstream)|batch-requests|attach-consumer-label|workflow"
    r"|confluent(?:-consume)?|solace-(?:consume|upstream)|kong-(?:service-virtualization|upstream-jwt)|upstream-oauth"
    r"|aws-(?:lambda|request-signing)|azure-functions|openwhisk|openfunction|serverless|acme|ocsp-stapling|gm"
    r"|mcp-bridge|ai-(?:proxy|proxy-advanced|proxy-multi|mcp-proxy|a2a-proxy|rag|rag-injector|prompt-(?:compressor"
    r"|decorator|template)|llm-as-judge)|(?:pre|post)-function|ext-plugin-\w{1,20}-\w{1,20}|request-callout"
    # How much is called, and how large it is.
    r"|(?:ai-|graphql-)?(?:rate-limiting|limit-(?:count|req|conn)|response-ratelimiting)(?:-advanced)?|api-breaker"
    r"|(?:ai-)?graphql-limit-count|(?:request|response|websocket|kong-response)-size-limit(?:ing)?|request-termination"
    r"|client-control|real-ip"
)
"""Plugins without which a route lets nobody else in (names by Kong/developer.konghq.com bc1cd742 app/_kong_plugins and
apache/apisix f519a0f0 docs/en/latest/plugins). Others ask who calls, or look at what a request has in it."""


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


def _check_traces(item: ObjectPart) -> Iterator[Outcome]:
    ingress = item.child("spec").child("ingress")
    if not _is(ingress.get("enabled"), "false") and ingress.get("security") in (MISSING, ""):
        path = ingress.path_to("security")
        yield failed(f"{path} must be set, or ingress.enabled be false: whoever calls reads what requests had in them",
                     path)  # fmt: skip


def _may_be_off(name: object) -> bool:
    return _MAY_BE_OFF.fullmatch(str(name)) is not None


def _check_plugin(item: ObjectPart) -> Iterator[Outcome]:
    if _is(item.get("disabled"), "true") and not _may_be_off(item.get("plugin")):
        yield failed(f"disabled: nobody is asked what {item.get('plugin')} asks; remove the plugin", "disabled")


def _check_plugins(item: ObjectPart) -> Iterator[Outcome]:
    spec = item.child("spec")
    owners = [spec, *spec.children("http"), *spec.children("stream")]
    for plugin in (plugin for owner in owners for plugin in owner.children("plugins")):
        key = next((key for key in ("enable", "enabled") if _is(plugin.get(key), "false")), "")
        if key and not _may_be_off(plugin.get("name")):
            path = plugin.path_to(key)
            yield failed(f"{path}: nobody is asked what {plugin.get('name')} asks", path)


_CHECKS: Mapping[tuple[str, str], Callable[[ObjectPart], Iterator[Outcome]]] = {
    ("karpenter.sh", "NodePool"): _check_budgets,
    ("fleet.cattle.io", "GitRepo"): _check_logins,
    ("operator.victoriametrics.com", "VMAuth"): _check_callers,
    ("minio.min.io", "Tenant"): _check_store,
    ("jaegertracing.io", "Jaeger"): _check_traces,
    **{("redis.redis.opstreelabs.in", kind): _check_password for kind in ("Redis", "RedisCluster",
                                                                          "RedisReplication")},
    ("nfd.k8s-sigs.io", "NodeFeatureRule"): check_taints_of_nodes,
    ("kuadrant.io", "AuthPolicy"): check_skipped,
    ("authorino.kuadrant.io", "AuthConfig"): check_skipped,
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
