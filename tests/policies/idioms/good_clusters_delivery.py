"""Good programs of clusters: deliveries, workflows, policies and networks (2026-12-03, before any rule ran)."""

from ..blind import TAGS
from ..harness import Given
from . import Idiom, unpriced
from .twentieth_goodb_charts import merged
from .twenty_fifth_good_clusters import ACR, AT_TMP, DIGEST, SCRATCH, account, guarded, probe, served
from .twenty_fourth_good_clusters import USER, head, named, whole
from .twenty_third_azure_charts import POD, chart, closed, listed, made, sized, space

ARGO = "https://argoproj.github.io/argo-helm"
METALLB = "https://metallb.github.io/metallb"
CILIUM = "https://helm.cilium.io"
HELD = {"automountServiceAccountToken": False, "securityContext": POD, "volumes": [SCRATCH]}


def step(name: str, *args: str, cpu: str = "500m", memory: str = "1Gi") -> dict[str, object]:
    """Returns a template of Argo Workflows that runs one container of the bank's image."""
    return {"name": name, "metadata": {"labels": TAGS}, "container": {
        "image": f"{ACR}/{name}{DIGEST}", "command": [f"/app/{name}"], "args": list(args), "securityContext": USER,
        "volumeMounts": [AT_TMP], "resources": sized(cpu, memory)}}  # fmt: skip


def service(name: str, namespace: str, port: int) -> Given:
    """Returns a service inside the cluster."""
    return made("core/v1:Service", {"metadata": head(name, namespace), "spec": {
        "type": "ClusterIP", "selector": {"app": namespace}, "ports": [
            {"name": "http", "port": 80, "targetPort": port}]}}, f"service-{name}")  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("Argo Workflows: three steps of one table each night, tries again, ends in time and cleans up after itself", (
        space("tables"), closed("tables"), account("workflow", "tables"),
        made("rbac.authorization.k8s.io/v1:Role", {"metadata": head("executor", "tables"), "rules": [
            {"apiGroups": ["argoproj.io"], "resources": ["workflowtaskresults"], "verbs": ["create", "patch"]}]},
            "executor"),
        made("rbac.authorization.k8s.io/v1:RoleBinding", {
            "metadata": head("executor", "tables"), "roleRef": {
                "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "executor"}, "subjects": [
                {"kind": "ServiceAccount", "name": "workflow", "namespace": "tables"}]}, "executor-binding"),
        named("argoproj.io/v1alpha1:WorkflowTemplate", "nightly", "tables", {
            "entrypoint": "all", "serviceAccountName": "workflow", "automountServiceAccountToken": False, "executor": {
                "serviceAccountName": "workflow"}, "securityContext": POD, "volumes": [SCRATCH],
            "activeDeadlineSeconds": 14400, "ttlStrategy": {"secondsAfterCompletion": 86400, "secondsAfterFailure":
                                                            259200}, "podGC": {"strategy": "OnPodSuccess"},
            "parallelism": 4, "podDisruptionBudget": {"minAvailable": "100%"}, "archiveLogs": False,
            "arguments": {"parameters": [{"name": "day", "value": "yesterday"}]}, "templates": [
                {"name": "all", "dag": {"failFast": True, "tasks": [
                    {"name": "read", "template": "read-table"},
                    {"name": "check", "template": "check-table", "dependencies": ["read"]},
                    {"name": "write", "template": "write-table", "dependencies": ["check"]}]}},
                *({**step(name, "--day={{workflow.parameters.day}}"), "retryStrategy": {
                    "limit": "3", "retryPolicy": "OnTransientError", "backoff": {"duration": "1m", "factor": "2"}}}
                  for name in ("read-table", "check-table", "write-table"))]}),
        named("argoproj.io/v1alpha1:CronWorkflow", "nightly", "tables", {
            "schedules": ["0 2 * * *"], "timezone": "Asia/Dubai", "concurrencyPolicy": "Forbid",
            "startingDeadlineSeconds": 600, "successfulJobsHistoryLimit": 3, "failedJobsHistoryLimit": 3,
            "workflowSpec": {"workflowTemplateRef": {"name": "nightly"}}})),
        "argo-workflows.readthedocs.io/en/latest/cron-workflows; .../service-accounts; .../security, as known",
        merged(listed(), unpriced("kubernetes:argoproj.io/v1alpha1:CronWorkflow::nightly-CronWorkflow"))),
    Idiom("Argo Rollouts: a tenth, a third, then all, while errors are counted and the old pods wait", (
        space("quotes"), closed("quotes"), account("quotes", "quotes"),
        named("argoproj.io/v1alpha1:Rollout", "quotes", "quotes", {
            "replicas": 4, "revisionHistoryLimit": 3, "progressDeadlineSeconds": 600, "progressDeadlineAbort": True,
            "selector": {"matchLabels": {"app": "quotes"}}, "strategy": {"canary": {
                "stableService": "quotes-stable", "canaryService": "quotes-next", "maxSurge": 1, "maxUnavailable": 0,
                "trafficRouting": {"plugins": {"argoproj-labs/gatewayAPI": {
                    "httpRoute": "quotes", "namespace": "quotes"}}}, "steps": [
                    {"setWeight": 10}, {"pause": {"duration": "10m"}}, {"analysis": {"templates": [
                        {"templateName": "errors"}]}}, {"setWeight": 33}, {"pause": {"duration": "10m"}}]}},
            "template": {"metadata": {"labels": {**TAGS, "app": "quotes"}}, "spec": {
                **HELD, "serviceAccountName": "quotes", "containers": [{
                    "name": "quotes", "image": f"{ACR}/quotes{DIGEST}", "securityContext": USER, "volumeMounts": [
                        AT_TMP], "ports": [{"name": "http", "containerPort": 8080}], "readinessProbe":
                    probe("/ready", 8080), "livenessProbe": probe("/live", 8080), "resources":
                    sized("250m", "512Mi")}]}}}),
        *(service(name, "quotes", 8080) for name in ("quotes-stable", "quotes-next")),
        named("argoproj.io/v1alpha1:AnalysisTemplate", "errors", "quotes", {"metrics": [{
            "name": "errors", "interval": "1m", "count": 5, "failureLimit": 1, "successCondition": "result[0] < 0.01",
            "provider": {"prometheus": {"address": "https://prometheus.monitoring.svc:9090", "query":
                'sum(rate(http_requests_total{app="quotes",code=~"5.."}[2m]))'
                ' / sum(rate(http_requests_total{app="quotes"}[2m]))'}}}]}),
        named("gateway.networking.k8s.io/v1:HTTPRoute", "quotes", "quotes", {
            "parentRefs": [{"name": "private", "namespace": "falaj-gateway", "sectionName": "https"}], "hostnames": [
                "quotes.apps.bank.ae"], "rules": [{"matches": [{"path": {"type": "PathPrefix", "value": "/"}}],
                "backendRefs": [{"name": "quotes-stable", "port": 80, "weight": 100},
                                {"name": "quotes-next", "port": 80, "weight": 0}]}]})),
        "argo-rollouts.readthedocs.io/en/stable/features/canary; .../analysis/prometheus; argoproj-labs/"
        "rollouts-plugin-trafficrouter-gatewayapi, as known", merged(listed(), unpriced(
            "kubernetes:argoproj.io/v1alpha1:Rollout::quotes-Rollout"))),
    Idiom("chart argo-events: letters of Kafka start a workflow of the team, by an account that may only submit", (
        space("argo-events"), space("claims"), closed("claims"),
        chart("argo-events", ARGO, "2.4.17", "argo-events", {
            "global": {"additionalLabels": TAGS}, "controller": {
                "replicas": 2, "resources": sized("100m", "256Mi"), "rbac": {"enabled": True, "namespaced": True,
                                                                             "managedNamespace": "claims"}},
            "webhook": {"enabled": False}}),
        account("submitter", "claims"),
        made("rbac.authorization.k8s.io/v1:Role", {"metadata": head("submitter", "claims"), "rules": [
            {"apiGroups": ["argoproj.io"], "resources": ["workflows"], "verbs": ["create"]},
            {"apiGroups": ["argoproj.io"], "resources": ["workflowtemplates"], "verbs": ["get"]}]}, "submitter"),
        made("rbac.authorization.k8s.io/v1:RoleBinding", {
            "metadata": head("submitter", "claims"), "roleRef": {
                "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "submitter"}, "subjects": [
                {"kind": "ServiceAccount", "name": "submitter", "namespace": "claims"}]}, "submitter-binding"),
        named("argoproj.io/v1alpha1:EventBus", "default", "claims", {"jetstreamExotic": {
            "url": "tls://nats.messages.svc:4222", "accessSecret": {"name": "nats", "key": "auth.yaml"}, "tls": {
                "caCertSecret": {"name": "bank-ca", "key": "ca.crt"}}, "streamConfig": ""}}),
        named("argoproj.io/v1alpha1:EventSource", "claims", "claims", {
            "template": {"serviceAccountName": "submitter", "securityContext": POD, "container": {
                "securityContext": USER, "resources": sized("100m", "128Mi")}}, "kafka": {"received": {
                "url": "kafka-bootstrap.messages.svc:9093", "topic": "claims", "jsonBody": True, "connectionBackoff": {
                    "duration": "10s", "steps": 5, "factor": 2}, "consumerGroup": {
                        "groupName": "claims", "oldest": False}, "tls": {
                    "caCertSecret": {"name": "bank-ca", "key": "ca.crt"}, "clientCertSecret": {
                        "name": "kafka-user", "key": "user.crt"}, "clientKeySecret": {
                            "name": "kafka-user", "key": "user.key"}}}}}),
        named("argoproj.io/v1alpha1:Sensor", "claims", "claims", {
            "template": {"serviceAccountName": "submitter", "securityContext": POD, "container": {
                "securityContext": USER, "resources": sized("100m", "128Mi")}}, "dependencies": [
                {"name": "claim", "eventSourceName": "claims", "eventName": "received"}], "triggers": [{
                    "rateLimit": {"unit": "Minute", "requestsPerUnit": 30}, "retryStrategy": {"steps": 3}, "template": {
                    "name": "score", "argoWorkflow": {"operation": "submit", "source": {"resource": {
                        "apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow", "metadata": {
                            "generateName": "score-", "namespace": "claims", "labels": TAGS}, "spec": {
                            "workflowTemplateRef": {"name": "score"}, "arguments": {"parameters": [
                                {"name": "claim", "value": ""}]}}}}, "parameters": [{
                            "src": {"dependencyName": "claim", "dataKey": "body.id"}, "dest":
                            "spec.arguments.parameters.0.value"}]}}}]})),
        "argoproj/argo-events docs/eventsources/setup/kafka.md; docs/sensors/triggers/argo-workflow.md, as known",
        merged(listed(ARGO, escape={"allowed_types": {"kubernetes:argoproj.io/v1alpha1:Sensor":
            "starts one workflow of the plan's own template"}}), unpriced(
            "kubernetes:argoproj.io/v1alpha1:EventBus::default-EventBus",
                "kubernetes:argoproj.io/v1alpha1:EventSource::"
            "claims-EventSource", "kubernetes:argoproj.io/v1alpha1:Sensor::claims-Sensor")), charts=("argo-events",)),
    Idiom("Gatekeeper: the library's constraints on pods, names of hosts that are unique, and what comes by itself", (
        *(made(f"constraints.gatekeeper.sh/v1beta1:{kind}", {"metadata": {"name": name, "labels": TAGS}, "spec": {
            "enforcementAction": "deny", "match": {"kinds": [{"apiGroups": groups, "kinds": kinds}], **more},
            **({"parameters": parameters} if parameters else {})}}, name)
          for kind, name, groups, kinds, parameters, more in (
            ("K8sPSPPrivilegedContainer", "no-privileged", [""], ["Pod"], {}, {"excludedNamespaces": ["kube-system"]}),
            ("K8sContainerLimits", "memory-limits", [""], ["Pod"], {"memory": "64Gi", "cpu": "32"}, {
                "excludedNamespaces": ["kube-system", "gatekeeper-system"]}),
            ("K8sUniqueIngressHost", "unique-hosts", ["networking.k8s.io"], ["Ingress"], {}, {}),
            ("K8sRequiredLabels", "cost-labels", [""], ["Namespace"], {"labels": [
                {"key": "cost-centre", "allowedRegex": "^cc-[0-9]{4}$"}, {"key": "owner"}]}, {}),
            ("K8sBlockNodePort", "no-node-ports", [""], ["Service"], {}, {}))),
        *(whole(f"mutations.gatekeeper.sh/v1:{kind}", name, {
            "match": {"scope": "Namespaced", "kinds": [{"apiGroups": ["*"], "kinds": ["Pod"]}], "excludedNamespaces": [
                "kube-system"]}, **({"applyTo": [{"groups": [""], "versions": ["v1"], "kinds": ["Pod"]}]} if kind ==
                                    "Assign" else {}), "location": location,
                                        "parameters": {"assign": {"value": value}}})
          for kind, name, location, value in (
            ("Assign", "no-tokens", "spec.automountServiceAccountToken", False),
            ("Assign", "no-escalation", "spec.containers[name:*].securityContext.allowPrivilegeEscalation", False),
            ("AssignMetadata", "owner", "metadata.labels.platform", "ai"))),
        made("config.gatekeeper.sh/v1alpha1:Config", {
            "metadata": {"name": "config", "namespace": "gatekeeper-system", "labels": TAGS}, "spec": {
                "sync": {"syncOnly": [{"group": "networking.k8s.io", "version": "v1", "kind": "Ingress"}]}, "match": [
                    {"excludedNamespaces": ["kube-system"], "processes": ["audit"]}]}}, "config")),
        "open-policy-agent/gatekeeper-library library/general; open-policy-agent.github.io/gatekeeper/website/docs/"
        "mutation, as known", listed(escape={"allowed_types": {
            "kubernetes:mutations.gatekeeper.sh/v1:AssignMetadata": "one label of our own"}})),
    Idiom("Cilium: the datapath seals traffic between nodes, names of hosts are let out, and a port speaks HTTP alone",
        (
        chart("cilium", CILIUM, "1.18.4", "kube-system", {
            "kubeProxyReplacement": True, "encryption": {"enabled": True, "type": "wireguard", "nodeEncryption": True},
            "hubble": {"enabled": True, "relay": {"enabled": True, "replicas": 2}, "ui": {"enabled": False}, "tls": {
                "auto": {"method": "certmanager", "certManagerIssuerRef": {
                    "group": "cert-manager.io", "kind": "ClusterIssuer", "name": "bank-ca"}}}, "metrics": {
                "enabled": ["dns", "drop", "tcp", "flow"], "serviceMonitor": {"enabled": True}}},
            "ipam": {"mode": "kubernetes"}, "operator": {"replicas": 2, "prometheus": {"enabled": True}},
            "policyEnforcementMode": "default", "policyAuditMode": False, "resources": sized("200m", "1Gi"),
            "bpf": {"masquerade": True}, "l7Proxy": True, "podDisruptionBudget": {"enabled": True}}),
        space("loans"), closed("loans"), account("loans", "loans"),
        served("loans", "loans", {"image": f"{ACR}/loans{DIGEST}", "resources": sized("250m", "512Mi"), "ports": [
            {"name": "http", "containerPort": 8080}], "readinessProbe": probe("/ready", 8080)}),
        *guarded("loans", "loans", 8080, "portal"),
        named("cilium.io/v2:CiliumNetworkPolicy", "loans", "loans", {
            "description": "What loans may say and hear", "endpointSelector": {"matchLabels": {"app": "loans"}},
            "ingress": [{"fromEndpoints": [{"matchLabels": {
                "k8s:io.kubernetes.pod.namespace": "portal", "app": "portal"}}], "toPorts": [{
                    "ports": [{"port": "8080", "protocol": "TCP"}], "rules": {"http": [
                        {"method": "GET", "path": "/v1/offers/.*"}, {"method": "POST", "path": "/v1/requests"}]}}],
                "authentication": {"mode": "required"}}],
            "egress": [
                {"toEndpoints": [{"matchLabels": {
                    "k8s:io.kubernetes.pod.namespace": "kube-system", "k8s-app": "kube-dns"}}], "toPorts": [{
                        "ports": [{"port": "53", "protocol": "ANY"}], "rules": {"dns": [
                            {"matchPattern": "*.bank.ae"}]}}]},
                {"toFQDNs": [{"matchName": "scores.bank.ae"}], "toPorts": [{"ports": [
                    {"port": "443", "protocol": "TCP"}]}]}]}),
        whole("cilium.io/v2:CiliumClusterwideNetworkPolicy", "no-metadata", {
            "description": "No pod asks the machine for its identity", "endpointSelector": {}, "enableDefaultDeny": {
                "egress": False, "ingress": False}, "egressDeny": [{"toCIDR": ["169.254.169.254/32"]}]})),
        "docs.cilium.io/en/stable/security/network/encryption-wireguard; .../policy/language; .../observability/"
        "metrics, as known", listed(CILIUM, escape={"allowed_types": {
            "kubernetes:cilium.io/*": "read by the network team"}})),
    Idiom("MetalLB: addresses of one range of the data centre for two namespaces, announced to two routers", (
        space("metallb-system", "privileged"),
        chart("metallb", METALLB, "0.15.2", "metallb-system", {
            "controller": {"resources": sized("50m", "128Mi"), "labels": TAGS}, "speaker": {
                "resources": sized("50m", "128Mi"), "labels": TAGS, "frr": {"enabled": True}, "ignoreExcludeLB": False},
            "loadBalancerClass": "bank.ae/metallb", "prometheus": {"rbacPrometheus": True, "serviceAccount":
                "prometheus", "namespace": "monitoring", "serviceMonitor": {"enabled": True}, "podMonitor": {
                    "enabled": False}}}),
        *(named(f"metallb.io/{kind}", name, "metallb-system", {**spec}) for kind, name, spec in (
            ("v1beta1:IPAddressPool", "inner", {
                "addresses": ["10.40.8.0/26"], "autoAssign": False, "avoidBuggyIPs": True, "serviceAllocation": {
                    "priority": 50, "namespaces": ["gateway", "messages"]}}),
            ("v1beta2:BGPPeer", "router-1", {
                "myASN": 64512, "peerASN": 64513, "peerAddress": "10.40.0.1", "holdTime": "30s", "bfdProfile": "fast",
                "passwordSecret": {"name": "bgp-router-1", "namespace": "metallb-system"}}),
            ("v1beta2:BGPPeer", "router-2", {
                "myASN": 64512, "peerASN": 64513, "peerAddress": "10.40.0.2", "holdTime": "30s", "bfdProfile": "fast",
                "passwordSecret": {"name": "bgp-router-2", "namespace": "metallb-system"}}),
            ("v1beta1:BFDProfile", "fast", {"receiveInterval": 300, "transmitInterval": 300, "detectMultiplier": 3}),
            ("v1beta1:BGPAdvertisement", "inner", {
                "ipAddressPools": ["inner"], "aggregationLength": 32, "communities": ["64512:100"],
                "peers": ["router-1", "router-2"]})))),
        "metallb.io/configuration/_advanced_bgp_configuration; .../installation, as known",
        listed(METALLB, kubernetes={"privileged_namespaces": {
            "metallb-system": "its speakers announce addresses from the network of nodes"}}), charts=("metallb",)),
)  # fmt: skip
