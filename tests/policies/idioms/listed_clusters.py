"""Good neighbours of what is refused since it is not listed: plug-ins, conditions, switches and rules (2026-11-30)."""

import json

from ..blind import TAGS, aws, k8s, meta
from ..harness import Given
from . import Idiom
from .after_seventeenth_groups import ROUTE
from .after_seventeenth_objects import BUILT, program
from .sixteenth_stores import owned
from .twelfth_charts import LARGE, image, ours

ACID, KONG = "acid.zalan.do/v1", "configuration.konghq.com/v1"
ROLLOUTS = """- name: argoproj-labs/gatewayAPI
  location: https://files.dc1.internal/rollouts/gateway-api-0.6.0
  sha256: 0e9e39f249a16976918f6564b8830bc894c89659a16976918f6564b8830bc894
"""
PORTAL = """plugins:
- package: ./dynamic-plugins/dist/backstage-plugin-kubernetes
  disabled: false
  pluginConfig:
    kubernetes: {clusterLocatorMethods: [{type: config, clusters: [{url: "https://kubernetes.default.svc"}]}]}
- package: "@bank/backstage-plugin-costs@2.1.0"
  integrity: sha512-9f2c0e9e39f249a16976918f6564b8830bc894c89659a16976918f6564b8830bc894==
  disabled: false
"""
STAFF = {"staff": {"jwt": {"issuerUrl": "https://login.sign-in.svc/realms/staff"}}}
METRIC = {"CloudWatchMetricsEnabled": True, "MetricName": "web", "SampledRequestsEnabled": True}
RULES = [
    {"Name": "common", "Priority": 0, "OverrideAction": {"None": {}}, "VisibilityConfig": METRIC, "Statement": {
        "ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": "AWSManagedRulesCommonRuleSet",
                                      "ScopeDownStatement": {"NotStatement": {"Statement": {"ByteMatchStatement": {
                                          "SearchString": "/healthz", "FieldToMatch": {"UriPath": {}},
                                          "PositionalConstraint": "EXACTLY",
                                          "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}}}}}}},
    {"Name": "many", "Priority": 1, "Action": {"Block": {}}, "VisibilityConfig": METRIC, "Statement": {
        "RateBasedStatement": {"Limit": 2000, "AggregateKeyType": "IP"}}},
]  # fmt: skip


def inside(kind: str, name: str, spec: object, namespace: str = "offers") -> Given:
    """Returns an object of a namespace."""
    return k8s(kind, {"metadata": meta(name, namespace), "spec": spec}, name)


def text(name: str, namespace: str, data: dict[str, str]) -> Given:
    """Returns a ConfigMap."""
    return k8s("core/v1:ConfigMap", {"metadata": meta(name, namespace), "data": data}, name)


def policy(name: str, **rules: object) -> Given:
    """Returns a policy of Kuadrant for a route of the namespace, whose callers are staff."""
    return inside("kuadrant.io/v1:AuthPolicy", name, {"targetRef": ROUTE, "rules": {"authentication": STAFF, **rules}})


OF_CLUSTERS = (
    Idiom("a router of releases is loaded from the bank's files by its checksum",
          (text("argo-rollouts-config", "argo-rollouts", {"trafficRouterPlugins": ROLLOUTS}),),
          "argoproj/argo-rollouts 9f8d111d, docs/plugins.md, read 2026-11-30"),
    Idiom("a portal has plug-ins of its image, and one of the bank by its hash",
          (text("dynamic-plugins", "portal", {"dynamic-plugins.yaml": PORTAL}),),
          "Red Hat Developer Hub, \"Dynamic plugins\", found as strings, read 2026-11-30"),
    Idiom("a connector of Kafka is loaded from the bank's files by its checksum",
          (inside("kafka.strimzi.io/v1:KafkaConnect", "connect", {**BUILT, "build": {
              "output": BUILT["build"]["output"], "plugins": [{"name": "sink", "artifacts": [
                  {"type": "jar", "url": "https://files.dc1.internal/sink-1.4.0.jar", "sha512sum": "b" * 128}]}]}},
              "team-a"),),
          "strimzi-kafka-operator 8541da1e, CRD of KafkaConnect, read 2026-11-30"),
    owned("traces are shown to who may look at pods, by a proxy before them",
          (inside("jaegertracing.io/v1:Jaeger", "traces", {
              "strategy": "production", "ingress": {"enabled": True, "security": "oauth-proxy", "openshift": {
                  "sar": "{\"namespace\": \"offers\", \"resource\": \"pods\", \"verb\": \"get\"}"}},
              "storage": {"type": "elasticsearch", "secretName": "traces"}}),),
          "jaegertracing/jaeger-operator 87d8ae04, examples/, read 2026-11-30", "jaegertracing.io"),
    owned("traces have no entry from outside the cluster",
          (inside("jaegertracing.io/v1:Jaeger", "inner-traces", {
              "strategy": "production", "ingress": {"enabled": False},
              "storage": {"type": "elasticsearch", "secretName": "traces"}}),),
          "jaegertracing/jaeger-operator 87d8ae04, examples/, read 2026-11-30", "jaegertracing.io"),
    owned("a database of offers has an owner that makes databases, and users that do not",
          (inside(f"{ACID}:postgresql", "risk-offers", {
              "teamId": "risk", "numberOfInstances": 2, "dockerImage": image("zalando/spilo-17"),
              "users": {"owner": ["LOGIN", "CREATEDB"], "app": ["nosuperuser", "noreplication"], "group": ["nologin"]},
              "databases": {"offers": "owner"}, "resources": LARGE, "tls": {"secretName": "offers-tls"},
              "postgresql": {"version": "17", "parameters": {
                  "ssl_min_protocol_version": "TLSv1.2", "password_encryption": "scram-sha-256"}},
              "volume": {"size": "50Gi", "storageClass": "encrypted"}}),),
          "zalando/postgres-operator a7aaad0a, docs/user.md, read 2026-11-30", "acid.zalan.do"),
    owned("a policy asks for the right of administrators on their path, and for one of everybody",
          (policy("admins", authorization={
              "everybody": {"patternMatching": {"patterns": [{"predicate": "'offers' in auth.identity.groups"}]}},
              "admins": {"when": [{"predicate": "request.path.matches('^/admin(/.*)?$')"}], "patternMatching": {
                  "patterns": [{"predicate": "'admins' in auth.identity.groups"}]}}}),),
          "Kuadrant/authorino 58fecc6c, docs/user-guides/oidc-rbac.md, read 2026-11-30", "kuadrant.io"),
    owned("a policy looks at who may write by the method, and at who signs in by the form of his token",
          (inside("kuadrant.io/v1:AuthPolicy", "writers", {"targetRef": ROUTE, "rules": {
              "authentication": {"staff": {**STAFF["staff"], "when": [
                  {"predicate": "request.headers['authorization'].startsWith('Bearer')"}]}},
              "authorization": {"writers": {
                  "when": [{"selector": "context.request.http.method", "operator": "eq", "value": "DELETE"}],
                  "patternMatching": {"patterns": [{"predicate": "'writers' in auth.identity.groups"}]}}}}}),),
          "Kuadrant/authorino 58fecc6c, docs/features.md, \"Conditions\", read 2026-11-30", "kuadrant.io"),
    owned("a policy of the gateway asks nobody who looks whether it lives",
          (inside("kuadrant.io/v1:AuthPolicy", "alive", {"targetRef": ROUTE, "when": [
              {"predicate": "request.url_path != '/healthz'"}], "rules": {"authentication": STAFF}}),),
          "Kuadrant/authorino 58fecc6c, pkg/service/well_known_attributes.go, read 2026-11-30", "kuadrant.io"),
    owned("a cache and a record of Kong are off while they are looked into",
          (k8s(f"{KONG}:KongPlugin", {"metadata": meta("cache", "offers"), "plugin": "proxy-cache", "disabled": True},
               "cache"),
           k8s(f"{KONG}:KongPlugin", {"metadata": meta("lines", "offers"), "plugin": "http-log", "disabled": True},
               "lines")),
          "Kong/developer.konghq.com bc1cd742, app/_kong_plugins, read 2026-11-30", "configuration.konghq.com"),
    owned("what the firewall of a gateway sees goes to the logs of the platform",
          (inside("k8s.nginx.org/v1:Policy", "firewall", {"waf": {"enable": True, "apPolicy": "offers/strict",
                                                                  "securityLogs": [{
              "enable": True, "apLogConf": "offers/all", "logDest": "syslog:server=collector.logging:514"}]}}),),
          "nginx/documentation 76d290602, policy-resource.md, read 2026-11-30", "k8s.nginx.org"),
)  # fmt: skip
OTHERS = (
    Idiom("a program uses the allocator and the agent that an init container lays beside it",
          program({"LD_PRELOAD": "/usr/lib/x86_64-linux-gnu/libjemalloc.so.2",
                   "JAVA_TOOL_OPTIONS": "-XX:MaxRAMPercentage=75 -javaagent:/scratch/agent.jar"}),
          "open-telemetry/opentelemetry-operator, injected agents, found as strings, read 2026-11-30", ours()),
    Idiom("rules of the web firewall stand in a text, and leave out the check of life",
          (aws("wafv2/WebAcl", {
              "name": "text", "scope": "REGIONAL", "defaultAction": {"allow": {}}, "tags": TAGS, "ruleJson": json.dumps(
                  RULES), "visibilityConfig": {"cloudwatchMetricsEnabled": True, "metricName": "web",
                                               "sampledRequestsEnabled": True}}, "text"),),
          "pulumi-aws 7.51.1, WebAcl, rule_json, read 2026-11-30"),
)  # fmt: skip
IDIOMS: tuple[Idiom, ...] = (*OF_CLUSTERS, *OTHERS)
