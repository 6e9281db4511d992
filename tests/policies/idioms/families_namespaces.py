"""Good idioms that stand beside the families of attacks on policies for namespaces (2026-11-28)."""

from ..attacks.families_namespaces import ADMISSION, CLUSTER, NAME, PODS
from ..blind import HERE, TAGS, az, k8s, meta
from ..blind import aws as of_aws
from ..harness import Given
from . import Idiom

KYVERNO = "kyverno.io/docs/policy-types/cluster-policy/match-exclude"
DENY = {"failureAction": "Enforce", "message": "no", "pattern": {"spec": {"=(hostNetwork)": "false"}}}


def _top(kind: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": "x", "labels": TAGS}, "spec": spec})


def _namespace(name: str) -> Given:
    return k8s("core/v1:Namespace", {"metadata": {"name": name, "labels": {
        **TAGS, "team": name, "pod-security.kubernetes.io/enforce": "restricted"}}}, name)  # fmt: skip


def _kyverno(match: object, **rule: object) -> Given:
    return _top("kyverno.io/v1:ClusterPolicy", {"rules": [{"name": "x", "match": match, **rule, "validate": DENY}]})


def _pods(**more: object) -> dict[str, object]:
    return {"resources": {"kinds": ["Pod"], **more}}


def _labelled(**labels: str) -> dict[str, object]:
    return {"namespaceSelector": {"matchLabels": labels}}


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a policy of Kyverno is for the teams' namespaces by their names",
          (_namespace("team-a"), _kyverno({"any": [_pods(namespaces=["team-*"])]})), KYVERNO),
    Idiom("a policy of Kyverno is for a new namespace and one of later",
          (_namespace("team-a"), _kyverno({"any": [_pods(namespaces=["team-a", "team-later"])]})), KYVERNO),
    Idiom("a policy of Kyverno is for namespaces with a label of other stacks",
          (_kyverno({"any": [_pods(**_labelled(team="payments"))]}),), KYVERNO),
    Idiom("a policy of Kyverno asks for a namespace in which the plan has objects", (
        k8s("core/v1:ConfigMap", {"metadata": meta("x", "orders"), "data": {}}, "settings"),
        _kyverno({"any": [_pods()]}, preconditions={"all": [
            {"key": "{{ request.namespace }}", "operator": "Equals", "value": "orders"}]})), KYVERNO),
    Idiom("a policy of Kyverno is for the namespace in which an add-on of EKS runs", (
        of_aws("eks/Addon", {"clusterName": "bank", "addonName": "metrics-server", "addonVersion": "v0.8.0-eksbuild.1",
                             "namespaceConfig": {"namespace": "metrics"}, "tags": TAGS}, "metrics"),
        _kyverno({"any": [_pods(namespaces=["metrics"])]})), KYVERNO),
    Idiom("a policy of Kyverno is for the namespace in which an account of services has rights", (
        k8s("rbac.authorization.k8s.io/v1:ClusterRoleBinding", {
            "metadata": {"name": "scraper", "labels": TAGS},
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "node-metrics"},
            "subjects": [{"kind": "ServiceAccount", "name": "scraper", "namespace": "metrics"}]}, "scraper"),
        _kyverno({"any": [_pods(namespaces=["metrics"])]})), KYVERNO, {
            "identity": {"cluster_roles": {"node-metrics": "the chart of the metrics, read by the platform team"}}}),
    *(Idiom(f"a precondition of Kyverno has {what}", (_namespace("team-a"), _kyverno({"any": [_pods()]}, preconditions={
        "all": [{"key": "{{ request.namespace || '' }}", "operator": operator, "value": value}]})), KYVERNO)
      for what, operator, value in (
          ("a variable for the namespaces", "AnyIn", "{{ settings.data.namespaces }}"),
          ("a list in JSON for the namespaces", "AnyIn", '["default", "team-later"]'),
          ("no namespace, for objects of the cluster", "Equals", ""))),
    Idiom("a webhook of an operator is asked about its own kinds in a namespace of another stack", (
        k8s(f"{ADMISSION}:ValidatingWebhookConfiguration", {
            "metadata": {"name": "cnpg", "labels": TAGS}, "webhooks": [{
                "name": "vcluster.cnpg.io", "admissionReviewVersions": ["v1"], "sideEffects": "None",
                "failurePolicy": "Fail", "namespaceSelector": {"matchLabels": {NAME: "databases"}},
                "rules": [{"apiGroups": ["postgresql.cnpg.io"], "apiVersions": ["v1"], "operations": ["CREATE"],
                           "resources": ["clusters"]}],
                "clientConfig": {"caBundle": "aGVsbG8=", "service": {
                    "name": "cnpg-webhook-service", "namespace": "cnpg-system", "path": "/v", "port": 443}}}]}),),
        "cloudnative-pg.io/documentation"),
    Idiom("an admission policy is for the namespace that Azure manages for a team", (
        az("containerservice:ManagedNamespace", {
            **HERE, "resourceName": "aks", "managedNamespaceName": "claims", "properties": {
                "adoptionPolicy": "Never", "deletePolicy": "Keep",
                "labels": {**TAGS, "pod-security.kubernetes.io/enforce": "restricted"},
                "defaultNetworkPolicy": {"ingress": "AllowSameNamespace", "egress": "AllowSameNamespace"}}}, "claims"),
        _top(f"{ADMISSION}:ValidatingAdmissionPolicy", {
            "failurePolicy": "Fail", "matchConstraints": {"resourceRules": [PODS], **_labelled(**{NAME: "claims"})},
            "validations": [{"expression": "object.spec.hostNetwork != true", "message": "no"}]})),
        "kubernetes.io, ValidatingAdmissionPolicy"),
    Idiom("safeguards of a cluster leave out the namespaces of its own services", (
        az("containerservice:DeploymentSafeguard", {
            "resourceUri": CLUSTER, "level": "Enforce",
            "excludedNamespaces": ["kube-system", "gatekeeper-*", "calico-system", "monitoring"]}),),
        "learn.microsoft.com/azure/aks/deployment-safeguards"),
    Idiom("the initiative of Azure for pods leaves out the system's namespaces", (
        az("authorization:PolicyAssignment", {
            "policyAssignmentName": "pods", "scope": CLUSTER, "enforcementMode": "Default",
            "policyDefinitionId": "/providers/Microsoft.Authorization/policySetDefinitions/"
                                  "42b8ef37-b724-4e24-bbc8-7a7708edfe00",
            "parameters": {"effect": {"value": "Deny"}, "excludedNamespaces": {
                "value": ["kube-system", "gatekeeper-system", "azure-arc"]}}}),),
        "learn.microsoft.com/azure/aks/use-azure-policy"),
)  # fmt: skip
