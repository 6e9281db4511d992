"""Good idioms close to the rules of the sixteenth set on clusters: what deployers ignore, which alarms wait, what
routers learn, what is not in backups, who may read figures.

Written on 2026-11-30 beside those rules.
"""

from typing import cast

from ..blind import ME, TAGS, k8s, meta, release, workload
from ..harness import Given
from . import Idiom
from .eleventh_charts import inside
from .eleventh_cluster import top
from .twelfth_charts import ours

BUDGET = k8s("policy/v1:PodDisruptionBudget", {
    "metadata": meta(), "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}})  # fmt: skip
READS_NOTHING = {
    "route": {"receiver": "desk", "groupBy": ["alertname"]},
    "receivers": [
        {"name": "desk", "webhookConfigs": [{"urlSecret": {"name": "desk", "key": "url"}, "sendResolved": True}]}
    ],
}


def text(name: str, namespace: str, data: dict[str, str]) -> Given:
    """Returns a ConfigMap."""
    return k8s("core/v1:ConfigMap", {"metadata": meta(name, namespace), "data": data}, name)


def claim(name: str, annotations: dict[str, str], mode: str = "Filesystem", **labels: str) -> Given:
    """Returns a claim of the encrypted class."""
    metadata = {"name": name, "namespace": "payments", "labels": {**TAGS, **labels}, "annotations": annotations}
    return k8s("core/v1:PersistentVolumeClaim", {"metadata": metadata, "spec": {
        "storageClassName": "encrypted", "accessModes": ["ReadWriteOnce"], "volumeMode": mode,
        "resources": {"requests": {"storage": "20Gi"}}}}, name)  # fmt: skip


def pods(**annotations: str) -> tuple[Given, ...]:
    """Returns a Deployment whose pods carry annotations, and its budget."""
    given = workload("apps/v1:Deployment", {})
    spec = cast("dict[str, dict[str, dict[str, object]]]", given.props["spec"])
    metadata = {**spec["template"]["metadata"], "annotations": annotations}
    template = {**spec["template"], "metadata": metadata}
    return (k8s("apps/v1:Deployment", {**given.props, "spec": {**spec, "template": template}}), BUDGET)


LEFT_OUT = {"velero.io/exclude-from-backup": "true"}
EVERYWHERE = """managedFieldsManagers:
- kube-controller-manager
jsonPointers:
- /status
- /metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration
"""
EXCLUDED = """- apiGroups: ['', discovery.k8s.io]
  kinds: [Endpoints, EndpointSlice]
- apiGroups: [cilium.io]
  kinds: ['*']
- apiGroups: [kyverno.io, wgpolicyk8s.io]
  kinds: [PolicyReport, ClusterPolicyReport]
"""
RULES = "jsonPointers:\n- /rules\n"
AUTHORITY = "jqPathExpressions:\n- '.webhooks[]?.clientConfig.caBundle'\n"
IGNORED = (
    {"group": "apps", "kind": "Deployment", "jsonPointers": ["/spec/replicas"]},
    {"group": "", "kind": "Secret", "name": "session", "jsonPointers": ["/data"]},
    {"group": "apps", "kind": "StatefulSet", "jqPathExpressions": [".spec.volumeClaimTemplates[]?.status"]},
    {"group": "apps", "kind": "Deployment", "jqPathExpressions": [
        '.spec.template.spec.containers[] | select(.name == "istio-proxy")']},
)  # fmt: skip
COREFILE = """.:53 {
    errors
    dnstap unix:///run/dnstap/dnstap.sock full
    dnstap tls://taps.security.svc.cluster.local:6000 full
    dnstap tcp://127.0.0.1:6000
    kubernetes cluster.local in-addr.arpa ip6.arpa
    forward . /etc/resolv.conf
    cache 30
}
"""
ALERTMANAGER = """route:
  receiver: desk
  routes:
  - receiver: desk
    matchers: ['severity="warning"']
    mute_time_intervals: [nights, weekends]
    active_time_intervals: [always]
receivers:
- name: desk
inhibit_rules:
- source_matchers: ['severity="critical"']
  target_matchers: ['severity=~"warning|info"']
  equal: [namespace, alertname]
- source_matchers: ['alertname="InfoInhibitor"']
  target_matchers: ['severity="info"']
  equal: [namespace]
- source_matchers: ['alertname="NodeDown"']
  target_matchers: ['alertname=~".+"', 'severity=~"critical|warning"']
  equal: [node]
- source_matchers: ['alertname="StoreDown"']
  target_matchers: ['service="ledger"']
time_intervals:
- name: always
  time_intervals:
  - times: [{start_time: '00:00', end_time: '24:00'}]
- name: nights
  time_intervals:
  - times: [{start_time: '00:00', end_time: '06:00'}, {start_time: '20:00', end_time: '24:00'}]
- name: weekends
  time_intervals:
  - weekdays: ['saturday', 'sunday']
- name: upgrade
  time_intervals:
  - days_of_month: ['1']
"""
QUERIES = """backends:
  query: "SELECT datname, state, usename, count(*) AS total FROM pg_catalog.pg_stat_activity GROUP BY 1, 2, 3"
  metrics:
  - total: {usage: GAUGE, description: "connections"}
oldest:
  query: "SELECT extract(epoch FROM now() - min(query_start)) AS age FROM pg_stat_activity WHERE query NOT LIKE 'autovacuum:%'"
  metrics:
  - age: {usage: GAUGE, description: "age of the oldest statement"}
digests:
  query: "SELECT md5(query) AS digest, count(*) AS running FROM pg_stat_activity GROUP BY 1"
  metrics:
  - digest: {usage: LABEL, description: "digest of the statement"}
"""  # noqa: E501
SERVICE = {"type": "ClusterIP", "selector": {"app": "catalogue"}, "ports": [
    {"name": "https", "port": 8443, "targetPort": 8443}]}  # fmt: skip
JWT = {"issuer": "https://login.bank.ae", "jwksUri": "https://login.bank.ae/jwks", "audiences": ["ledger"]}

IDIOMS: tuple[Idiom, ...] = (
    Idiom("Argo CD ignores what controllers write", (
        text("argocd-cm", "argocd", {
            "url": "https://argocd.bank.ae", "resource.exclusions": EXCLUDED,
            "resource.customizations.ignoreDifferences.all": EVERYWHERE,
            "resource.customizations.ignoreDifferences.admissionregistration.k8s.io_ValidatingWebhookConfiguration":
                AUTHORITY,
            "resource.customizations.ignoreDifferences.rbac.authorization.k8s.io_ClusterRole": RULES,
            "resource.customizations.ignoreDifferences.apps_Deployment": "jsonPointers:\n- /spec/replicas\n"}),),
        "argo-cd.readthedocs.io/en/stable/user-guide/diffing", ours()),
    Idiom("an application leaves replicas and a generated secret to their controllers", (
        inside("argoproj.io/v1alpha1:Application", "ledger", {
            "project": "payments", "destination": {"name": "in-cluster", "namespace": "payments"},
            "source": {"repoURL": "https://git.bank.ae/payments/ledger.git", "path": "prod",
                       "targetRevision": "9fceb02d0ae598e95dc970b74767f19372d61af8"},
            "syncPolicy": {"automated": {"prune": True, "selfHeal": True}, "syncOptions": [
                "RespectIgnoreDifferences=true"]}, "ignoreDifferences": list(IGNORED)}, "argocd"),),
        "argo-cd.readthedocs.io/en/stable/user-guide/diffing", ours(
            "argoproj.io", prices=("argoproj.io/v1alpha1:Application::ledger",))),
    Idiom("builds are signed by the bank's own authority and log", (
        text("chains-config", "tekton-chains", {
            "artifacts.taskrun.format": "in-toto", "artifacts.oci.storage": "oci", "artifacts.oci.signer": "x509",
            "signers.x509.fulcio.enabled": "true", "signers.x509.fulcio.address": "https://fulcio.bank.ae",
            "transparency.enabled": "true", "transparency.url": "https://rekor.bank.ae"}),
        text("pipelines-as-code", "pipelines-as-code", {
            "application-name": "builds", "bitbucket-cloud-check-source-ip": "true", "remote-tasks": "false",
            "bitbucket-cloud-additional-source-ip": "10.20.0.0/16, 10.21.4.7"})),
        "tekton.dev/docs/chains/config", ours()),
    Idiom("builds are signed by a key, and the stock flags of pipelines stand beside it", (
        text("chains-config", "tekton-chains", {
            "artifacts.oci.storage": "oci", "signers.kms.kmsref":
                f"awskms:///arn:aws:kms:me-central-1:{ME}:key/11111111-2222-3333-4444-555555555555",
            "transparency.enabled": "false"}),
        text("feature-flags", "tekton-pipelines", {
            "enable-api-fields": "beta", "trusted-resources-verification-no-match-policy": "ignore"})),
        "tektoncd/pipeline, config/config-feature-flags.yaml", ours()),
    Idiom("questions for names are kept by the security team over TLS", (
        text("coredns", "kube-system", {"Corefile": COREFILE}),), "coredns.io/plugins/dnstap", ours()),
    Idiom("a catalogue in two clusters answers in its own first", (
        k8s("core/v1:Service", {"metadata": meta("catalogue", "shop", annotations={
            "service.cilium.io/global": "true", "service.cilium.io/affinity": "local",
            "service.cilium.io/shared": "true"}), "spec": SERVICE}),),
        "docs.cilium.io, network/clustermesh/affinity", ours()),
    Idiom("the proxy of the network reads requests and goes on with TLS", (
        inside("cilium.io/v2:CiliumNetworkPolicy", "ledger", {
            "endpointSelector": {"matchLabels": {"app": "reports"}}, "egress": [{
                "toEndpoints": [{"matchLabels": {"app": "ledger"}}], "toPorts": [{
                    "ports": [{"port": "8443", "protocol": "TCP"}],
                    "terminatingTLS": {"secret": {"name": "ledger-inner"}},
                    "originatingTLS": {"secret": {"name": "bank-authority"}, "trustedCA": "ca.crt"},
                    "rules": {"http": [{"method": "GET", "path": "/v1/reports/.*"}]}}]}]}),),
        "docs.cilium.io, security/tls-visibility", ours()),
    Idiom("routers learn addresses of balancers, and of one Service of names", (
        top("cilium.io/v2:CiliumBGPAdvertisement", "balancers", {"advertisements": [
            {"advertisementType": "Service", "service": {"addresses": ["LoadBalancerIP"]}, "selector": {
                "matchExpressions": [{"key": "somekey", "operator": "NotIn", "values": ["never-used-value"]}]}},
            {"advertisementType": "Service", "service": {"addresses": ["ClusterIP"]}, "selector": {
                "matchLabels": {"routes.bank.ae/advertise": "names"}}}]}),),
        "docs.cilium.io, network/bgp-control-plane/bgp-control-plane-configuration", ours()),
    Idiom("Calico tells routers of addresses of balancers", (
        top("projectcalico.org/v3:BGPConfiguration", "default", {
            "asNumber": 64512, "nodeToNodeMeshEnabled": False, "serviceLoadBalancerIPs": [{"cidr": "10.40.8.0/24"}],
            "serviceClusterIPs": [{"cidr": "10.96.3.16/28"}]}),),
        "docs.tigera.io/calico, networking/configuring/advertise-service-ips", ours()),
    Idiom("tokens are read from a header and a cookie", (
        inside("security.istio.io/v1:RequestAuthentication", "ledger", {
            "selector": {"matchLabels": {"app": "ledger"}}, "jwtRules": [{
                **JWT, "fromHeaders": [{"name": "Authorization", "prefix": "Bearer "}],
                "fromCookies": ["session"]}]}),),
        "istio.io/docs/reference/config/security/request_authentication", ours()),
    Idiom("a page's cookies are sent over TLS and to the page itself", (
        inside("projectcontour.io/v1:HTTPProxy", "chat", {
            "ingressClassName": "contour-internal", "virtualhost": {
                "fqdn": "chat.bank.ae", "tls": {"secretName": "chat", "minimumProtocolVersion": "1.3"}},
            "routes": [{"conditions": [{"prefix": "/"}], "services": [{
                "name": "chat", "port": 8443, "protocol": "h2",
                "validation": {"caSecret": "internal", "subjectName": "chat"}}],
                "cookieRewritePolicies": [{"name": "session", "secure": True, "sameSite": "Strict"}]}]}),),
        "projectcontour.io/docs/1.33/config/cookie-rewriting", ours()),
    Idiom("a gateway asks a server for the certificate of its public name", (
        inside("gateway.networking.k8s.io/v1:BackendTLSPolicy", "portal", {
            "targetRefs": [{"group": "", "kind": "Service", "name": "portal"}],
            "validation": {"hostname": "portal.bank.ae", "wellKnownCACertificates": "System"}}),),
        "gateway-api.sigs.k8s.io/api-types/backendtlspolicy", ours()),
    Idiom("OpenShift chooses the user of the helper for secrets", pods(**{
        "vault.hashicorp.com/agent-inject": "true", "vault.hashicorp.com/role": "app",
        "vault.hashicorp.com/agent-set-security-context": "false"}),
        "developer.hashicorp.com/vault/docs/deploy/kubernetes/injector/annotations", ours()),
    Idiom("KubeArmor bounds a program, and policies are evaluated", pods(**{
        "kubearmor-policy": "enabled", "kubearmor-visibility": "process,file,network,capabilities",
        "polaris.fairwinds.com/exempt": "false"}), "docs.kubearmor.io/kubearmor", ours()),
    Idiom("what is made again, and what has a backup of its own, is left out of that of the cluster", (
        claim("model-cache", {}, **LEFT_OUT), claim("scratch", {"k8up.io/backup": "false"}),
        claim("ledger", {"backup.bank.ae/by": "barman, nightly, bucket bank-backups"}, **LEFT_OUT),
        claim("desktop", {"k8up.io/backup": "false"}, "Block"), claim("files", {"k8up.io/backup": "true"})),
        "velero.io/docs/main/resource-filtering; docs.k8up.io, how-tos/backup", ours(prices=tuple(
            f"core/v1:PersistentVolumeClaim::{name}"
            for name in ("model-cache", "scratch", "ledger", "desktop", "files")))),
    Idiom("alarms wait for what explains them, and warnings for the morning", (
        k8s("core/v1:ConfigMap", {"metadata": meta("alertmanager", "monitoring"), "data": {
            "alertmanager.yml": ALERTMANAGER}}),
        inside("monitoring.coreos.com/v1alpha1:AlertmanagerConfig", "desk", {**READS_NOTHING, "inhibitRules": [{
            "sourceMatch": [{"name": "alertname", "value": "LedgerDown", "matchType": "="}],
            "targetMatch": [{"name": "severity", "value": "critical|warning", "matchType": "=~"}],
            "equal": ["service"]}]})),
        "prometheus.io/docs/alerting/latest/configuration", ours()),
    Idiom("alarms of Grafana wait at night and on weekends", (
        inside("grafana.integreatly.org/v1beta1:GrafanaMuteTiming", "quiet", {
            "name": "quiet", "instanceSelector": {"matchLabels": {"dashboards": "grafana"}}, "editable": False,
            "time_intervals": [
                {"times": [{"start_time": "00:00", "end_time": "06:00"}], "location": "Asia/Dubai"},
                {"weekdays": ["saturday", "sunday"], "location": "Asia/Dubai"},
                {"days_of_month": ["1"], "months": ["1"]}]}, "monitoring"),),
        "grafana.github.io/grafana-operator/docs/alerting", ours()),
    Idiom("figures of a database count its statements", (text("queries", "payments", {"queries": QUERIES}),),
          "cloudnative-pg.io/documentation/current/monitoring", ours()),
    Idiom("drivers of accelerators come from their vendor or the platform's mirror", (
        inside("amd.com/v1alpha1:DeviceConfig", "accelerators", {
            "driver": {"enable": True, "blacklist": True, "version": "6.4.2",
                       "amdgpuInstallerRepoURL": "https://mirror.platform.svc.cluster.local/amdgpu-install"},
            "selector": {"feature.node.kubernetes.io/amd-gpu": "true"}}, "kube-amd-gpu"),),
        "instinct.docs.amd.com/projects/gpu-operator", ours(prices=("amd.com/v1:DeviceConfig::accelerators",))),
    Idiom("teams have their share of accelerators and what others leave idle", (
        top("scheduling.run.ai/v2:Queue", "bank", {"resources": {
            kind: {"quota": -1, "limit": -1, "overQuotaWeight": 1} for kind in ("cpu", "gpu", "memory")}}),
        top("scheduling.run.ai/v2:Queue", "team-a", {"parentQueue": "bank", "resources": {
            "gpu": {"quota": 4, "limit": -1, "overQuotaWeight": 1},
            "cpu": {"quota": -1, "limit": -1, "overQuotaWeight": 1}}})),
        "NVIDIA/KAI-Scheduler, docs/queues", ours()),
    Idiom("a cluster in reserve only restores", release("velero", "11.2.0", {
        "credentials": {"useSecret": False}, "configuration": {
            "disableControllers": "backup,schedule,gc,backup-deletion", "backupStorageLocation": [{
                "name": "default", "provider": "aws", "bucket": "bank-backups", "accessMode": "ReadOnly",
                "config": {"region": "me-central-1"}}]}}),
        "velero.io/docs/main/migration-case", ours()),
    Idiom("machines without accelerators have prices of a core and a gigabyte", release("opencost", "2.5.0", {
        "opencost": {"customPricing": {"enabled": True, "provider": "custom", "costModel": {
            "description": "contract of 2026", "CPU": 0.031, "RAM": 0.0042, "GPU": 0, "storage": 0.00005,
            "discount": "10%"}}}}),
        "opencost.io/docs/configuration/on-prem", ours()),
    Idiom("files of a claim go with it, as its class says", release("aws-efs-csi-driver", "3.3.0", {
        "controller": {"deleteAccessPointRootDir": True, "tags": TAGS}}),
        "kubernetes-sigs/aws-efs-csi-driver, docs/README.md", ours()),
)  # fmt: skip
