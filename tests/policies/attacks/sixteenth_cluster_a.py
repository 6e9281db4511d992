"""Attacks on clusters by delivery, names, networks, meshes, admission, backups and alarms (2026-11-30, sixteenth set,
blind).

Fields as in the sources named; 'read' is the day on which they were looked up.
"""

from typing import cast

from ..blind import TAGS, crd, k8s, meta, workload
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
KEPT = (*OPEN, "FJ-RSL-")
READ = "read 2026-11-30"


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


def _in(namespace: str, kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": meta(name, namespace), "spec": spec}, name)


def _text(name: str, namespace: str, data: dict[str, str]) -> tuple[Given, ...]:
    return (k8s("core/v1:ConfigMap", {"metadata": meta(name, namespace), "data": data}, name),)


def _annotated(annotations: dict[str, str]) -> tuple[Given, ...]:
    """Returns a Deployment whose pods carry annotations, and its budget."""
    given = workload("apps/v1:Deployment", {})
    spec = cast("dict[str, dict[str, dict[str, object]]]", given.props["spec"])
    metadata = {**spec["template"]["metadata"], "annotations": annotations}
    return (
        k8s("apps/v1:Deployment", {
            **given.props, "spec": {**spec, "template": {**spec["template"], "metadata": metadata}}}),
        k8s("policy/v1:PodDisruptionBudget", {
            "metadata": meta(), "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}}))  # fmt: skip


def _claim(metadata: dict[str, object]) -> tuple[Given, ...]:
    return (k8s("core/v1:PersistentVolumeClaim", {
        "metadata": metadata, "spec": {
            "storageClassName": "encrypted", "accessModes": ["ReadWriteOnce"],
            "resources": {"requests": {"storage": "20Gi"}}}}),)  # fmt: skip


IGNORED = """jsonPointers:
- /spec
- /rules
- /subjects
- /webhooks
"""
COREFILE = """.:53 {
    errors
    health
    dnstap tcp://10.96.14.7:6000 full
    kubernetes cluster.local in-addr.arpa ip6.arpa
    forward . /etc/resolv.conf
    cache 30
}
"""
OPENED = {
    "endpointSelector": {"matchLabels": {"app": "ledger"}}, "ingress": [{
        "fromEndpoints": [{"matchLabels": {"app": "gateway"}}], "toPorts": [{
            "ports": [{"port": "8443", "protocol": "TCP"}],
            "terminatingTLS": {"secret": {"name": "ledger-tls", "namespace": "cilium-secrets"}},
            "rules": {"http": [{"method": "POST", "path": "/v1/transfers"}]}}]}]}  # fmt: skip
TOLD = {
    "advertisements": [{
        "advertisementType": "Service", "service": {"addresses": ["ClusterIP"]}, "selector": {"matchExpressions": [
            {"key": "bgp.example.ae/advertise", "operator": "NotIn", "values": ["never"]}]}}]}  # fmt: skip
TOKENS = {
    "selector": {"matchLabels": {"app": "ledger"}}, "jwtRules": [{
        "issuer": "https://login.example.ae", "jwksUri": "https://login.example.ae/jwks", "audiences": ["ledger"],
        "fromParams": ["access_token"]}]}  # fmt: skip
PROXY = {
    "ingressClassName": "contour-internal", "virtualhost": {
        "fqdn": "chat.example.ae", "tls": {"secretName": "chat", "minimumProtocolVersion": "1.3"}},
    "routes": [{
        "conditions": [{"prefix": "/"}], "services": [{
            "name": "chat", "port": 8443, "protocol": "h2",
            "validation": {"caSecret": "internal", "subjectName": "chat"}}],
        "cookieRewritePolicies": [{"name": "session", "secure": False, "sameSite": "Lax"}]}]}  # fmt: skip
SILENCED = {
    "route": {"receiver": "desk", "groupBy": ["alertname"]}, "receivers": [{"name": "desk", "webhookConfigs": [
        {"urlSecret": {"name": "desk", "key": "url"}, "sendResolved": True}]}], "inhibitRules": [{
        "sourceMatch": [{"name": "alertname", "value": "Alive", "matchType": "="}],
        "targetMatch": [{"name": "severity", "value": "critical|warning", "matchType": "=~"}]}]}  # fmt: skip
ALIVE = {"groups": [{"name": "alive", "rules": [{
    "alert": "Alive", "expr": "vector(1)", "labels": {"severity": "none", "namespace": "payments"}}]}]}  # fmt: skip
MUTED = {
    "name": "quiet", "instanceSelector": {"matchLabels": {"dashboards": "grafana"}}, "editable": False,
    "time_intervals": [{"times": [{"start_time": "00:00", "end_time": "24:00"}], "location": "UTC"}]}  # fmt: skip

ATTACKS = (
    Attack("Argo CD no longer sees what was changed in the cluster", OPEN, _text("argocd-cm", "argocd", {
        "url": "https://argocd.example.ae", "resource.customizations.ignoreDifferences.all": IGNORED}),
        "major", "who changes a role, a policy or an image by hand stays unseen and is not undone (argo-cd 37ee0097c, "
        f"docs/user-guide/diffing.md, resource.customizations.ignoreDifferences.all, {READ})"),
    Attack("pipelines run that nobody signed", OPEN, _text("feature-flags", "tekton-pipelines", {
        "enable-api-fields": "stable", "require-git-ssh-secret-known-hosts": "true",
        "trusted-resources-verification-no-match-policy": "ignore"}),
        "major", "whoever may write to a repository of tasks runs his own with the keys of the build "
        f"(tektoncd/pipeline, pkg/apis/config/feature_flags.go, {READ})"),
    Attack("what the bank builds is written into a public log for ever", OPEN, _text("chains-config", "tekton-chains", {
        "artifacts.taskrun.format": "in-toto", "artifacts.taskrun.storage": "oci", "artifacts.oci.storage": "oci",
        "transparency.enabled": "true"}),
        "critical", "names of images, commits and parameters of each build are at rekor.sigstore.dev, abroad, and can "
        f"never be deleted (tekton.dev, docs/chains/sigstore, transparency.enabled, {READ})"),
    Attack("anybody who knows its address starts the pipelines of a repository", OPEN, _text(
        "pipelines-as-code", "pipelines-as-code", {
            "application-name": "builds", "remote-tasks": "false", "bitbucket-cloud-check-source-ip": "false"}),
        "critical", "events of Bitbucket Cloud have no secret; without the check of the sender a forged one runs with "
        f"the keys of the build (Pipelines as Code, 'Settings', bitbucket-cloud-check-source-ip, {READ})"),
    Attack("each question for a name is copied to a server of a team", OPEN, _text("coredns", "kube-system", {
        "Corefile": COREFILE}),
        "major", "the team sees which pod asks for which customer's or partner's host, in plaintext (coredns "
        f"4b26cced3, plugin/dnstap/README.md, {READ})"),
    Attack("calls to the ledger are answered in another cluster", OPEN, (k8s("core/v1:Service", {
        "metadata": meta("ledger", "payments", annotations={
            "service.cilium.io/global": "true", "service.cilium.io/affinity": "remote"}),
        "spec": {"type": "ClusterIP", "selector": {"app": "ledger"}, "ports": [
            {"name": "https", "port": 8443, "targetPort": 8443}]}}),),
        "critical", "whoever has a Service of the same name in a cluster of the mesh, maybe abroad, gets each transfer "
        f"first (Cilium, 'Service Affinity', service.cilium.io/affinity, {READ})"),
    Attack("the proxy of the network opens the TLS of the ledger", OPEN, (
        _in("payments", "cilium.io/v2:CiliumNetworkPolicy", "ledger", OPENED),),
        "major", "without originatingTLS transfers go on in plaintext, and Hubble shows paths and headers (Cilium, "
        f"'Inspecting TLS Encrypted Connections'; CRD of CiliumNetworkPolicy, terminatingTLS, {READ})"),
    Attack("listeners of a class of gateways are open on each machine", OPEN, (
        _in("gateway", "cilium.io/v2alpha1:CiliumGatewayClassConfig", "inner", {"service": {"type": "NodePort"}}),),
        "major", "who reaches a machine reaches each host of the gateway, past the balancer and its list of callers "
        f"(Cilium, 'GatewayClass Parameters Support', spec.service.type, {READ})"),
    Attack("each Service of the cluster is reachable from the whole network", OPEN, (k8s(
        "cilium.io/v2:CiliumBGPAdvertisement", {
            "metadata": {"name": "services", "labels": {**TAGS, "advertise": "services"}}, "spec": TOLD}),),
        "critical", "routers learn the address of every internal Service, with databases and the pages of controllers "
        f"(CRD of CiliumBGPAdvertisement, service.addresses, datreeio/CRDs-catalog, {READ})"),
    Attack("tokens of users stand in addresses", OPEN, (
        _in("payments", "security.istio.io/v1:RequestAuthentication", "ledger", TOKENS),),
        "minor", "each access log on the way keeps tokens that sign their reader in (istio/api b8f8791d9, "
        f"JWTRule.fromParams, {READ})"),
    Attack("cookies of sessions travel in plaintext too", OPEN, (crd("projectcontour.io/v1:HTTPProxy", PROXY),),
        "minor", "one link with http:// shows the session to who stands between, although the program said Secure "
        f"(contour 31c4bb38e, apis/projectcontour/v1/httpproxy.go, CookieRewritePolicy.secure, {READ})"),
    Attack("a certificate of any public authority passes for the server behind the gateway", OPEN, (
        crd("gateway.networking.k8s.io/v1:BackendTLSPolicy", {
            "targetRefs": [{"group": "", "kind": "Service", "name": "ledger"}],
            "validation": {"hostname": "ledger.example.ae", "wellKnownCACertificates": "System"}}),),
        "minor", "a certificate of any of the world's public authorities will do, not of the bank's alone (gateway-api "
        f"4564255ac, apis/v1/backendtlspolicy_types.go, wellKnownCACertificates, {READ})"),
    Attack("a helper for secrets runs without limits on its rights", OPEN, _annotated({
        "vault.hashicorp.com/agent-inject": "true", "vault.hashicorp.com/role": "app",
        "vault.hashicorp.com/agent-set-security-context": "false"}),
        "minor", "the injected container gets the user of its image and may escalate, unlike each other container "
        "(vault-k8s, agent-inject/agent/annotations.go, agent-set-security-context, read 2026-11-30)"),
    Attack("no policy of KubeArmor holds for a program", OPEN, _annotated({"kubearmor-policy": "disabled"}),
        "major", "what the program may start, read and call is no longer bounded by the kernel (KubeArmor "
        f"510cee31, KubeArmor/core/kubeUpdate.go, annotation kubearmor-policy of pods, {READ})"),
    Attack("the disk of a team is left out of each backup", KEPT, _claim({
        "name": "ledger", "namespace": "payments", "labels": {**TAGS, "velero.io/exclude-from-backup": "true"}}),
        "major", "after a loss the ledger cannot be restored, and no schedule shows it (velero d2241adba, "
        f"pkg/apis/velero/v1/labels_annotations.go, ExcludeFromBackupLabel, {READ})"),
    Attack("K8up does not copy a disk", KEPT, _claim(meta("ledger", "payments", annotations={
        "k8up.io/backup": "false"})),
        "major", "after a loss the ledger cannot be restored, although its namespace has a schedule (k8up-io/k8up "
        f"80a2ae8c, docs, how-tos/backup.adoc, annotation k8up.io/backup, {READ})"),
    Attack("an alarm that always rings silences each other alarm", OPEN, (
        _in("payments", "monitoring.coreos.com/v1:PrometheusRule", "alive", ALIVE),
        _in("payments", "monitoring.coreos.com/v1beta1:AlertmanagerConfig", "desk", SILENCED)),
        "major", "nobody is told of an intrusion in the namespace (prometheus-operator 6adcebc50, "
        f"alertmanager_config_types.go, InhibitRule, {READ})"),
    Attack("alarms of Grafana are muted the whole day", OPEN, (
        _in("monitoring", "grafana.integreatly.org/v1beta1:GrafanaMuteTiming", "quiet", MUTED),),
        "major", "routes that name it tell nobody anything (CRD of GrafanaMuteTiming, time_intervals, "
        f"datreeio/CRDs-catalog, {READ})"),
)  # fmt: skip
