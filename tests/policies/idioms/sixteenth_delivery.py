"""Good idioms of clusters: delivery, events, tests and gateways that no other idiom has (set 16, blind)."""

from ..blind import TAGS, k8s, meta
from ..harness import Given
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside, role
from .fifteenth_work import GIT, delivered, pod
from .sixteenth_stores import HASH, owned
from .twelfth_charts import CALLERS, LOGIN, MIRROR, POD, image

FLUX, ROUTE = "toolkit.fluxcd.io", "gateway.networking.k8s.io/v1:HTTPRoute"
ARGO, TEMPORAL = "argoproj.io/v1alpha1", "temporal.io/v1alpha1"
PARENT = [{"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "inner", "namespace": "gateway"}]
FLAGS = {"flags": {"new-limits": {
    "state": "ENABLED", "variants": {"on": True, "off": False}, "defaultVariant": "off", "targeting": {
        "if": [{"in": [{"var": "branch"}, ["deira", "reem"]]}, "on", "off"]}}}}  # fmt: skip
LOAD = """import http from 'k6/http';
import { check } from 'k6';
export const options = { vus: 20, duration: '5m', thresholds: { http_req_failed: ['rate<0.01'] } };
export default function () {
  const answer = http.get('https://quotes.test.svc.cluster.local:8443/v1/quotes');
  check(answer, { 'is 200': (r) => r.status === 200 });
}
"""


def limits(resources: dict[str, dict[str, str]]) -> dict[str, object]:
    """Returns requests and limits for the container of an operator's object, with its closed security contexts."""
    return {"image": image("grafana/k6"), "resources": resources, "securityContext": POD, "containerSecurityContext":
            CLOSED, "serviceAccountName": "load", "automountServiceAccountToken": "false", "metadata": {
                "labels": TAGS}}  # fmt: skip


def settings(plan: tuple[Given, ...], *groups: str) -> dict[str, object]:
    """Returns what the bank lists for its deployers, with every object of the groups as unpriced."""
    prices = tuple(f"{given.type.removeprefix('kubernetes:')}::{given.name}" for given in plan
                   if any(given.type.startswith(f"kubernetes:{group}/") for group in groups))  # fmt: skip
    return delivered(*groups, prices=prices)


IMAGES = (
    inside(f"source.{FLUX}/v1:GitRepository", "deploy", {
        "interval": "5m", "url": GIT, "ref": {"branch": "main"}, "secretRef": {"name": "git-deploy"}, "verify": {
            "mode": "HEAD", "secretRef": {"name": "git-signers"}}}, "payments"),
    inside(f"image.{FLUX}/v1:ImageRepository", "payments", {
        "image": f"{MIRROR}/apps/payments", "interval": "10m", "provider": "generic", "insecure": False, "secretRef": {
            "name": "mirror-reader"}, "certSecretRef": {"name": "bank-authority"}}, "payments"),
    inside(f"image.{FLUX}/v1:ImagePolicy", "payments", {
        "imageRepositoryRef": {"name": "payments"}, "digestReflectionPolicy": "IfNotPresent", "policy": {
            "semver": {"range": ">=2.0.0 <3.0.0"}}}, "payments"),
    inside(f"image.{FLUX}/v1:ImageUpdateAutomation", "payments", {
        "interval": "30m", "sourceRef": {"kind": "GitRepository", "name": "deploy"}, "git": {
            "checkout": {"ref": {"branch": "main"}}, "commit": {
                "author": {"name": "Flux", "email": "flux@bank.ae"}, "messageTemplate": "Bring payments to {{range "
                ".Changed.Changes}}{{.NewValue}} {{end}}", "signingKey": {"secretRef": {"name": "flux-gpg"}}},
            "push": {"branch": "updates"}}, "update": {"path": "./test", "strategy": "Setters"}},
        "payments"))  # fmt: skip
INSTANCE = (
    inside("fluxcd.controlplane.io/v1:FluxInstance", "flux", {
        "distribution": {"version": "2.7.3", "registry": f"{MIRROR}/fluxcd", "imagePullSecret": "mirror-reader",
                         "artifact": f"oci://{MIRROR}/controlplaneio-fluxcd/flux-operator-manifests@{HASH}"},
        "components": ["source-controller", "kustomize-controller", "notification-controller"], "cluster": {
            "type": "kubernetes", "size": "medium", "multitenant": True, "networkPolicy": True,
            "tenantDefaultServiceAccount": "flux"}, "commonMetadata": {"labels": TAGS}, "wait": True,
        "storage": {"class": "encrypted", "size": "10Gi"}, "sync": {
            "kind": "OCIRepository", "url": f"oci://{MIRROR}/manifests/fleet", "ref": HASH, "path": "prod", "interval":
            "10m", "pullSecret": "mirror-reader", "provider": "generic"}}, "flux-system"),)  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("Flux proposes a newer image of the mirror on a branch, signed, which a person then merges", IMAGES,
          "fluxcd.io/flux/components/image/imageupdateautomations",
          settings(IMAGES, f"source.{FLUX}", f"image.{FLUX}")),
    Idiom("Flux itself is run from the mirror by its operator, for tenants with accounts of their own", INSTANCE,
          "fluxoperator.dev/docs/crd/fluxinstance", settings(INSTANCE, "fluxcd.controlplane.io")),
    owned("Knative serves apps by its operator from the mirror, twice, with a gateway inside the cluster", (
        inside("operator.knative.dev/v1beta1:KnativeServing", "knative-serving", {
            "version": "1.19.0", "high-availability": {"replicas": 2}, "registry": {"override": {
                part: image(f"knative/{part}") for part in (
                    "activator", "autoscaler", "controller", "webhook", "queue-proxy", "net-kourier-controller/"
                    "controller")}},
            "ingress": {"kourier": {"enabled": True, "service-type": "ClusterIP"}}, "config": {
                "network": {"ingress-class": "kourier.ingress.networking.knative.dev", "system-internal-tls":
                            "Enabled", "cluster-local-domain-tls": "Enabled", "external-domain-tls": "Enabled"},
                "features": {"secure-pod-defaults": "enabled", "kubernetes.podspec-securitycontext": "enabled"},
                "deployment": {"registries-skipping-tag-resolving": "", "queue-sidecar-cpu-limit": "500m"}},
            "podDisruptionBudgets": [{"name": "activator-pdb", "minAvailable": "50%"}]}, "knative-serving"),),
        "knative.dev/docs/install/operator/configuring-serving-cr", "operator.knative.dev"),
    owned("an event at night wakes a reconciliation through a channel, which keeps what fails", (
        inside("messaging.knative.dev/v1:Channel", "night", {
            "channelTemplate": {"apiVersion": "messaging.knative.dev/v1beta1", "kind": "KafkaChannel", "spec": {
                "numPartitions": 3, "replicationFactor": 3}},
            "delivery": {"retry": 5, "backoffPolicy": "exponential", "backoffDelay": "PT1S"}}, "ledger"),
        inside("sources.knative.dev/v1:PingSource", "night", {
            "schedule": "0 22 * * *", "timezone": "Asia/Dubai", "contentType": "application/json", "data":
            '{"what": "reconcile"}', "sink": {"ref": {"apiVersion": "messaging.knative.dev/v1", "kind": "Channel",
                                                      "name": "night"}}}, "ledger"),
        inside("messaging.knative.dev/v1:Subscription", "reconcile", {
            "channel": {"apiVersion": "messaging.knative.dev/v1", "kind": "Channel", "name": "night"}, "subscriber": {
                "ref": {"apiVersion": "v1", "kind": "Service", "name": "reconcile"}}, "delivery": {
                    "deadLetterSink": {"ref": {"apiVersion": "v1", "kind": "Service", "name": "failures"}},
                    "retry": 3}}, "ledger")),
        "knative.dev/docs/eventing/event-delivery", "messaging.knative.dev", "sources.knative.dev"),
    owned("a message of Kafka starts a reviewed workflow of Argo, by an account that may do that alone", (
        *role("events", "scores", {"apiGroups": ["argoproj.io"], "resources": ["workflows"], "verbs": ["create"]},
              {"apiGroups": ["argoproj.io"], "resources": ["workflowtemplates"], "verbs": ["get"],
               "resourceNames": ["score"]}),
        inside(f"{ARGO}:EventBus", "default", {"jetstream": {
            "version": "2.10.10", "replicas": 3, "persistence": {
                "storageClassName": "encrypted", "accessMode": "ReadWriteOnce", "volumeSize": "10Gi"},
            "metadata": {"labels": TAGS}, "securityContext": POD, "containerTemplate": {
                "resources": SMALL, "securityContext": CLOSED}}}, "scores"),
        inside(f"{ARGO}:EventSource", "cases", {"template": {"metadata": {"labels": TAGS}, "securityContext": POD,
                                                             "container": {"resources": SMALL}}, "kafka": {"opened": {
            "url": "kafka.kafka.svc.cluster.local:9093", "topic": "cases.opened", "jsonBody": True, "consumerGroup": {
                "groupName": "scores"}, "tls": {
                    "caCertSecret": {"name": "cases-kafka", "key": "ca.crt"},
                    "clientCertSecret": {"name": "cases-kafka", "key": "tls.crt"},
                    "clientKeySecret": {"name": "cases-kafka", "key": "tls.key"}}}}}, "scores"),
        inside(f"{ARGO}:Sensor", "score", {
            "template": {"serviceAccountName": "events", "metadata": {"labels": TAGS}, "securityContext": POD},
            "dependencies": [{"name": "case", "eventSourceName": "cases", "eventName": "opened"}], "triggers": [{
                "template": {"name": "score", "argoWorkflow": {"operation": "submit", "source": {"resource": {
                    "apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow", "metadata": {
                        "generateName": "score-", "labels": TAGS}, "spec": {
                            "workflowTemplateRef": {"name": "score"}, "arguments": {"parameters": [
                                {"name": "case", "value": "none"}]}}}}, "parameters": [{
                        "src": {"dependencyName": "case", "dataKey": "body.id"},
                        "dest": "spec.arguments.parameters.0.value"}]}},
                "rateLimit": {"unit": "Minute", "requestsPerUnit": 30}}]}, "scores")),
        "argoproj.github.io/argo-events/eventsources/setup/kafka", "argoproj.io"),
    owned("a new version of a worker of Temporal takes a tenth of flows first, and the old one ends its own", (
        inside(f"{TEMPORAL}:TemporalConnection", "flows", {
            "hostPort": "temporal-frontend.temporal.svc.cluster.local:7233", "mutualTLSSecretRef": {
                "name": "flows-client-tls"}}, "payments"),
        inside(f"{TEMPORAL}:TemporalWorkerDeployment", "payments", {
            "replicas": 2, "progressDeadlineSeconds": 600, "workerOptions": {
                "connectionRef": {"name": "flows"}, "temporalNamespace": "payments"},
            "rollout": {"strategy": "Progressive", "steps": [
                {"rampPercentage": 10, "pauseDuration": "10m"}, {"rampPercentage": 50, "pauseDuration": "30m"}]},
            "sunset": {"scaledownDelay": "1h", "deleteDelay": "24h"}, "template": {
                "metadata": {"labels": {**TAGS, "app": "payments"}}, "spec": pod("payments", SMALL)}}, "payments")),
        "docs.temporal.io/production-deployment/worker-deployments/kubernetes-controller", "temporal.io"),
    owned("a load of twenty callers tries the test of quotes, from two closed pods, and tells nobody outside", (
        k8s("core/v1:ServiceAccount", {"metadata": meta("load", "test"), "automountServiceAccountToken": False},
            "load"),
        k8s("core/v1:ConfigMap", {"metadata": meta("quotes-load", "test"), "data": {"load.js": LOAD}}, "script"),
        inside("k6.io/v1alpha1:TestRun", "quotes", {
            "parallelism": 2, "script": {"configMap": {"name": "quotes-load", "file": "load.js"}}, "cleanup": "post",
            "arguments": "--no-usage-report", "quiet": "true", **{
                part: limits(SMALL) for part in ("runner", "starter", "initializer")}}, "test")),
        "grafana.com/docs/k6/latest/set-up/set-up-distributed-k6/usage/configure-testrun-crd", "k6.io"),
    owned("new limits are on for two branches by flags that a small server reads from the cluster itself", (
        inside("core.openfeature.dev/v1beta1:FeatureFlag", "limits", {"flagSpec": FLAGS}, "cards"),
        inside("core.openfeature.dev/v1beta1:FeatureFlagSource", "limits", {
            "sources": [{"source": "cards/limits", "provider": "kubernetes"}], "port": 8080, "managementPort": 8081,
            "probesEnabled": True, "debugLogging": False, "resources": SMALL}, "cards"),
        inside("core.openfeature.dev/v1beta1:Flagd", "limits", {
            "featureFlagSource": "limits", "replicas": 2, "serviceType": "ClusterIP", "serviceAccountName": "flagd",
            "ingress": {"enabled": False, "hosts": ["flags.bank.ae"]}}, "cards")),
        "openfeature.dev/docs/reference/technologies/server/flagd; open-feature/open-feature-operator docs/crds.md",
        "core.openfeature.dev"),
    owned("agents reach tools of accounts through agentgateway with a token, to read alone, over verified TLS", (
        inside("agentgateway.dev/v1alpha1:AgentgatewayBackend", "accounts", {
            "mcp": {"failureMode": "FailClosed", "targets": [{"name": "accounts", "static": {
                "host": "accounts-mcp.tools.svc.cluster.local", "port": 8443, "protocol": "StreamableHTTP",
                "policies": {"tls": {"caCertificateRefs": [{"name": "bank-authority"}],
                                     "sni": "accounts-mcp.tools.svc.cluster.local"}}}}]}}, "tools"),
        inside("agentgateway.dev/v1alpha1:AgentgatewayPolicy", "accounts", {
            "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "name": "accounts"}],
            "traffic": {"jwtAuthentication": {"mode": "Strict", "providers": [{
                "issuer": LOGIN, "audiences": ["agents"], "jwks": {"remote": {
                    "jwksPath": "/realms/staff/protocol/openid-connect/certs", "cacheDuration": "5m", "backendRef": {
                        "kind": "Service", "group": "", "name": "keycloak", "namespace": "sign-in", "port": 8443}}}}]},
                "rateLimit": {"local": [{"requests": 60, "unit": "Minutes"}]}, "timeouts": {"request": "30s"}},
            "backend": {"mcp": {"authorization": {"action": "Allow", "policy": {"matchExpressions": [
                'jwt.groups.exists(g, g == "tellers") && mcp.tool.name == "read_account"']}}}}}, "tools"),
        inside(ROUTE, "accounts", {
            "parentRefs": PARENT, "hostnames": ["tools.bank.ae"], "rules": [{
                "matches": [{"path": {"type": "PathPrefix", "value": "/mcp"}}], "backendRefs": [
                    {"group": "agentgateway.dev", "kind": "AgentgatewayBackend", "name": "accounts"}]}]}, "tools")),
        "agentgateway.dev/docs/kubernetes/latest/reference/api", "agentgateway.dev", kubernetes=CALLERS),
    owned("services of two networks meet in VPC Lattice, healthy over HTTPS, with every call on record", (
        inside(ROUTE, "rates", {
            "parentRefs": PARENT, "hostnames": ["rates.bank.ae"], "rules": [{"backendRefs": [
                {"group": "", "kind": "Service", "name": "rates", "port": 8443}]}]}, "rates"),
        inside("application-networking.k8s.aws/v1alpha1:TargetGroupPolicy", "rates", {
            "targetRef": {"group": "", "kind": "Service", "name": "rates"}, "protocol": "HTTPS", "protocolVersion":
            "HTTP1", "healthCheck": {"enabled": True, "path": "/health", "port": 8443, "protocol": "HTTPS",
                                     "protocolVersion": "HTTP1", "statusMatch": "200", "intervalSeconds": 10}},
            "rates"),
        inside("application-networking.k8s.aws/v1alpha1:AccessLogPolicy", "rates", {
            "targetRef": {"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "name": "rates"}, "destinationArn":
            "arn:aws:logs:me-central-1:123456789012:log-group:/lattice/rates:*"}, "rates"),
        inside("application-networking.k8s.aws/v1alpha1:VpcAssociationPolicy", "inner", {
            "targetRef": {"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "inner"},
            "associateWithVpc": True, "securityGroupIds": ["sg-0a1b2c3d4e5f60718"]}, "gateway")),
        "www.gateway-api-controller.eks.aws.dev/latest/api-types/target-group-policy",
        "application-networking.k8s.aws", kubernetes=CALLERS),
)  # fmt: skip
