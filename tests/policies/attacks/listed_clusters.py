"""Attacks on operators, gateways and chart values by settings that were left out or stand in another place.

Written on 2026-11-30; what was read on that day stands beside each: jaegertracing/jaeger-operator 87d8ae04
(pkg/strategy/controller.go: without a value the security of the ingress is `none`), the release notes of Percona
Operator for MongoDB 1.16.0, Kuadrant/authorino 58fecc6c (docs/features.md, "Conditions", and
pkg/service/auth_pipeline.go: a condition that is not met skips the rule, at the top the whole configuration),
zalando/postgres-operator a7aaad0a (docs/user.md), apache/apisix f519a0f0 (docs/en/latest/plugins),
Kong/developer.konghq.com bc1cd742 (app/_kong_plugins), nginx/documentation 76d290602 and pulumi-aws 7.51.1.
"""

import json

from ..blind import SUB, TAGS, aws, az, crd, k8s, meta, release, workload
from ..harness import Given
from . import Attack

SWITCH, LOADED, NAMED, RIGHTS = ("FJ-ESC-115",), ("FJ-ESC-111",), ("FJ-IDN-313",), ("FJ-IDN-214",)
ESC, FILTERED = ("FJ-ESC-",), ("FJ-EXP-127",)
AUTHORINO, KUADRANT = "authorino.kuadrant.io/v1beta3:AuthConfig", "kuadrant.io/v1:AuthPolicy"
METRIC = {"cloudwatchMetricsEnabled": True, "metricName": "x", "sampledRequestsEnabled": True}
TOKEN = {"staff": {"jwt": {"issuerUrl": "https://sign-in.bank.ae"}}}


def _of(kind: str, spec: dict[str, object], **top: object) -> tuple[Given, ...]:
    given = crd(kind, spec)
    return (Given(given.type, {**given.props, **top}, given.name),)


def _on_subscription(name: str, harm: str, *actions: str) -> Attack:
    role = az("authorization:RoleDefinition", {
        "roleName": "Support", "scope": SUB, "permissions": [{"actions": list(actions)}],
        "assignableScopes": [SUB]})  # fmt: skip
    return Attack(name, RIGHTS, (role,), "critical", harm)


def _firewall(*rules: dict[str, object], default: str = "allow") -> tuple[Given, ...]:
    return (aws("wafv2/WebAcl", {
        "name": "web", "scope": "REGIONAL", "defaultAction": {default: {}}, "visibilityConfig": METRIC, "tags": TAGS,
        "ruleJson": json.dumps([{"Priority": index, "VisibilityConfig": {
            "CloudWatchMetricsEnabled": True, "MetricName": "x", "SampledRequestsEnabled": True}, **rule}
            for index, rule in enumerate(rules)])}),)  # fmt: skip


def _group(name: str, **more: object) -> dict[str, object]:
    return {"Name": name, "OverrideAction": {"None": {}}, "Statement": {"ManagedRuleGroupStatement": {
        "VendorName": "AWS", "Name": name, **more}}}  # fmt: skip


def _preloaded(variable: str, value: str, volume: dict[str, object]) -> tuple[Given, ...]:
    return (workload("apps/v1:Deployment", {
        "env": [{"name": variable, "value": value}], "volumeMounts": [{"name": "shared", "mountPath": "/opt/shared"}],
    }, volumes=[{"name": "shared", **volume}]),)  # fmt: skip


PARTS = (
    Attack("a page of traces has an ingress whose security nobody stated", SWITCH, _of("jaegertracing.io/v1:Jaeger", {
        "strategy": "production", "storage": {"type": "elasticsearch"}}),
        "major", "the ingress is on, and its security none, unless the platform is OpenShift (controller.go)"),
    Attack("a page of traces has an ingress with hosts and without security", SWITCH, _of(
        "jaegertracing.io/v1:Jaeger", {"ingress": {"enabled": True, "hosts": ["traces.bank.ae"]}}),
        "major", "whoever calls reads what requests had in them"),
    Attack("a database of Percona may be unsafe in every way", NAMED, _of("pxc.percona.com/v1:PerconaXtraDBCluster", {
        "allowUnsafeConfigurations": True, "crVersion": "1.14.0", "pxc": {"size": 3}}),
        "critical", "without TLS too (release notes of 1.16.0)"),
    Attack("documents of Percona may be unsafe in every way", NAMED, _of(
        "psmdb.percona.com/v1:PerconaServerMongoDB", {"allowUnsafeConfigurations": True}), "critical", "as above"),
    Attack("a user of Zalando's database reads every change as a replica", SWITCH, _of("acid.zalan.do/v1:postgresql", {
        "teamId": "a", "numberOfInstances": 2, "users": {"reports": ["login", "REPLICATION"]}}),
        "critical", "a base backup has every row of every database (PostgreSQL, 'Role Attributes', replication)"),
    Attack("a user of Zalando's database is superuser in capitals", SWITCH, _of("acid.zalan.do/v1:postgresql", {
        "teamId": "a", "numberOfInstances": 2, "users": {"reports": ["LOGIN", "SUPERUSER"]}}),
        "critical", "he reads every row and runs programs"),
)  # fmt: skip
CALLERS = (
    Attack("a policy of Authorino is skipped for whoever sends a header", SWITCH, _of(AUTHORINO, {
        "hosts": ["api.bank.ae"], "authentication": TOKEN,
        "when": [{"predicate": "!('x-internal' in request.headers)"}]}),
        "critical", "the whole configuration is skipped (auth_pipeline.go, Evaluate)"),
    Attack("a policy of Kuadrant is in force only for callers who say so", SWITCH, _of(KUADRANT, {
        "targetRef": {"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "name": "api"},
        "rules": {"authentication": TOKEN}, "when": [{"predicate": "request.query.contains('secure=1')"}]}),
        "critical", "callers without it are let in"),
    Attack("rights are asked only of requests without a header", SWITCH, _of(AUTHORINO, {
        "hosts": ["api.bank.ae"], "authentication": TOKEN, "authorization": {"admins": {
            "when": [{"selector": "request.headers.x-role", "operator": "neq", "value": "operator"}],
            "patternMatching": {"patterns": [{"predicate": "'admins' in auth.identity.groups"}]}}}}),
        "critical", "who sends the header needs no right"),
    Attack("a policy of Authorino is skipped by a named pattern of a header", SWITCH, _of(AUTHORINO, {
        "hosts": ["api.bank.ae"], "authentication": TOKEN, "when": [{"patternRef": "outside"}],
        "patterns": {"outside": [
            {"selector": "context.request.http.headers.x-forwarded-for", "operator": "neq", "value": "10.0.0.1"}]}}),
        "critical", "the header is the caller's to write"),
    Attack("anonymous callers meet a right that is asked of one path only", SWITCH, _of(AUTHORINO, {
        "hosts": ["api.bank.ae"], "authentication": {"anyone": {"anonymous": {}}}, "authorization": {"nobody": {
            "when": [{"predicate": "request.path == '/admin'"}], "opa": {"rego": "allow = false"}}}}),
        "critical", "every other path lets them in"),
    *(Attack(f"APISIX has {name} switched off", SWITCH, _of("apisix.apache.org/v2:ApisixRoute", {"http": [{
        "name": "r", "match": {"hosts": ["api.bank.ae"], "paths": ["/*"]},
        "backends": [{"serviceName": "api", "servicePort": 443}],
        "plugins": [{"name": name, "enable": False}]}]}), "critical", f"nobody signs in (APISIX, {name})")
      for name in ("dingtalk-auth", "feishu-auth")),
    Attack("Kong has the sign-in of tools of models switched off", SWITCH, (k8s(
        "configuration.konghq.com/v1:KongPlugin", {
            "metadata": meta(), "plugin": "ai-mcp-oauth2", "disabled": True, "config": {}}),),
        "critical", "whoever calls uses the tools (ai-mcp-oauth2)"),
    Attack("what the firewall of a gateway sees goes to a pod of another team", ("FJ-IDN-",), _of(
        "k8s.nginx.org/v1:Policy", {"waf": {"enable": True, "apPolicy": "team-a/strict", "securityLogs": [{
            "enable": True, "apLogConf": "team-a/all", "logDest": "syslog:server=collector.team-b:514"}]}}),
        "critical", "requests with their tokens (policy-resource.md, logDest)"),
    Attack("what one log of the firewall has goes to a pod of another team by its whole name", ("FJ-IDN-",), _of(
        "k8s.nginx.org/v1:Policy", {"waf": {"enable": True, "apPolicy": "team-a/strict", "securityLog": {
            "enable": True, "apLogConf": "team-a/all",
            "logDest": "syslog:server=collector.team-b.svc.cluster.local:514"}}}),
        "critical", "the same"),
)  # fmt: skip
VALUES = (
    Attack("a password stands among times of values", ESC, release("redis", "1.2.3", {"ttl": {"password": "12345678"}}),
           "critical", "whoever reads the values signs in"),
    Attack("a password of letters and digits stands among timeouts", ESC, release("redis", "1.2.3", {
        "timeouts": {"adminPassword": "90210h"}}), "critical", "whoever reads the values signs in"),
)  # fmt: skip
PRELOADED = (
    Attack("a program loads a library from a volume that others write", LOADED, _preloaded(
        "LD_PRELOAD", "/opt/shared/hook.so", {"persistentVolumeClaim": {"claimName": "datasets"}}),
        "critical", "whoever writes the claim runs in the program (ld.so(8), LD_PRELOAD)"),
    Attack("a program of Python starts with a file of a claim", LOADED, _preloaded(
        "PYTHONSTARTUP", "/opt/shared/start.py", {"persistentVolumeClaim": {"claimName": "datasets"}}),
        "major", "whoever writes the claim runs in the program"),
    Attack("a command loads a library from a volume that others write", LOADED, (workload("apps/v1:Deployment", {
        "command": ["sh", "-c", "LD_PRELOAD=/opt/shared/hook.so exec /app/server"],
        "volumeMounts": [{"name": "shared", "mountPath": "/opt/shared"}]},
        volumes=[{"name": "shared", "persistentVolumeClaim": {"claimName": "datasets"}}]),),
        "critical", "as by a variable"),
    Attack("Java starts with an agent from a share", LOADED, _preloaded(
        "JAVA_TOOL_OPTIONS", "-Xmx1g -javaagent:/opt/shared/agent.jar", {"csi": {
            "driver": "file.csi.azure.com", "volumeAttributes": {"shareName": "tools", "secretName": "s"}}}),
        "critical", "whoever writes the share runs in the program (java.lang.instrument)"),
    Attack("a program of Node requires a file of a share of NFS", LOADED, _preloaded(
        "NODE_OPTIONS", "--require /opt/shared/hook.js", {"nfs": {"server": "nfs.bank.ae", "path": "/x"}}),
        "critical", "whoever writes the share runs in the program (nodejs, NODE_OPTIONS)"),
)  # fmt: skip
FIREWALLS = (
    Attack("rules in a text let pass what finds injections", FILTERED, _firewall(_group(
        "AWSManagedRulesSQLiRuleSet", RuleActionOverrides=[
            {"Name": "SQLi_BODY", "ActionToUse": {"Allow": {}}}])), "critical", "as with rules (AWS WAF, API)"),
    Attack("rules in a text read requests of one path only", FILTERED, _firewall(_group(
        "AWSManagedRulesCommonRuleSet", ScopeDownStatement={"ByteMatchStatement": {
            "SearchString": "/", "FieldToMatch": {"UriPath": {}}, "PositionalConstraint": "EXACTLY",
            "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}})), "critical", "the others pass unread"),
    Attack("a rule in a text lets every path pass", FILTERED, _firewall({
        "Name": "open", "Action": {"Allow": {}}, "Statement": {"ByteMatchStatement": {
            "SearchString": "/", "FieldToMatch": {"UriPath": {}}, "PositionalConstraint": "STARTS_WITH",
            "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}}}), "critical", "no other rule is evaluated"),
    Attack("a rule in a text lets pass who sends a header", FILTERED, _firewall({
        "Name": "open", "Action": {"Allow": {}}, "Statement": {"ByteMatchStatement": {
            "SearchString": "let-me-in", "FieldToMatch": {"SingleHeader": {"Name": "x-key"}},
            "PositionalConstraint": "EXACTLY", "TextTransformations": [{"Priority": 0, "Type": "NONE"}]}}},
        default="block"), "critical", "the header is the caller's to write"),
)  # fmt: skip
ROLES = (
    _on_subscription("a custom role makes the environments of runbooks", "their packages run with the identity of the "
                     "account", "Microsoft.Automation/automationAccounts/runtimeEnvironments/write"),
    _on_subscription("a custom role puts packages beside runbooks", "they run with the identity of the account",
                     "Microsoft.Automation/automationAccounts/runtimeEnvironments/packages/write"),
    _on_subscription("a custom role puts models and environments into every registry", "every workspace runs them",
                     "Microsoft.MachineLearningServices/registries/assets/write"),
    _on_subscription("a custom role changes environments of every registry", "every workspace runs them",
                     "Microsoft.MachineLearningServices/registries/environments/versions/write"),
    _on_subscription("a custom role changes scripts of a gallery", "machines run them",
                     "Microsoft.Compute/galleries/scripts/versions/write"),
)  # fmt: skip
ATTACKS: tuple[Attack, ...] = (*PARTS, *CALLERS, *VALUES, *PRELOADED, *FIREWALLS, *ROLES)
