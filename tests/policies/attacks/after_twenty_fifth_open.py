"""Attacks on points of the guardrails that were known to be open (2026-12-02)."""

import json
from collections.abc import Mapping
from typing import cast

from ..blind import GROUP, IMAGE, ME, RG, THEIR_SUB, THEIR_TENANT, THEIRS, Given, aws, az, crd, k8s, meta, pod, role
from . import Attack
from .families_images import BUILD
from .twenty_fourth_aws_b import STANDARD
from .twenty_fourth_azure import activation, custom_role

TRUST, ESC, COST, ROLES = ("FJ-IDN-105",), ("FJ-ESC-115",), ("FJ-COST-126",), ("FJ-IDN-214",)
ACCOUNT = {"AWS": f"arn:aws:iam::{ME}:root"}
CENTER = f"arn:aws:iam::{ME}:role/aws-reserved/sso.amazonaws.com"
FACTOR: dict[str, object] = {"id": "Enablement_EndUser_Assignment", "ruleType": "RoleManagementPolicyEnablementRule"}
CONTEXT: dict[str, object] = {
    "id": "AuthenticationContext_EndUser_Assignment",
    "ruleType": "RoleManagementPolicyAuthenticationContextRule",
}


GATEWAY, ENVOY = "gateway.networking.k8s.io", "gateway.envoyproxy.io"
TOKENS: dict[str, object] = {"providers": [{
    "name": "bank", "issuer": "https://login.bank.ae/", "audiences": ["quotes"], "remoteJWKS": {
        "uri": "https://login.bank.ae/keys"}}]}  # fmt: skip
INNER: dict[str, object] = {"type": "LoadBalancer", "annotations": {"metallb.io/address-pool": "inner"}}
OF_GATEWAY, OF_ROUTE = {"kind": "Gateway", "name": "inner"}, {"kind": "HTTPRoute", "name": "quotes"}
SIGN_IN: dict[str, object] = {
    "provider": {"issuer": "https://login.bank.ae/"},
    "clientID": "quotes",
    "clientSecret": {"name": "quotes"},
}


def parameter(control: str, name: str, kind: str, value: object) -> tuple[Given, ...]:
    """Returns a policy of Security Hub with one parameter of a control."""
    return (aws("securityhub/ConfigurationPolicy", {"name": "bank", "configurationPolicy": {
        "serviceEnabled": True, "enabledStandardArns": [STANDARD], "securityControlsConfiguration": {
            "disabledControlIdentifiers": [], "securityControlCustomParameters": [{
                "securityControlId": control, "parameters": [
                    {"name": name, "valueType": "CUSTOM", kind: {"value": value}}]}]}}}),)  # fmt: skip


def workflow(
    retry: Mapping[str, object], kind: str = "Workflow", *, inside: bool = True, deadline: int | None = None
) -> tuple[Given, ...]:
    """Returns a workflow of Argo whose template has a strategy of retries, or the defaults of its templates."""
    strategy = {"retryStrategy": retry}
    body = pod({})
    (container,) = cast("list[object]", body.pop("containers"))
    spec = {
        "entrypoint": "train", "serviceAccountName": "train", "ttlStrategy": {"secondsAfterCompletion": 3600},
        "activeDeadlineSeconds": deadline, "templateDefaults": {} if inside else strategy, "templates": [
            {"name": "train", **body, "container": container, **(strategy if inside else {})}]}  # fmt: skip
    nested = {"schedules": ["0 2 * * *"], "concurrencyPolicy": "Forbid", "workflowSpec": spec}
    return (crd(f"argoproj.io/v1alpha1:{kind}", nested if kind == "CronWorkflow" else spec),)


def edge(
    *more: Given, service: Mapping[str, object], within: str = "edge", own: str = "inner", **infrastructure: object
) -> tuple[Given, ...]:
    """Returns a gateway of Envoy Gateway whose class has the proxies' service, and a route."""
    return (
        k8s(f"{GATEWAY}/v1:GatewayClass", {"metadata": {"name": own}, "spec": {
            "controllerName": f"{ENVOY}/gatewayclass-controller", "parametersRef": {
                "group": ENVOY, "kind": "EnvoyProxy", "name": own, "namespace": "edge"}}}, "class"),
        k8s(f"{ENVOY}/v1alpha1:EnvoyProxy", {"metadata": meta(own, within), "spec": {
            "provider": {"type": "Kubernetes", "kubernetes": {"envoyService": service}}}}, "proxy"),
        k8s(f"{GATEWAY}/v1:Gateway", {"metadata": meta("inner", "edge"), "spec": {
            "gatewayClassName": own, **infrastructure, "listeners": [{
                "name": "https", "port": 443, "protocol": "HTTPS", "hostname": "*.apps.bank.ae", "tls": {
                    "mode": "Terminate", "certificateRefs": [{"name": "apps-bank-ae"}]}}]}}, "gateway"),
        k8s(f"{GATEWAY}/v1:HTTPRoute", {"metadata": meta("quotes", "edge"), "spec": {
            "parentRefs": [{"name": "inner"}], "hostnames": ["quotes.apps.bank.ae"], "rules": [{
                "backendRefs": [{"name": "quotes", "port": 8443}]}]}}, "route"),
        *more,
    )  # fmt: skip


def tokens(target: Mapping[str, object], name: str = "tokens", **spec: object) -> Given:
    """Returns a policy of Envoy Gateway that asks for tokens, unless its spec says otherwise."""
    return k8s(f"{ENVOY}/v1alpha1:SecurityPolicy", {"metadata": meta(name, "edge"), "spec": {
        "targetRefs": [{"group": GATEWAY, **target}], **(spec or {"jwt": TOKENS})}}, name)  # fmt: skip


def updates(settings: Mapping[str, object]) -> Given:
    """Returns the settings of Renovate."""
    text = json.dumps({"platform": "gitlab", "endpoint": "https://git.bank.ae/api/v4", **settings})
    return k8s("core/v1:ConfigMap", {"metadata": meta("renovate", "renovate"), "data": {"config.json": text}})


def builds(*namespaces: str) -> tuple[Given, ...]:
    """Returns a project that builds pull requests and one that builds what is merged, with their namespaces of a
    cache: one for both if there is one alone."""
    projects = (("requests", "PULL_REQUEST_CREATED,PULL_REQUEST_UPDATED"), ("main", "PUSH"))
    return tuple(given for (name, events), namespace in zip(projects, namespaces * 2, strict=False) for given in (
        aws("codebuild/Project", {
            **BUILD, "name": name, "artifacts": {"type": "NO_ARTIFACTS"}, "logsConfig": {"cloudwatchLogs": {
                "groupName": "/builds/app"}}, "source": {"type": "GITHUB", "location": "https://github.com/bank/app.git"},
            "cache": {"type": "S3", "location": "bank-builds/cache", "cacheNamespace": namespace}}, name),
        aws("codebuild/Webhook", {"projectName": name, "buildType": "BUILD", "filterGroups": [{"filters": [
            {"type": "EVENT", "pattern": events}]}]}, f"{name}-hook")))  # fmt: skip


ATTACKS: tuple[Attack, ...] = (
    *(Attack(f"who signs in by any permission set takes on the role of settlement: {text}", TRUST, (role(
        ACCOUNT, {"ArnLike": {"aws:PrincipalArn": pattern}}, name="settlement"),), "critical",
        "the name of the permission set follows AWSReservedSSO_ (IAM Identity Center, 'Referencing permission sets in "
        "resource policies, Amazon EKS, and AWS KMS', read 2026-12-02)")
      for text, pattern in (
          ("in any Region", f"{CENTER}/*/AWSReservedSSO_*"), ("of each suffix", f"{CENTER}/AWSReservedSSO_*_*"),
          ("by the beginning of the path", f"arn:aws:iam::{ME}:role/aws-r*"))),
    *(Attack(f"a control of Security Hub asks for less: {name}", ESC, parameter(control, name, kind, value), "major",
             f"the control passes what the parameter allows (AWS Security Hub CSPM, {control}, read 2026-12-02)")
      for control, name, kind, value in (
          ("IAM.7", "RequireUppercaseCharacters", "bool", False), ("IAM.7", "RequireNumbers", "bool", False),
          ("Cognito.3", "requireSymbols", "bool", False), ("Cognito.3", "temporaryPasswordValidity", "int", 365),
          ("SecretsManager.4", "maxDaysSinceRotation", "int", 180), ("SecretsManager.3", "unusedForDays", "int", 365),
          ("Kinesis.3", "minimumBackupRetentionPeriod", "string", "24"))),
    *(Attack(f"a step that fails is tried again without end: {text}", COST, workflow(retry, kind, inside=inside),
             "critical", "retries without a limit go on until the step succeeds (argoproj/argo-workflows 0b0aac92 "
             "examples/retry-container-to-completion.yaml, read 2026-12-02)")
      for text, retry, kind, inside in (
          ("an empty strategy", {}, "Workflow", True), ("a policy alone", {"retryPolicy": "Always"}, "WorkflowTemplate",
                                                        True),
          ("a pause alone", {"backoff": {"duration": "1s", "factor": "1"}}, "CronWorkflow", True),
          ("an empty limit", {"limit": None}, "ClusterWorkflowTemplate", True),
          ("the defaults of templates", {}, "Workflow", False))),
    Attack("a step that fails is tried again without end: a template of a step", COST, (crd(
        "argoproj.io/v1alpha1:WorkflowTemplate", {"entrypoint": "all", "serviceAccountName": "train", "templates": [
            {"name": "all", "steps": [[{"name": "train", "inline": {
                "retryStrategy": {"expression": "true"}, "container": {"image": IMAGE}}}]]}]}),), "critical",
        "an expression that is always true ends nothing (argoproj/argo-workflows 03d3dd57 docs/retries.md, read "
        "2026-12-02)"),
    *(Attack(f"a role takes copies away: {name}", ROLES, custom_role("hygiene", name, scope=scope), "critical",
             "nothing makes them again (Azure, 'Azure permissions', read 2026-12-02)") for name, scope in (
                 ("Microsoft.Compute/restorePointCollections/delete", GROUP),
                 ("Microsoft.Compute/restorePointCollections/*", GROUP),
                 ("Microsoft.NetApp/netAppAccounts/backupVaults/backups/delete", GROUP),
                 ("Microsoft.NetApp/netAppAccounts/capacityPools/volumes/snapshots/delete", GROUP),
                 ("Microsoft.Sql/servers/databases/restorePoints/delete", GROUP))),
    *(Attack(f"a role is activated without a second factor, {text}", ("FJ-IDN-210",), activation(*rules), "critical",
             "values of a context are c1 to c99 (Microsoft Graph, authContext, authenticationContextValue, read "
             "2026-12-02)") for text, rules in (
          ("by the context none", ({**FACTOR, "enabledRules": []},
                                   {**CONTEXT, "isEnabled": True, "claimValue": "none"})),
          ("by a context without a number", ({**FACTOR, "enabledRules": ["Justification"]},
                                            {**CONTEXT, "isEnabled": True, "claimValue": "c"})),
          ("by a context that is off", ({**FACTOR, "enabledRules": []},
                                       {**CONTEXT, "isEnabled": False, "claimValue": "c1"})),
          ("by a context that may be off", ({**FACTOR, "enabledRules": []}, {**CONTEXT, "claimValue": "c1"})),
          ("by a context of no name alone", ({**CONTEXT, "isEnabled": True, "claimValue": "none"},)),
          ("by an empty context alone", ({**CONTEXT, "isEnabled": True},)))),
    Attack("a network of a stranger joins the mesh", ("FJ-IDN-213",), (az("network:StaticMember", {
        **RG, "networkManagerName": "vnm", "networkGroupName": "ng-prod", "staticMemberName": "partner", "resourceId":
        f"{THEIRS}.Network/virtualNetworks/vnet-partner"}),), "critical", "members of the group reach each other"),
    Attack("the manager of a stranger may write the rules of the networks", ("FJ-IDN-213",), (
        az("network:SubscriptionNetworkManagerConnection", {
            "networkManagerConnectionName": "central", "networkManagerId":
            f"{THEIRS}.Network/networkManagers/vnm"}),), "critical", "its connectivity and admin rules apply here"),
    Attack("the manager reaches for networks of another tenant", ("FJ-IDN-211", "FJ-IDN-213"), (
        az("network:ScopeConnection", {
            **RG, "networkManagerName": "vnm", "scopeConnectionName": "partner", "tenantId": THEIR_TENANT, "resourceId":
            THEIR_SUB}),), "critical", "networks of that subscription join the groups"),
    *(Attack(f"callers of a gateway need no identity: {text}", ("FJ-EXP-331",), edge(*policies, service=INNER),
             "critical", "the most specific policy of a route counts, and one that is optional, or fails open, "
             "lets everybody pass (envoyproxy/gateway d32f2829 internal/gatewayapi/securitypolicy.go, api/v1alpha1/"
             "jwt_types.go, read 2026-12-02)")
      for text, policies in (
          ("tokens are optional", (tokens(OF_GATEWAY, jwt={**TOKENS, "optional": True}),)),
          ("tokens may be wrong", (tokens(OF_ROUTE, jwt={**TOKENS, "failOpen": True}),)),
          ("the check may fail", (tokens(OF_GATEWAY, extAuth={
              "failOpen": True, "http": {"backendRefs": [{"name": "check", "port": 8080}]}}),)),
          ("whoever sends a header needs no sign-in", (tokens(OF_ROUTE, oidc={
              **SIGN_IN, "passThroughAuthHeader": True}),)),
          ("a route has a policy of its own", (tokens(OF_GATEWAY), tokens(OF_ROUTE, "origins", cors={
              "allowOrigins": ["https://app.bank.ae"]}))),
          ("a policy is for another listener", (tokens({**OF_GATEWAY, "sectionName": "https"}),)),
          ("a policy is for another route", (tokens({"kind": "HTTPRoute", "name": "other"}),)),
          ("a route passes bytes", (tokens(OF_ROUTE), k8s(f"{GATEWAY}/v1alpha2:TCPRoute", {
              "metadata": meta("raw", "edge"), "spec": {"parentRefs": [{"name": "inner"}], "rules": [{
                  "backendRefs": [{"name": "quotes", "port": 8443}]}]}}, "raw"))))),
    *(Attack(f"a gateway has a public address: {text}", ("FJ-EXP-321",), edge(
        tokens(OF_GATEWAY), service=service, within=within,
        own=f"class-{len(text)}", **more), "critical",
              "the service is a public load balancer but for its annotations (envoyproxy/gateway "
             "d32f2829 api/v1alpha1/shared_types.go, KubernetesServiceSpec, read 2026-12-02)")
      for text, service, within, more in (
          ("its proxies state none", {}, "edge", {}),
          ("its proxies are for another cloud", {"annotations": {
              "service.beta.kubernetes.io/aws-load-balancer-proxy-protocol": "*"}}, "edge", {}),
          ("its class names proxies of another namespace", INNER, "other", {}),
          ("it names proxies of its own", INNER, "edge", {"infrastructure": {"parametersRef": {
              "group": ENVOY, "kind": "EnvoyProxy", "name": "outer"}}}))),
    *(Attack(f"updates are merged that nobody tested or approved: {text}", ("FJ-IDN-",), (given,), "critical",
             "what a registry serves is merged at once (renovatebot/renovate 04590e1a docs/usage/key-concepts/"
             "automerge.md, read 2026-12-02)") for text, given in (
          ("every one", updates({"automerge": True, "ignoreTests": True})),
          ("by a preset", updates({"extends": ["config:recommended", ":automergeAll", ":skipStatusChecks"]})),
          ("by a preset of one kind", updates({"extends": [":automergeMinor"], "ignoreTests": True})),
          ("of one rule", updates({"packageRules": [{
              "matchManagers": ["dockerfile"], "automerge": True, "ignoreTests": True}]})))),
    Attack("builds of pull requests fill the cache of what is deployed", ESC, builds("shared"), "critical",
           "projects with one place and namespace share a cache (AWS CodeBuild API, ProjectCache, read 2026-12-02)"),
)  # fmt: skip
