"""Good programs of clusters: figures, gateways, stores and rooms of teams (set 26, before any rule ran)."""

from ..blind import TAGS
from . import Idiom, unpriced
from .twentieth_goodb_charts import merged
from .twenty_fifth_good_clusters import ACR, AT_TMP, DIGEST, SCRATCH, account, probe
from .twenty_fourth_good_clusters import USER, head, named, whole
from .twenty_third_azure import STAFF, TENANT
from .twenty_third_azure_charts import CLIENT, POD, ZONES, closed, listed, made, sized, space

AS_TEXT = ",".join(f"{key}={value}" for key, value in TAGS.items())
"""The tags of costs as parameters of a class have them."""
BINDING = "rbac.authorization.k8s.io/v1:RoleBinding"
CEL = "object.spec.template.spec.containers.all(c, has(c.resources) && has(c.resources.limits) && 'memory' in " \
      "c.resources.limits)"  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("Prometheus: an app is asked by TLS, hosts are tried, alarms by speed of loss, and a team hears its own", (
        space("orders"), closed("orders"),
        named("monitoring.coreos.com/v1:ServiceMonitor", "orders", "orders", {
            "selector": {"matchLabels": {"app": "orders"}}, "jobLabel": "app", "sampleLimit": 20000,
            "labelLimit": 40, "endpoints": [{
                "port": "metrics", "scheme": "https", "interval": "30s", "scrapeTimeout": "10s", "tlsConfig": {
                    "ca": {"configMap": {"name": "bank", "key": "roots.pem"}}, "serverName": "orders.orders.svc"},
                "authorization": {"type": "Bearer", "credentials": {"name": "scrape", "key": "token"}},
                "metricRelabelings": [{"action": "labeldrop", "regex": "customer_id"}]}]}),
        named("monitoring.coreos.com/v1:Probe", "sites", "orders", {
            "jobName": "sites", "interval": "60s", "module": "https_2xx", "prober": {
                "url": "blackbox.monitoring.svc:9115", "path": "/probe"}, "targets": {"staticConfig": {
                    "static": ["https://orders.apps.bank.ae/healthz"], "labels": {"team": "orders"}}}}),
        named("monitoring.coreos.com/v1:PrometheusRule", "orders", "orders", {"groups": [
            {"name": "recorded", "interval": "1m", "rules": [{
                "record": "job:http_errors:ratio_rate1h", "expr":
                'sum(rate(http_requests_total{job="orders",code=~"5.."}[1h])) / sum(rate(http_requests_total'
                '{job="orders"}[1h]))'}]},
            {"name": "orders", "rules": [
                {"alert": "OrdersBudgetBurnsFast", "expr": "job:http_errors:ratio_rate1h > 14.4 * 0.001", "for": "2m",
                 "keep_firing_for": "5m", "labels": {"severity": "page", "team": "orders"}, "annotations": {
                     "summary": "Two per cent of the month's errors in an hour", "runbook_url":
                     "https://wiki.bank.ae/orders/burn"}},
                {"alert": "OrdersAbsent", "expr": 'absent(up{job="orders"})', "for": "10m", "labels": {
                    "severity": "page", "team": "orders"}, "annotations": {"summary": "Nothing answers"}}]}]}),
        named("monitoring.coreos.com/v1alpha1:AlertmanagerConfig", "orders", "orders", {
            "route": {"receiver": "team", "groupBy": ["alertname"], "groupWait": "30s", "groupInterval": "5m",
                      "repeatInterval": "4h", "matchers": [{"name": "team", "value": "orders", "matchType": "="}],
                      "muteTimeIntervals": ["maintenance"]}, "receivers": [{
                "name": "team", "emailConfigs": [{
                    "to": "orders-duty@bank.ae", "from": "alerts@bank.ae", "smarthost": "smtp.bank.ae:587",
                    "requireTLS": True, "authUsername": "alerts", "authPassword": {"name": "smtp", "key": "password"}}],
                "webhookConfigs": [{"urlSecret": {"name": "duty", "key": "url"}, "sendResolved": True}]}],
            "muteTimeIntervals": [{"name": "maintenance", "timeIntervals": [{
                "weekdays": ["friday"], "times": [{"startTime": "18:00", "endTime": "22:00"}]}]}]}),
        named("networking.k8s.io/v1:NetworkPolicy", "scrapes", "orders", {
            "podSelector": {"matchLabels": {"app": "orders"}}, "policyTypes": ["Ingress"], "ingress": [{
                "from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "monitoring"}}}],
                "ports": [{"port": 9443, "protocol": "TCP"}]}]}),
        made("core/v1:ConfigMap", {"metadata": {**head("orders-board", "orders"), "labels": {
            **TAGS, "grafana_dashboard": "1"}}, "data": {"orders.json":
                '{"title": "Orders", "uid": "orders", "panels": [], "schemaVersion": 41}'}}, "board")),
        "prometheus-operator.dev/docs/api-reference/api; .../developer/alerting; sre.google/workbook/alerting-on-slos, "
        "as known", listed(residency={"known": {
            "wiki.bank.ae": "our own wiki"}})),
    Idiom("Envoy Gateway: the gateway asks for tokens of Entra, limits calls, and leaves pods out that fail", (
        space("edge"), closed("edge"), space("offers"), closed("offers"),
        named("gateway.envoyproxy.io/v1alpha1:EnvoyProxy", "inner", "edge", {
            "provider": {"type": "Kubernetes", "kubernetes": {
                "envoyDeployment": {"replicas": 3, "pod": {"labels": TAGS, "topologySpreadConstraints": [ZONES]},
                                    "container": {"resources": sized("500m", "512Mi")}},
                "envoyPDB": {"minAvailable": 2}}}, "telemetry": {"accessLog": {"settings": [{
                    "format": {"type": "JSON", "json": {"path": "%REQ(:PATH)%", "code": "%RESPONSE_CODE%", "by":
                                                        "%DOWNSTREAM_PEER_SUBJECT%"}}, "sinks": [{
                        "type": "File", "file": {"path": "/dev/stdout"}}]}]}}, "shutdown": {"drainTimeout": "60s"}}),
        made("gateway.networking.k8s.io/v1:GatewayClass", {"metadata": {"name": "inner", "labels": TAGS}, "spec": {
            "controllerName": "gateway.envoyproxy.io/gatewayclass-controller", "parametersRef": {
                "group": "gateway.envoyproxy.io", "kind": "EnvoyProxy", "name": "inner", "namespace": "edge"}}},
            "class"),
        made("gateway.networking.k8s.io/v1:Gateway", {"metadata": head("inner", "edge"), "spec": {
            "gatewayClassName": "inner", "infrastructure": {"annotations": {
                "service.beta.kubernetes.io/azure-load-balancer-internal": "true"}}, "listeners": [{
                "name": "https", "port": 443, "protocol": "HTTPS", "hostname": "*.apps.bank.ae", "tls": {
                    "mode": "Terminate", "certificateRefs": [{"name": "apps-tls"}]}, "allowedRoutes": {
                    "namespaces": {"from": "Selector", "selector": {"matchLabels": {"routes": "apps"}}}}}]}},
             "gateway"),
        named("gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy", "inner", "edge", {
            "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "inner"}], "tls": {
                "minVersion": "1.2", "alpnProtocols": ["h2", "http/1.1"]}, "headers": {"enableEnvoyHeaders": False},
            "connection": {"connectionLimit": {"value": 5000, "closeDelay": "5s"}, "bufferLimit": "1Mi"}, "timeout": {
                "http": {"requestReceivedTimeout": "20s", "idleTimeout": "300s"}}}),
        named("gateway.networking.k8s.io/v1:HTTPRoute", "offers", "offers", {
            "parentRefs": [{"name": "inner", "namespace": "edge", "sectionName": "https"}], "hostnames": [
                "offers.apps.bank.ae"], "rules": [{
                    "matches": [{"path": {"type": "PathPrefix", "value": "/v1"}, "method": method} for method in (
                        "GET", "POST")], "filters": [{"type": "ResponseHeaderModifier", "responseHeaderModifier": {
                            "set": [{"name": "strict-transport-security", "value": "max-age=31536000"}]}}],
                    "timeouts": {"request": "10s"}, "backendRefs": [{"name": "offers", "port": 443}]}]}),
        named("gateway.networking.k8s.io/v1:BackendTLSPolicy", "offers", "offers", {
            "targetRefs": [{"group": "", "kind": "Service", "name": "offers"}], "validation": {
                "hostname": "offers.offers.svc", "caCertificateRefs": [{
                    "group": "", "kind": "ConfigMap", "name": "bank"}]}}),
        named("gateway.envoyproxy.io/v1alpha1:SecurityPolicy", "offers", "offers", {
            "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "name": "offers"}], "jwt": {
                "providers": [{
                    "name": "entra", "issuer": f"https://login.microsoftonline.com/{TENANT}/v2.0", "audiences": [
                        CLIENT], "remoteJWKS": {
                        "uri": f"https://login.microsoftonline.com/{TENANT}/discovery/v2.0/keys"}, "claimToHeaders": [
                        {"claim": "oid", "header": "x-user"}]}]}, "authorization": {
                "defaultAction": "Deny", "rules": [{"name": "readers", "action": "Allow", "principal": {"jwt": {
                    "provider": "entra", "claims": [{"name": "roles", "valueType": "StringArray", "values": [
                        "offers.read"]}]}}}]}}),
        named("gateway.envoyproxy.io/v1alpha1:BackendTrafficPolicy", "offers", "offers", {
            "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "name": "offers"}],
            "rateLimit": {"type": "Local", "local": {"rules": [{"limit": {"requests": 50, "unit": "Second"}}]}},
            "retry": {"numRetries": 2, "retryOn": {"triggers": ["connect-failure", "retriable-status-codes"],
                                                   "httpStatusCodes": [503]}, "perRetry": {
                "timeout": "2s", "backOff": {"baseInterval": "100ms", "maxInterval": "1s"}}}, "circuitBreaker": {
                    "maxConnections": 500, "maxPendingRequests": 100}, "healthCheck": {"passive": {
                "consecutive5XxErrors": 5, "interval": "10s", "baseEjectionTime": "30s", "maxEjectionPercent": 50}}})),
        "gateway.envoyproxy.io/docs/tasks/security/jwt-authentication; .../traffic/circuit-breaker, as known",
        merged(listed(), unpriced("kubernetes:gateway.envoyproxy.io/v1:EnvoyProxy::inner-EnvoyProxy"))),
    Idiom("a store of three pods has sealed disks that stay, copies of them, and peers that alone may speak to it", (
        space("index"), closed("index"), account("index", "index"),
        made("storage.k8s.io/v1:StorageClass", {
            "metadata": {"name": "premium-cmk", "labels": TAGS}, "provisioner": "disk.csi.azure.com", "parameters": {
                "skuName": "PremiumV2_LRS", "cachingMode": "None", "DiskIOPSReadWrite": "4000",
                "DiskMBpsReadWrite": "200", "diskEncryptionSetID":
                "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-ai-prod-uaen/providers/"
                "Microsoft.Compute/diskEncryptionSets/des-prod", "networkAccessPolicy": "DenyAll",
                "publicNetworkAccess": "Disabled", "tags": AS_TEXT}, "reclaimPolicy": "Retain",
            "allowVolumeExpansion": True,
            "volumeBindingMode": "WaitForFirstConsumer"}, "class"),
        made("snapshot.storage.k8s.io/v1:VolumeSnapshotClass", {
            "metadata": {"name": "disk-copies", "labels": TAGS}, "driver": "disk.csi.azure.com", "deletionPolicy":
            "Retain", "parameters": {"incremental": "true", "tags": AS_TEXT}}, "snapshot-class"),
        made("apps/v1:StatefulSet", {"metadata": head("index", "index"), "spec": {
            "replicas": 3, "serviceName": "index", "podManagementPolicy": "OrderedReady", "minReadySeconds": 20,
            "selector": {"matchLabels": {"app": "index"}}, "updateStrategy": {"type": "RollingUpdate"},
            "persistentVolumeClaimRetentionPolicy": {"whenDeleted": "Retain", "whenScaled": "Retain"}, "template": {
                "metadata": {"labels": {**TAGS, "app": "index"}}, "spec": {
                    "serviceAccountName": "index", "automountServiceAccountToken": False, "securityContext": {
                        **POD, "fsGroupChangePolicy": "OnRootMismatch"}, "terminationGracePeriodSeconds": 120,
                    "priorityClassName": "business", "topologySpreadConstraints": [{
                        **ZONES, "whenUnsatisfiable": "DoNotSchedule", "labelSelector": {"matchLabels": {
                            "app": "index"}}}], "affinity": {"podAntiAffinity": {
                        "requiredDuringSchedulingIgnoredDuringExecution": [{
                            "topologyKey": "kubernetes.io/hostname", "labelSelector": {"matchLabels": {
                                "app": "index"}}}]}}, "volumes": [SCRATCH, {"name": "tls", "projected": {
                            "defaultMode": 0o440, "sources": [{"secret": {"name": "index-tls"}}, {"configMap": {
                                "name": "bank", "items": [{"key": "roots.pem", "path": "ca.pem"}]}}]}}],
                    "initContainers": [{
                        "name": "prepare", "image": f"{ACR}/index{DIGEST}", "securityContext": USER, "args": [
                            "check", "/data"], "resources": sized("100m", "128Mi"), "volumeMounts": [
                                {"name": "data", "mountPath": "/data"}]}],
                    "containers": [{
                        "name": "index", "image": f"{ACR}/index{DIGEST}", "securityContext": USER, "ports": [
                            {"name": "https", "containerPort": 9200}, {"name": "peers", "containerPort": 9300}],
                        "resources": sized("2", "8Gi"), "startupProbe": {**probe("/health", 9200), "httpGet": {
                            "path": "/health", "port": "https", "scheme": "HTTPS"}}, "readinessProbe": {
                                "tcpSocket": {"port": "https"}, "periodSeconds": 10}, "lifecycle": {"preStop": {
                                    "exec": {"command": ["/app/index", "leave"]}}}, "volumeMounts": [
                            AT_TMP, {"name": "data", "mountPath": "/data"}, {
                                "name": "tls", "mountPath": "/tls", "readOnly": True}]}]}},
            "volumeClaimTemplates": [{"metadata": {"name": "data", "labels": TAGS}, "spec": {
                "accessModes": ["ReadWriteOncePod"], "storageClassName": "premium-cmk", "resources": {
                    "requests": {"storage": "200Gi"}}}}]}}, "index"),
        made("core/v1:Service", {"metadata": head("index", "index"), "spec": {
            "clusterIP": "None", "publishNotReadyAddresses": True, "selector": {"app": "index"}, "ports": [
                {"name": "https", "port": 9200}, {"name": "peers", "port": 9300}]}}, "peers"),
        *(named("snapshot.storage.k8s.io/v1:VolumeSnapshot", f"index-{number}", "index", {
            "volumeSnapshotClassName": "disk-copies", "source": {"persistentVolumeClaimName": f"data-index-{number}"}})
          for number in range(3)),
        named("policy/v1:PodDisruptionBudget", "index", "index", {
            "maxUnavailable": 1, "unhealthyPodEvictionPolicy": "AlwaysAllow", "selector": {"matchLabels": {
                "app": "index"}}}),
        named("networking.k8s.io/v1:NetworkPolicy", "index", "index", {
            "podSelector": {"matchLabels": {"app": "index"}}, "policyTypes": ["Ingress", "Egress"], "ingress": [
                {"from": [{"podSelector": {"matchLabels": {"app": "index"}}}], "ports": [{"port": 9300}]},
                {"from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "portal"}},
                           "podSelector": {"matchLabels": {"app": "search"}}}], "ports": [{"port": 9200}]}],
            "egress": [{"to": [{"podSelector": {"matchLabels": {"app": "index"}}}], "ports": [{"port": 9300}]}, {
                "to": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}}}],
                "ports": [{"port": 53, "protocol": "UDP"}]}]})),
        "kubernetes.io/docs/concepts/workloads/controllers/statefulset; kubernetes-sigs/azuredisk-csi-driver "
        "docs/driver-parameters.md, as known", merged(listed(), unpriced(
            "kubernetes:apps/v1:StatefulSet::index"))),
    Idiom("a room of a team: quotas, small pods by default, a group that deploys, and limits by policy", (
        space("treasury"), closed("treasury"),
        named("core/v1:ResourceQuota", "treasury", "treasury", {"hard": {
            "requests.cpu": "40", "requests.memory": "160Gi", "limits.memory": "200Gi", "requests.storage": "2Ti",
            "persistentvolumeclaims": "20", "services.loadbalancers": "0", "services.nodeports": "0", "pods": "120",
            "requests.nvidia.com/gpu": "2", "count/jobs.batch": "50"}}),
        named("core/v1:LimitRange", "treasury", "treasury", {"limits": [
            {"type": "Container", "default": {"cpu": "500m", "memory": "512Mi"}, "defaultRequest": {
                "cpu": "100m", "memory": "256Mi"}, "max": {"cpu": "8", "memory": "32Gi"}},
            {"type": "PersistentVolumeClaim", "max": {"storage": "500Gi"}}]}),
        made("rbac.authorization.k8s.io/v1:Role", {"metadata": head("deployer", "treasury"), "rules": [
            {"apiGroups": ["apps"], "resources": ["deployments", "statefulsets"], "verbs": [
                "get", "list", "watch", "create", "update", "patch", "delete"]},
            {"apiGroups": ["batch"], "resources": ["jobs", "cronjobs"], "verbs": [
                "get", "list", "watch", "create", "update", "patch", "delete"]},
            {"apiGroups": [""], "resources": ["services", "configmaps"], "verbs": [
                "get", "list", "watch", "create", "update", "patch", "delete"]},
            {"apiGroups": [""], "resources": ["pods", "pods/log", "events"], "verbs": ["get", "list", "watch"]},
            {"apiGroups": ["autoscaling"], "resources": ["horizontalpodautoscalers"], "verbs": [
                "get", "list", "watch", "create", "update", "patch"]}]}, "deployer"),
        made(BINDING, {"metadata": head("deployers", "treasury"), "roleRef": {
            "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "deployer"}, "subjects": [
                {"apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": STAFF}]}, "deployers"),
        made(BINDING, {"metadata": head("viewers", "treasury"), "roleRef": {
            "apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"}, "subjects": [
                {"apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name":
                 "33333333-4444-5555-6666-777777777777"}]}, "viewers"),
        *(named("networking.k8s.io/v1:NetworkPolicy", name, "treasury", spec) for name, spec in (
            ("dns", {"podSelector": {}, "policyTypes": ["Egress"], "egress": [{"to": [{
                "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}}, "podSelector": {
                    "matchLabels": {"k8s-app": "kube-dns"}}}], "ports": [
                        {"port": 53, "protocol": "UDP"}, {"port": 53, "protocol": "TCP"}]}]}),
            ("own", {"podSelector": {}, "policyTypes": ["Ingress", "Egress"], "ingress": [{"from": [
                {"podSelector": {}}]}], "egress": [{"to": [{"podSelector": {}}]}]}),
            ("database", {"podSelector": {"matchLabels": {"database": "yes"}}, "policyTypes": ["Egress"], "egress": [{
                "to": [{"ipBlock": {"cidr": "10.20.3.0/24"}}], "ports": [{"port": 5432, "protocol": "TCP"}]}]}))),
        whole("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy", "limits", {
            "failurePolicy": "Fail", "matchConstraints": {"resourceRules": [{
                "apiGroups": ["apps"], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"], "resources": [
                    "deployments", "statefulsets", "daemonsets"]}]}, "validations": [
                {"expression": CEL, "message": "Each container has a limit of memory", "reason": "Invalid"}],
            "auditAnnotations": [{"key": "limits", "valueExpression": "'checked'"}]}),
        whole("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding", "limits", {
            "policyName": "limits", "validationActions": ["Deny", "Audit"], "matchResources": {"namespaceSelector": {
                "matchExpressions": [{"key": "kubernetes.io/metadata.name", "operator": "In", "values": [
                    "treasury"]}]}}})),
        "kubernetes.io/docs/concepts/security/multi-tenancy; .../reference/access-authn-authz/validating-admission-"
        "policy, as known", listed()),
)  # fmt: skip
