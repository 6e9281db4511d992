"""Good idioms of clusters: alerts, listeners, jobs, admission and trust that no other idiom has (set 17, blind)."""

from ..blind import TAGS, k8s, meta
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside, stored
from .eleventh_cluster import DNS, top
from .fifteenth_work import SCRATCH, SCRATCH_MOUNTS, pod
from .sixteenth_stores import password, reached
from .thirteenth_cluster_access import ADMISSION, account
from .twelfth_charts import CALLERS, LARGE, POD, image, ours
from .twelfth_cluster import QUEUED

MONITORING, GATEWAY = "monitoring.coreos.com/v1", "gateway.networking.k8s.io/v1"
AUTHORITY = """-----BEGIN CERTIFICATE-----
QmFuayBhdXRob3JpdHksIGV4YW1wbGUgb2YgYSBjZXJ0aWZpY2F0ZQ==
-----END CERTIFICATE-----
"""
HARDEN = """Object{
  spec: Object.spec{
    automountServiceAccountToken: false,
    securityContext: Object.spec.securityContext{
      runAsNonRoot: true,
      seccompProfile: Object.spec.securityContext.seccompProfile{type: "RuntimeDefault"}
    }
  }
}"""
SERVED = {"tlsConfig": {"cert": {"secret": {"name": "monitoring-tls", "key": "tls.crt"}}, "keySecret": {
    "name": "monitoring-tls", "key": "tls.key"}, "minVersion": "TLS12"}}  # fmt: skip


def monitored(program: str, **more: object) -> dict[str, object]:
    """Returns what ThanosRuler and Alertmanager have in common: two closed copies that serve TLS."""
    return {"replicas": 2, "image": image(program), "podMetadata": {"labels": TAGS}, "serviceAccountName": "alerts",
            "securityContext": POD, "resources": SMALL, "storage": {"volumeClaimTemplate": {
                "metadata": {"labels": TAGS}, **stored("10Gi")}}, "web": SERVED, "logFormat": "json",
            "portName": "web", **more}  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("rules of all clusters are evaluated by Thanos, and alerts go over TLS to two Alertmanagers of the bank", (
        account("alerts", "monitoring"), password("thanos-query", "monitoring", "query.yaml", "alertmanagers.yaml"),
        inside(f"{MONITORING}:ThanosRuler", "rules", monitored(
            "thanos/thanos", evaluationInterval="60s", retention="24h", ruleSelector={"matchLabels": {"role": "rules"}},
            ruleNamespaceSelector={"matchLabels": {"tier": "platform"}}, enforcedNamespaceLabel="namespace",
            queryConfig={"name": "thanos-query", "key": "query.yaml"}, alertmanagersConfig={
                "name": "thanos-query", "key": "alertmanagers.yaml"}, labels={"cluster": "dc1"},
            alertDropLabels=["replica"], objectStorageConfig={"name": "thanos-objstore", "key": "config"}),
            "monitoring"),
        inside(f"{MONITORING}:Alertmanager", "alerts", monitored(
            "prometheus/alertmanager", retention="120h", configSecret="alertmanager-bank",
            externalUrl="https://alerts.bank.ae",
            alertmanagerConfigSelector={"matchLabels": {"role": "alerts"}}, alertmanagerConfigMatcherStrategy={
                "type": "OnNamespace"}, automountServiceAccountToken=False, clusterTLS={
                "server": {"cert": {"secret": {"name": "alerts-mesh-tls", "key": "tls.crt"}}, "keySecret": {
                    "name": "alerts-mesh-tls", "key": "tls.key"}, "client_ca": {"secret": {
                        "name": "alerts-mesh-tls", "key": "ca.crt"}}, "clientAuthType": "RequireAndVerifyClientCert"},
                "client": {"ca": {"secret": {"name": "alerts-mesh-tls", "key": "ca.crt"}}, "cert": {"secret": {
                    "name": "alerts-mesh-tls", "key": "tls.crt"}}, "keySecret": {
                        "name": "alerts-mesh-tls", "key": "tls.key"}, "insecureSkipVerify": False}}), "monitoring"),
        reached("alerts", "monitoring", {"alertmanager": "alerts"}, 9093, "monitoring")),
        "prometheus-operator.dev/docs/api-reference/api; thanos.io/tip/components/rule.md", ours(
            prices=(f"{MONITORING}:ThanosRuler::rules", f"{MONITORING}:Alertmanager::alerts"))),
    Idiom("a team adds its own name and certificate to the shared gateway, and a route of its own namespace", (
        inside(f"{GATEWAY}:Gateway", "apps", {
            "gatewayClassName": "inner", "infrastructure": {"labels": TAGS, "annotations": {
                "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
                "service.beta.kubernetes.io/aws-load-balancer-type": "external"}},
            "allowedListeners": {"namespaces": {"from": "Selector", "selector": {"matchLabels": {"tier": "team"}}}},
            "listeners": [{"name": "https", "port": 443, "protocol": "HTTPS", "hostname": "apps.bank.ae", "tls": {
                "mode": "Terminate", "certificateRefs": [{"kind": "Secret", "name": "apps-tls"}]}, "allowedRoutes": {
                    "namespaces": {"from": "Same"}}}]}, "gateway"),
        inside(f"{GATEWAY}:ListenerSet", "quotes", {
            "parentRef": {"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "apps", "namespace":
                          "gateway"},
            "listeners": [{"name": "quotes", "port": 443, "protocol": "HTTPS", "hostname": "quotes.bank.ae", "tls": {
                "mode": "Terminate", "certificateRefs": [{"kind": "Secret", "name": "quotes-tls"}]}, "allowedRoutes": {
                    "namespaces": {"from": "Same"}, "kinds": [{"kind": "HTTPRoute"}]}}]}, "quotes"),
        inside("cert-manager.io/v1:Certificate", "quotes", {
            "secretName": "quotes-tls", "dnsNames": ["quotes.bank.ae"], "duration": "2160h", "renewBefore": "360h",
            "privateKey": {"algorithm": "ECDSA", "size": 256, "rotationPolicy": "Always"}, "issuerRef": {
                "name": "bank", "kind": "ClusterIssuer", "group": "cert-manager.io"}}, "quotes"),
        inside(f"{GATEWAY}:HTTPRoute", "quotes", {
            "parentRefs": [{"group": "gateway.networking.k8s.io", "kind": "ListenerSet", "name": "quotes",
                            "sectionName": "quotes"}], "hostnames": ["quotes.bank.ae"], "rules": [{
                                "matches": [{"path": {"type": "PathPrefix", "value": "/v1"}}], "timeouts": {
                                    "request": "10s"}, "backendRefs": [{"name": "quotes", "port": 8443}]}]}, "quotes"),
        inside(f"{GATEWAY}:BackendTLSPolicy", "quotes", {
            "targetRefs": [{"group": "", "kind": "Service", "name": "quotes"}], "validation": {
                "hostname": "quotes.quotes.svc.cluster.local", "caCertificateRefs": [
                    {"group": "", "kind": "ConfigMap", "name": "bank-authority"}]}}, "quotes")),
        "gateway-api.sigs.k8s.io/guides/listener-set", ours(
            prices=(f"{GATEWAY}:Gateway::apps",), kubernetes=CALLERS)),
    Idiom("numbers of fifty branches are reckoned by one job each, and the job is done when all but two are", (
        account("branches", "ledger"),
        k8s("batch/v1:Job", {"metadata": {**meta("branches", "ledger"), "labels": QUEUED}, "spec": {
            "completionMode": "Indexed", "completions": 50, "parallelism": 10, "backoffLimitPerIndex": 2,
            "maxFailedIndexes": 2, "activeDeadlineSeconds": 7200, "ttlSecondsAfterFinished": 86400, "suspend": True,
            "podReplacementPolicy": "Failed", "successPolicy": {"rules": [{"succeededCount": 48}]},
            "podFailurePolicy": {
                "rules": [
                    {"action": "FailIndex", "onExitCodes": {"containerName": "branches", "operator": "In", "values": [
                        42]}},
                    {"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]}]},
            "template": {"metadata": {"labels": QUEUED}, "spec": pod(
                "branches", LARGE, command=["/app/reckon"], args=["--branch=$(JOB_COMPLETION_INDEX)"],
                volumeMounts=SCRATCH_MOUNTS, pod={"restartPolicy": "Never", "volumes": SCRATCH})}}}, "branches"),
        k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta("branches", "ledger"), "spec": {
            "podSelector": {"matchLabels": {"batch.kubernetes.io/job-name": "branches"}}, "policyTypes": [
                "Ingress", "Egress"], "ingress": [], "egress": [*DNS, {"to": [{"podSelector": {"matchLabels": {
                    "app": "ledger"}}}], "ports": [{"port": 8443, "protocol": "TCP"}]}]}}, "branches")),
        "kubernetes.io/docs/concepts/workloads/controllers/job; kubernetes.io, pod failure policy", ours()),
    Idiom("pods of teams get the closed settings that their authors forgot, before the policies evaluate them", (
        top(f"{ADMISSION}:MutatingAdmissionPolicy", "closed", {
            "failurePolicy": "Fail", "reinvocationPolicy": "IfNeeded", "matchConstraints": {"resourceRules": [{
                "apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["pods"]}],
                "namespaceSelector": {"matchLabels": {"tier": "team"}}},
            "matchConditions": [{"name": "unset", "expression": "!has(object.spec.automountServiceAccountToken)"}],
            "mutations": [{"patchType": "ApplyConfiguration", "applyConfiguration": {"expression": HARDEN}}]}),
        top(f"{ADMISSION}:MutatingAdmissionPolicyBinding", "closed", {
            "policyName": "closed", "matchResources": {"namespaceSelector": {"matchLabels": {"tier": "team"}}}}),
        top(f"{ADMISSION}:ValidatingAdmissionPolicy", "closed", {
            "failurePolicy": "Fail", "matchConstraints": {"resourceRules": [{
                "apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"], "resources": ["pods"]}]},
            "validations": [{"expression": "object.spec.?securityContext.?runAsNonRoot.orValue(false)", "message":
                             "Pods of teams run without root"}]}),
        top(f"{ADMISSION}:ValidatingAdmissionPolicyBinding", "closed", {
            "policyName": "closed", "validationActions": ["Deny", "Audit"], "matchResources": {
                "namespaceSelector": {"matchLabels": {"tier": "team"}}}})),
        "kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy", ours(
            escape={"allowed_types": {
                f"kubernetes:{ADMISSION}:MutatingAdmissionPolicy": "closes pods of teams; reviewed by the platform"}})),
    Idiom("the bank's authority is one object of the cluster, which an app trusts by a file that renews itself", (
        top("certificates.k8s.io/v1beta1:ClusterTrustBundle", "bank.ae:inner:v1", {
            "signerName": "bank.ae/inner", "trustBundle": AUTHORITY}),
        account("quotes", "quotes"),
        k8s("apps/v1:Deployment", {"metadata": meta("quotes", "quotes"), "spec": {
            "replicas": 2, "selector": {"matchLabels": {"app": "quotes"}}, "template": {
                "metadata": {"labels": {**TAGS, "app": "quotes"}}, "spec": {
                    "serviceAccountName": "quotes", "automountServiceAccountToken": False, "securityContext": POD,
                    "containers": [{
                        "name": "quotes", "image": image("apps/quotes"), "resources": SMALL, "securityContext": CLOSED,
                        "ports": [{"containerPort": 8443}], "env": [{"name": "SSL_CERT_DIR", "value": "/trust"}],
                        "readinessProbe": {"httpGet": {"path": "/ready", "port": 8443, "scheme": "HTTPS"}},
                        "volumeMounts": [{"name": "trust", "mountPath": "/trust", "readOnly": True}]}],
                    "volumes": [{"name": "trust", "projected": {"sources": [{"clusterTrustBundle": {
                        "signerName": "bank.ae/inner", "labelSelector": {"matchLabels": {"owner": TAGS["owner"]}},
                        "path": "bank.pem"}}]}}]}}}}, "quotes"),
        inside("policy/v1:PodDisruptionBudget", "quotes", {
            "maxUnavailable": 1, "selector": {"matchLabels": {"app": "quotes"}}}, "quotes"),
        reached("quotes", "quotes", {"app": "quotes"}, 8443, "gateway")),
        "kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests, cluster trust bundles", ours()),
)  # fmt: skip
