"""Good custom resources of operators of data, secrets, policies, deployments and models with ordinary values.

They were written before the allow-lists of values of custom resources (`data/object_values.csv`), on 2026-11-28.
"""

from ..blind import IMAGE, TAGS, crd, k8s, meta, pod
from ..harness import Given
from . import Idiom, unpriced
from .custom_resources import top

KYVERNO, ARGO = "kyverno.io/docs/policy-types", "argo-cd.readthedocs.io/en/stable/operator-manual"
OAUTH = "io.strimzi.kafka.oauth.server"
BEARER = (
    "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required "
    'oauth.valid.issuer.uri="https://login.example.ae/realms/bank" oauth.username.claim="preferred_username" '
    'oauth.jwks.endpoint.uri="https://login.example.ae/realms/bank/protocol/openid-connect/certs";'
)
STRIMZI, CNPG = "strimzi.io/docs/operators/latest/configuring", "cloudnative-pg.io/documentation/current"
SECRETS = "external-secrets.io/latest/api/spec"
PODS = {"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"], "resources": ["pods"]}


def _in(namespace: str, kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": meta(name, namespace), "spec": spec}, name)


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a policy of Kyverno refuses images of others", (top("kyverno.io/v1:ClusterPolicy", "registries", {
        "admission": True, "background": True, "failurePolicy": "Fail", "emitWarning": True, "applyRules": "All",
        "webhookConfiguration": {"failurePolicy": "Fail", "timeoutSeconds": 10},
        "rules": [{"name": "registries", "match": {"any": [{"resources": {
            "kinds": ["Pod"], "operations": ["CREATE", "UPDATE"]}}]},
            "validate": {"failureAction": "Enforce", "message": "Use the registry of the bank", "pattern": {
                "spec": {"containers": [{"image": "registry.example.ae/*"}]}}}}]}),), KYVERNO),
    Idiom("a policy of Kyverno by expressions refuses and records", (top(
        "policies.kyverno.io/v1:ValidatingPolicy", "no-root", {
            "validationActions": ["Deny", "Audit"], "failurePolicy": "Fail",
            "evaluation": {"mode": "Kubernetes", "admission": {"enabled": True}, "background": {"enabled": True}},
            "matchConstraints": {"matchPolicy": "Equivalent", "resourceRules": [PODS]},
            "validations": [{"expression": "object.spec.?securityContext.?runAsNonRoot.orValue(false)",
                             "message": "Do not run as root", "reason": "Invalid"}]}),), KYVERNO),
    Idiom("a constraint of Gatekeeper denies at creation and in audits", (top(
        "constraints.gatekeeper.sh/v1beta1:K8sRequiredLabels", "owner", {
            "enforcementAction": "scoped", "scopedEnforcementActions": [
                {"action": "deny", "enforcementPoints": [{"name": "*"}]}],
            "match": {"scope": "Namespaced", "kinds": [{"apiGroups": [""], "kinds": ["Pod"]}]},
            "parameters": {"labels": [{"key": "owner"}]}}),), "open-policy-agent.github.io/gatekeeper"),
    Idiom("secrets of the vault are written for one app", (
        crd("external-secrets.io/v1:SecretStore", {"provider": {"vault": {
            "server": "https://vault.vault.svc.cluster.local:8200", "path": "team-a", "version": "v2",
            "caProvider": {"type": "ConfigMap", "name": "authority", "key": "ca.crt"},
            "auth": {"kubernetes": {"mountPath": "kubernetes", "role": "chat",
                                    "serviceAccountRef": {"name": "chat"}}}}}}),
        crd("external-secrets.io/v1:ExternalSecret", {
            "secretStoreRef": {"name": "x", "kind": "SecretStore"}, "refreshInterval": "1h",
            "refreshPolicy": "Periodic",
            "target": {"name": "chat", "creationPolicy": "Owner", "deletionPolicy": "Retain", "template": {
                "engineVersion": "v2", "mergePolicy": "Replace", "type": "Opaque"}},
            "data": [{"secretKey": "password", "remoteRef": {
                "key": "chat", "property": "password", "conversionStrategy": "Default",
                "decodingStrategy": "None", "metadataPolicy": "None"}}]})), SECRETS),
    Idiom("a user of Kafka reads one topic by a certificate", (
        crd("kafka.strimzi.io/v1:KafkaUser", {"authentication": {"type": "tls"}, "authorization": {
            "type": "simple", "acls": [
                {"type": "allow", "host": "*", "operations": ["Read", "Describe"],
                 "resource": {"type": "topic", "name": "claims", "patternType": "literal"}},
                {"type": "allow", "operations": ["Read"],
                 "resource": {"type": "group", "name": "claims-", "patternType": "prefix"}}]}}),
        crd("kafka.strimzi.io/v1:KafkaTopic", {"partitions": 12, "replicas": 3, "config": {
            "retention.ms": 604800000, "cleanup.policy": "delete", "min.insync.replicas": 2}})), STRIMZI),
    Idiom("brokers of Kafka have inner listeners with certificates and SCRAM", (
        crd("kafka.strimzi.io/v1:Kafka", {"kafka": {
            "version": "4.1.0", "authorization": {"type": "simple"}, "listeners": [
                {"name": "tls", "port": 9093, "type": "internal", "tls": True, "authentication": {"type": "tls"}},
                {"name": "scram", "port": 9094, "type": "cluster-ip", "tls": True,
                 "authentication": {"type": "scram-sha-512"}}],
            "rack": {"type": "topology-label", "topologyKey": "topology.kubernetes.io/zone"},
            "logging": {"type": "inline", "loggers": {"rootLogger.level": "INFO"}},
            "metricsConfig": {"type": "jmxPrometheusExporter", "valueFrom": {
                "configMapKeyRef": {"name": "metrics", "key": "kafka.yml"}}},
            "template": {"pod": {"metadata": {"labels": TAGS}}}}}),), STRIMZI,
        unpriced("kubernetes:kafka.strimzi.io/v1:Kafka::it")),
    Idiom("brokers of Kafka let in by tokens, and Keycloak decides on rights", (
        crd("kafka.strimzi.io/v1:Kafka", {"kafka": {
            "version": "4.3.1", "authorization": {
                "type": "custom", "authorizerClass": f"{OAUTH}.authorizer.KeycloakAuthorizer",
                "superUsers": ["service-account-kafka"]},
            "listeners": [{"name": "tls", "port": 9093, "type": "internal", "tls": True, "authentication": {
                "type": "custom", "sasl": True, "listenerConfig": {
                    "sasl.enabled.mechanisms": "OAUTHBEARER", "connections.max.reauth.ms": 3600,
                    "oauthbearer.sasl.server.callback.handler.class":
                        f"{OAUTH}.JaasServerOauthValidatorCallbackHandler",
                    "oauthbearer.sasl.jaas.config": BEARER}}}],
            "config": {"principal.builder.class": f"{OAUTH}.OAuthKafkaPrincipalBuilder",
                       "strimzi.authorization.client.id": "kafka", "strimzi.authorization.token.endpoint.uri":
                       "https://login.example.ae/realms/bank/protocol/openid-connect/token",
                       "strimzi.authorization.delegate.to.kafka.acl": "false"},
            "template": {"pod": {"metadata": {"labels": TAGS}}}}}),), f"{STRIMZI} (type: custom)",
        {**unpriced("kubernetes:kafka.strimzi.io/v1:Kafka::it"),
         "identity": {"trusted": {"login.example.ae": "our own sign-in"}}}),
    Idiom("a pooler and a nightly backup of PostgreSQL", (
        crd("postgresql.cnpg.io/v1:Pooler", {
            "cluster": {"name": "pg"}, "instances": 2, "type": "rw", "pgbouncer": {
                "poolMode": "transaction", "parameters": {"max_client_conn": "500"}}}),
        crd("postgresql.cnpg.io/v1:ScheduledBackup", {
            "schedule": "0 0 2 * * *", "cluster": {"name": "pg"}, "method": "plugin", "target": "prefer-standby",
            "backupOwnerReference": "self", "pluginConfiguration": {"name": "barman-cloud.cloudnative-pg.io"}})), CNPG,
        unpriced("kubernetes:postgresql.cnpg.io/v1:Pooler::it")),
    Idiom("a database and a role of PostgreSQL outlive their objects", (
        crd("postgresql.cnpg.io/v1:Database", {
            "name": "claims", "owner": "claims", "cluster": {"name": "pg"}, "ensure": "present",
            "databaseReclaimPolicy": "retain", "extensions": [{"name": "vector", "ensure": "present"}]}),), CNPG),
    Idiom("an application of Argo CD is synchronised from the bank's repository", (
        _in("argocd", "argoproj.io/v1alpha1:AppProject", "team-a", {
            "sourceRepos": ["https://git.example.ae/team-a/deploy.git"],
            "destinations": [{"server": "https://kubernetes.default.svc", "namespace": "team-a"}],
            "namespaceResourceWhitelist": [{"group": "apps", "kind": "Deployment"}],
            "orphanedResources": {"warn": True},
            "syncWindows": [{"kind": "allow", "schedule": "0 6 * * *", "duration": "12h", "applications": ["*"]}]}),),
        ARGO),
    Idiom("a release goes out in steps and is measured", (
        crd("argoproj.io/v1alpha1:AnalysisTemplate", {"args": [{"name": "service"}], "metrics": [{
            "name": "errors", "interval": "1m", "failureLimit": 2, "successCondition": "result[0] < 0.01",
            "provider": {"prometheus": {"address": "http://prometheus.monitoring.svc:9090",
                                        "query": "sum(rate(errors[5m]))"}}}]}),),
        "argo-rollouts.readthedocs.io/en/stable/features/analysis"),
    Idiom("an autoscaler reads a queue of the region by the operator's identity", (
        crd("keda.sh/v1alpha1:TriggerAuthentication", {"podIdentity": {
            "provider": "aws", "identityOwner": "workload"}}),
        crd("keda.sh/v1alpha1:ScaledObject", {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "chat"},
            "minReplicaCount": 1, "maxReplicaCount": 4, "advanced": {"horizontalPodAutoscalerConfig": {"behavior": {
                "scaleDown": {"selectPolicy": "Min", "policies": [
                    {"type": "Percent", "value": 50, "periodSeconds": 60}]}}}},
            "triggers": [{"type": "prometheus", "metricType": "AverageValue", "metadata": {
                "serverAddress": "https://prometheus.monitoring.svc:9090", "query": "sum(queue)",
                "threshold": "5"}}]})), "keda.sh/docs/latest/reference/scaledobject-spec"),
    Idiom("a backup each night is kept for a month", (_in("velero", "velero.io/v1:Schedule", "nightly", {
        "schedule": "0 2 * * *", "template": {
            "includedNamespaces": ["payments"], "ttl": "720h0m0s", "storageLocation": "primary",
            "snapshotVolumes": True, "itemOperationTimeout": "4h",
            "orderedResources": {"pods": "payments/pg-1"}}}),), "velero.io/docs/main/api-types/schedule"),
    Idiom("a queue of training borrows within its cohort", (
        top("kueue.x-k8s.io/v1beta1:ClusterQueue", "training", {
            "cohort": "research", "queueingStrategy": "BestEffortFIFO", "stopPolicy": "None",
            "namespaceSelector": {"matchLabels": {"team": "research"}},
            "preemption": {"reclaimWithinCohort": "LowerPriority", "withinClusterQueue": "LowerPriority",
                           "borrowWithinCohort": {"policy": "Never"}},
            "flavorFungibility": {"whenCanBorrow": "Borrow", "whenCanPreempt": "TryNextFlavor"},
            "resourceGroups": [{"coveredResources": ["cpu"], "flavors": [
                {"name": "general", "resources": [{"name": "cpu", "nominalQuota": "32"}]}]}]}),),
        "kueue.sigs.k8s.io/docs/reference/kueue.v1beta1"),
    Idiom("a cluster of Ray serves nothing to others and is removed after its job", (
        crd("ray.io/v1:RayJob", {
            "entrypoint": "python train.py", "shutdownAfterJobFinishes": True, "ttlSecondsAfterFinished": 600,
            "submissionMode": "K8sJobMode", "rayClusterSpec": {
                "rayVersion": "2.49.0", "headGroupSpec": {
                    "serviceType": "ClusterIP", "rayStartParams": {"num-cpus": "0", "dashboard-host": "127.0.0.1"},
                    "template": {"metadata": {"labels": TAGS}, "spec": pod({})}}}}),),
        "docs.ray.io/en/latest/cluster/kubernetes/getting-started/rayjob-quick-start.html"),
    Idiom("a model is served with an autoscaler by its processors", (
        crd("serving.kserve.io/v1beta1:InferenceService", {"predictor": {
            "minReplicas": 1, "maxReplicas": 3, "scaleMetric": "cpu", "scaleTarget": 70, "labels": TAGS,
            "automountServiceAccountToken": False, "serviceAccountName": "app",
            "deploymentStrategy": {"type": "RollingUpdate"}, **pod({"image": IMAGE})}}),),
        "kserve.github.io/website/docs/reference/crd-api"),
)  # fmt: skip
