"""Good programs beside points of the guardrails that were known to be open (2026-12-02)."""

from ..attacks.after_twenty_fifth_open import CONTEXT, FACTOR, parameter, workflow
from ..attacks.twenty_fourth_azure import activation, custom_role
from ..blind import HERE, Given, az, k8s, meta
from . import Idiom, Settings, unpriced
from .families import AWS_DOCS

LEARN = "learn.microsoft.com"
GATEWAY, ENVOY = "gateway.networking.k8s.io", "gateway.envoyproxy.io"
TENANT = "77777777-1111-2222-3333-444444444444"
OURS: Settings = {"identity": {"trusted": {TENANT: "the bank's own tenant", "login.bank.ae": "our own sign-in"}}}
RUNS: Settings = unpriced("kubernetes:argoproj.io/v1:Workflow::it")
ARGO = "github.com/argoproj/argo-workflows, docs/retries.md"


def edge(*more: Given, service: dict[str, object]) -> tuple[Given, ...]:
    """Returns a gateway of Envoy Gateway whose class has the proxies' service, and a route."""
    return (
        k8s(f"{GATEWAY}/v1:GatewayClass", {"metadata": {"name": "inner"}, "spec": {
            "controllerName": f"{ENVOY}/gatewayclass-controller", "parametersRef": {
                "group": ENVOY, "kind": "EnvoyProxy", "name": "inner", "namespace": "edge"}}}, "class"),
        k8s(f"{ENVOY}/v1alpha1:EnvoyProxy", {"metadata": meta("inner", "edge"), "spec": {
            "provider": {"type": "Kubernetes", "kubernetes": {"envoyService": service}}}}, "proxy"),
        k8s(f"{GATEWAY}/v1:Gateway", {"metadata": meta("inner", "edge"), "spec": {
            "gatewayClassName": "inner", "listeners": [{
                "name": "https", "port": 443, "protocol": "HTTPS", "hostname": "*.apps.bank.ae", "tls": {
                    "mode": "Terminate", "certificateRefs": [{"name": "apps-bank-ae"}]}}]}}, "gateway"),
        k8s(f"{GATEWAY}/v1:HTTPRoute", {"metadata": meta("quotes", "edge"), "spec": {
            "parentRefs": [{"name": "inner"}], "hostnames": ["quotes.apps.bank.ae"], "rules": [{
                "backendRefs": [{"name": "quotes", "port": 8443}]}]}}, "route"),
        *more,
    )  # fmt: skip


def tokens(target: dict[str, object]) -> Given:
    """Returns a policy of Envoy Gateway that asks for tokens."""
    return k8s(f"{ENVOY}/v1alpha1:SecurityPolicy", {"metadata": meta("tokens", "edge"), "spec": {
        "targetRefs": [{"group": GATEWAY, **target}], "jwt": {"providers": [{
            "name": "bank", "issuer": "https://login.bank.ae/", "audiences": ["quotes"], "remoteJWKS": {
                "uri": "https://login.bank.ae/keys"}}]}}}, "tokens")  # fmt: skip


INNER: dict[str, object] = {"type": "LoadBalancer", "annotations": {"metallb.io/address-pool": "inner"}}
EDGE: Settings = {**OURS, **unpriced(f"kubernetes:{GATEWAY}/v1:Gateway::gateway",
                                     f"kubernetes:{ENVOY}/v1:EnvoyProxy::proxy")}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    *(Idiom(f"a control of Security Hub asks for more, or for what AWS asks: {control} {name}", parameter(
        control, name, kind, value), f"{AWS_DOCS}/securityhub/latest/userguide/custom-control-parameters.html")
      for control, name, kind, value in (
          ("IAM.7", "RequireSymbols", "bool", True), ("IAM.7", "MinimumPasswordLength", "int", 14),
          ("SecretsManager.4", "maxDaysSinceRotation", "int", 60), ("CloudWatch.15", "okActionRequired", "bool", False),
          ("CloudWatch.16", "minRetentionTime", "enum", "731"),
          ("RDS.14", "minimumBackupRetentionPeriod", "int", 14),
          ("Kinesis.3", "minimumBackupRetentionPeriod", "string", "168"))),
    *(Idiom(f"a step is tried again {text}", workflow(retry, **spec), ARGO, RUNS) for text, retry, spec in (
        ("three times", {"limit": "3"}, {}),
        ("for an hour", {"backoff": {"duration": "1m", "factor": "2", "maxDuration": "1h"}}, {}),
        ("if the cluster fails", {"retryPolicy": "OnTransientError"}, {}),
        ("while its last attempt was evicted", {"expression": "lastRetry.exitCode == '137'"}, {}),
        ("until the deadline of its workflow", {}, {"activeDeadlineSeconds": 7200}))),
    Idiom("whoever takes restore points of machines removes old ones", custom_role(
        "backup of machines", "Microsoft.Compute/virtualMachines/read",
        "Microsoft.Compute/restorePointCollections/read", "Microsoft.Compute/restorePointCollections/write",
        "Microsoft.Compute/restorePointCollections/delete"),
        f"{LEARN}/azure/virtual-machines/virtual-machines-create-restore-points"),
    Idiom("activation asks for a context with two digits", activation(
        {**FACTOR, "enabledRules": ["Justification"]}, {**CONTEXT, "isEnabled": True, "claimValue": "c12"}),
        f"{LEARN}/graph/identity-governance-pim-rules-overview"),
    Idiom("activation asks for a second factor, and a context is off", activation(
        {**FACTOR, "enabledRules": ["MultiFactorAuthentication", "Justification"]},
        {**CONTEXT, "isEnabled": False, "claimValue": None}), f"{LEARN}/graph/identity-governance-pim-rules-overview"),
    Idiom("a gateway gets the inner address that the proxies of its class have", edge(
        tokens({"kind": "Gateway", "name": "inner"}), service=INNER),
        "gateway.envoyproxy.io/docs/tasks/operations/customize-envoyproxy", EDGE),
    Idiom("the route of a gateway asks for tokens", edge(
        tokens({"kind": "HTTPRoute", "name": "quotes"}), service={"type": "ClusterIP"}),
        "gateway.envoyproxy.io/docs/tasks/security/jwt-authentication", EDGE),
    Idiom("a workspace of the bank's own tenant reaches its account of storage", (az("storage:StorageAccount", {
        **HERE, "accountName": "stbankledger", "kind": "StorageV2", "sku": {"name": "Standard_ZRS"},
        "allowBlobPublicAccess": False, "allowSharedKeyAccess": False, "minimumTlsVersion": "TLS1_2",
        "enableHttpsTrafficOnly": True, "publicNetworkAccess": "Enabled", "defaultToOAuthAuthentication": True,
        "networkRuleSet": {"defaultAction": "Deny", "bypass": "None", "resourceAccessRules": [{
            "tenantId": TENANT, "resourceId": "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/"
            "rg-platform/providers/Microsoft.Synapse/workspaces/syn-bank"}]}}, "ledger"),),
        f"{LEARN}/azure/storage/common/storage-network-security-resource-instances", OURS),
)  # fmt: skip
