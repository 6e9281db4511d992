"""Keys that encrypt what nobody decrypts, filters of models that do not look at texts, and engines of policies that are
switched off by the definitions of their kinds, by quotas and by autoscalers (2026-12-03). Sources stand beside each
attack.
"""

from dataclasses import replace

from ..blind import RG, TAGS, Props, az, crd, k8s, meta, workload
from ..blind import aws as cloud
from ..harness import Given
from ..idioms.eleventh_charts import inside
from . import Attack

KEYS = "Azure Key Vault, 'Key types, algorithms, and operations', key_ops and nbf, read 2026-12-03"
MODELS = "botocore 1.44.8, bedrock, GuardrailContentFilterConfig and LoggingConfig, read 2026-12-03"
ROLE = "arn:aws:iam::123456789012:role/bank-model-records"


def key(**properties: object) -> tuple[Given, ...]:
    """Returns a key of the bank that rotates, with more properties."""
    return (az("keyvault:Key", {**RG, "vaultName": "kv-bank", "keyName": "ledger", "tags": TAGS, "properties": {
        "kty": "RSA-HSM", "keySize": 3072, "rotationPolicy": {"lifetimeActions": [
            {"action": {"type": "rotate"}, "trigger": {"timeAfterCreate": "P1Y"}}]}, **properties}}),)  # fmt: skip


def filtered(**of_filter: object) -> tuple[Given, ...]:
    """Returns a guardrail of models whose filter of insults has more settings."""
    return (cloud("bedrock/Guardrail", {
        "name": "assistant", "blockedInputMessaging": "no", "blockedOutputsMessaging": "no", "tags": TAGS,
        "kmsKeyArn": "arn:aws:kms:me-central-1:123456789012:key/11111111-2222-3333-4444-555555555555",
        "contentPolicyConfig": {"filtersConfigs": [
            {"type": "INSULTS", "inputStrength": "HIGH", "outputStrength": "HIGH", **of_filter},
            {"type": "HATE", "inputStrength": "HIGH", "outputStrength": "HIGH", "inputModalities": ["TEXT"],
             "outputModalities": ["TEXT", "IMAGE"]}]}}),)  # fmt: skip


def recorded(**deliveries: bool) -> tuple[Given, ...]:
    """Returns the records of calls of models with what they contain."""
    return (cloud("bedrockmodel/InvocationLoggingConfiguration", {"loggingConfig": {
        "imageDataDeliveryEnabled": False, "embeddingDataDeliveryEnabled": False, "videoDataDeliveryEnabled": False,
        **deliveries, "cloudwatchConfig": {"logGroupName": "/bank/models", "roleArn": ROLE}}}),)  # fmt: skip


def definition(group: str, kind: str, *versions: tuple[str, bool, bool]) -> tuple[Given, ...]:
    """Returns the definition of a kind in versions, each with its name, whether it is served and whether it is kept."""
    plural = f"{kind.lower().removesuffix('y')}ies"
    schema = {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}}
    return (k8s("apiextensions.k8s.io/v1:CustomResourceDefinition", {
        "metadata": {"name": f"{plural}.{group}"}, "spec": {
            "group": group, "scope": "Cluster", "names": {"kind": kind, "plural": plural}, "versions": [
                {"name": name, "served": is_served, "storage": is_kept, "schema": schema}
                for name, is_served, is_kept in versions]}}, "kinds"),)  # fmt: skip


def quota(namespace: str, hard: Props, **spec: object) -> tuple[Given, ...]:
    """Returns a quota of a namespace."""
    return (k8s("core/v1:ResourceQuota", {
        "metadata": meta("quota", namespace), "spec": {"hard": hard, **spec}}, "quota"),)  # fmt: skip


def limits(namespace: str, **item: object) -> tuple[Given, ...]:
    """Returns a range of limits of a namespace."""
    return (
        k8s(
            "core/v1:LimitRange",
            {"metadata": meta("limits", namespace), "spec": {"limits": [{"type": "Container", **item}]}},
            "limits",
        ),
    )


def scaled(namespace: str, name: str, annotations: object = None, **spec: object) -> tuple[Given, ...]:
    """Returns an autoscaler of KEDA of a program that is needed by day."""
    more = {"annotations": annotations} if annotations else {}
    return (k8s("keda.sh/v1alpha1:ScaledObject", {"metadata": meta("scale", namespace, **more), "spec": {
        "scaleTargetRef": {"name": name}, "maxReplicaCount": 3, "triggers": [{"type": "cron", "metadata": {
            "timezone": "Asia/Dubai", "start": "0 7 * * *", "end": "0 20 * * *", "desiredReplicas": "2"}}], **spec}},
        "scale"),)  # fmt: skip


def renamed(given: Given, namespace: str, name: str) -> Given:
    """Returns an object with another name, in another namespace."""
    return replace(given, props={**given.props, "metadata": meta(name, namespace)})


def patch(kind: str, namespace: str, name: str, spec: Props) -> tuple[Given, ...]:
    """Returns a change of an object that another stack has."""
    return (k8s(kind, {"metadata": {"name": name, "namespace": namespace}, "spec": spec}, "change"),)


GATEKEEPER, KYVERNO = "gatekeeper-controller-manager", "kyverno-admission-controller"
DEFINITIONS = "pulumi-kubernetes 4.34.2, CustomResourceDefinitionVersion, served and storage, read 2026-12-03"
QUOTAS = "kubernetes/website 0016292e, concepts/policy/resource-quotas.md, read 2026-12-03"
SCALERS = "KEDA, 'ScaledObject specification'; pulumi-kubernetes 4.34.2, minReplicas; read 2026-12-03"
RECORDS = {"type": "kafka", "metadata": {
    "bootstrapServers": "kafka.events.svc:9093", "consumerGroup": "audit", "topic": "audit"}}  # fmt: skip
DAY = {"type": "External", "external": {
    "metric": {"name": "requests"}, "target": {"type": "AverageValue", "averageValue": "10"}}}  # fmt: skip

ENCRYPTED = (
    *(Attack(f"what the key of the ledger encrypts is never decrypted: {', '.join(operations)}", ("FJ-ENC-113",),
             key(keyOps=operations), "critical", KEYS)
      for operations in (["wrapKey"], ["encrypt"], ["encrypt", "decrypt", "wrapKey"], ["wrapKey", "sign", "verify"],
                         ["wrapKey", "unwrapKey", "encrypt"], ["WrapKey", "decrypt"])),
    *(Attack(f"the key of the ledger encrypts nothing before {year}", ("FJ-ENC-113",),
             key(attributes={"notBefore": seconds}), "critical", KEYS)
      for year, seconds in (("2035", 2_051_222_400), ("the year 9999", 253_402_300_799))),
)  # fmt: skip
MODEL_FILTERS = (
    *(Attack(f"insults in texts pass the guardrail of models: {name}", ("FJ-EXP-127", "FJ-ESC-115"), filtered(**given),
             "critical", MODELS)
      for name, given in (
          ("prompts of images", {"inputModalities": ["IMAGE"]}),
          ("answers of images", {"outputModalities": ["IMAGE"], "inputModalities": ["TEXT"]}),
          ("answers that are not looked at", {"outputEnabled": False}))),
    Attack("calls of models are recorded without what was asked", ("FJ-ESC-115",), recorded(
        textDataDeliveryEnabled=False), "critical", MODELS),
)  # fmt: skip

KINDS = (
    *(Attack(f"objects of {kind} of {group} are not served, {name}", ("FJ-ESC-119",),
             definition(group, kind, *versions), "critical", DEFINITIONS)
      for group, kind, name, versions in (
          ("kyverno.io", "ClusterPolicy", "in their only version", (("v1", False, True),)),
          ("security.istio.io", "AuthorizationPolicy", "in their stable version",
           (("v1", False, False), ("v1beta1", True, True))),
          ("policies.bank.ae", "PaymentPolicy", "in the version in which they are kept",
           (("v1alpha1", False, True), ("v1beta1", True, False))))),
)  # fmt: skip
REFUSED_PODS = (
    *(Attack(f"{namespace} gets no pods: {name}", ("FJ-ESC-119",), plan, "critical", QUOTAS)
      for namespace, name, plan in (
          ("kyverno", "none are counted", quota("kyverno", {"pods": "0"})),
          ("gatekeeper-system", "none are counted by their kind", quota("gatekeeper-system", {"count/pods": 0})),
          ("kyverno", "no sets of pods", quota("kyverno", {"pods": "50", "count/replicasets.apps": "0"})),
          ("monitoring", "no processors", quota("monitoring", {"requests.cpu": "0"})),
          ("falco", "a thousandth of a processor", quota("falco", {"limits.cpu": "1m"})),
          ("monitoring", "a mebibyte", quota("monitoring", {"memory": "1Mi"})),
          ("gatekeeper-system", "none of its priority", quota("gatekeeper-system", {"pods": "0"}, scopeSelector={
              "matchExpressions": [{"scopeName": "PriorityClass", "operator": "In",
                                    "values": ["system-cluster-critical"]}]})),
          ("kyverno", "none that stay", quota("kyverno", {"pods": "0"}, scopes=["NotTerminating"])),
          ("gatekeeper-system", "no certificates of its webhook", quota("gatekeeper-system", {"count/secrets": "0"})),
          ("kyverno", "each has less than it needs", limits("kyverno", max={"memory": "1Mi"})),
          ("monitoring", "each has more than a machine", limits("monitoring", min={"cpu": "900"})),
          ("falco", "each as a whole", limits("falco", type="Pod", max={"cpu": "1m"})))),
)  # fmt: skip
ENDED_PODS = (
    *(Attack(f"{name} ends", ("FJ-ESC-119",), plan, "critical", SCALERS)
      for name, plan in (
          ("Kyverno by night", scaled("kyverno", KYVERNO, minReplicaCount=0)),
          ("Kyverno when nobody calls it, by a number that is not stated", scaled("kyverno", KYVERNO)),
          ("Kyverno while its autoscaler is paused", scaled("kyverno", KYVERNO, {
              "autoscaling.keda.sh/paused-replicas": "0"}, minReplicaCount=2)),
          ("Gatekeeper when it is idle", scaled("policies", GATEKEEPER, minReplicaCount=1, idleReplicaCount=0)),
          ("Gatekeeper by an autoscaler of the cluster", (inside("autoscaling/v2:HorizontalPodAutoscaler", "scale", {
              "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": GATEKEEPER},
              "minReplicas": 0, "maxReplicas": 2, "metrics": [DAY]}, "gatekeeper-system"),)),
          ("what tells of intrusions, by night,", scaled("falco", "falcosidekick", minReplicaCount=0)),
          ("what archives records of audit, by night,", scaled("records", "audit-log-archiver", minReplicaCount=0)),
          ("what archives records of audit, while its autoscaler is paused,", scaled("records", "audit-log-archiver", {
              "autoscaling.keda.sh/paused-replicas": "0"}, triggers=[RECORDS])),
          ("what is called about intrusions, while a queue is empty,", scaled(
              "falco", "falcosidekick", triggers=[RECORDS])),
          ("what takes alerts", (crd("monitoring.coreos.com/v1:Alertmanager", {"replicas": 0}),)),
          ("what evaluates alerts", (crd("monitoring.coreos.com/v1:Prometheus", {"replicas": 0}),)),
          ("the receiver of records of audit", (renamed(
              workload("apps/v1:Deployment", {}, replicas=0), "records", "audit-webhook"),)),
          ("what tells of intrusions, by a change of another stack's program,", patch(
              "apps/v1:DeploymentPatch", "falco", "falcosidekick", {"replicas": 0})),
          ("the evaluation of what is created, as other pods answer,", patch(
              "core/v1:ServicePatch", "kyverno", "kyverno-svc", {"selector": {"app": "other"}})))),
)  # fmt: skip

ATTACKS: tuple[Attack, ...] = (*ENCRYPTED, *MODEL_FILTERS, *KINDS, *REFUSED_PODS, *ENDED_PODS)
