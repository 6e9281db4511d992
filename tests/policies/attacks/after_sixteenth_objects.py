"""More attacks of the families of the sixteenth set on clusters: drift, alarms, routes, backups, public logs, figures.

Written on 2026-11-30 beside the rules that refuse the set; sources are those of the rules, what is not marked as read
is as known.
"""

from typing import cast

from ..blind import ME, TAGS, crd, k8s, meta, release, workload
from ..harness import Given
from . import Attack

OPEN = ("FJ-ESC-115", "FJ-ESC-124", "FJ-IDN-313")
READ = "read 2026-11-30"
DRIFT = "what somebody changes by hand in rights or programs stays unseen and is not undone"
SILENT = "nobody is told of an intrusion"
BUDGET = k8s("policy/v1:PodDisruptionBudget", {
    "metadata": meta(), "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}})  # fmt: skip


def _in(namespace: str, kind: str, name: str, spec: object, **more: object) -> Given:
    return k8s(kind, {"metadata": meta(name, namespace, **more), "spec": spec}, name)


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


def _text(name: str, namespace: str, data: dict[str, str]) -> tuple[Given, ...]:
    return (k8s("core/v1:ConfigMap", {"metadata": meta(name, namespace), "data": data}, name),)


def _application(*ignored: object) -> tuple[Given, ...]:
    return (_in("argocd", "argoproj.io/v1alpha1:Application", "ledger", {
        "project": "payments", "destination": {"server": "https://kubernetes.default.svc", "namespace": "payments"},
        "source": {"repoURL": "https://git.example.ae/payments/ledger.git", "targetRevision": "a" * 40, "path": "prod"},
        "syncPolicy": {"automated": {"prune": True, "selfHeal": True}},
        "ignoreDifferences": list(ignored)}),)  # fmt: skip


def _alarms(**more: object) -> tuple[Given, ...]:
    """Returns the routes of alarms of a namespace."""
    return (_in("payments", "monitoring.coreos.com/v1alpha1:AlertmanagerConfig", "desk", {
        "route": {"receiver": "desk", "groupBy": ["alertname"], **cast("dict[str, object]", more.pop("route", {}))},
        "receivers": [{"name": "desk", "webhookConfigs": [{"urlSecret": {"name": "desk", "key": "url"}}]}],
        **more}),)  # fmt: skip


def _claim(name: str, **more: object) -> tuple[Given, ...]:
    return (k8s("core/v1:PersistentVolumeClaim", {"metadata": meta(name, "payments", **more), "spec": {
        "storageClassName": "encrypted", "accessModes": ["ReadWriteOnce"],
        "resources": {"requests": {"storage": "20Gi"}}}}),)  # fmt: skip


def annotated_pods(annotations: dict[str, str], **labels: str) -> tuple[Given, ...]:
    """Returns a Deployment whose pods carry annotations and labels, and its budget."""
    given = workload("apps/v1:Deployment", {})
    spec = cast("dict[str, dict[str, dict[str, dict[str, str]]]]", given.props["spec"])
    metadata = {"labels": {**spec["template"]["metadata"]["labels"], **labels}, "annotations": annotations}
    template = {**spec["template"], "metadata": metadata}
    return (k8s("apps/v1:Deployment", {**given.props, "spec": {**spec, "template": template}}), BUDGET)


def _routes(selector: object) -> object:
    service = {"advertisementType": "Service", "service": {"addresses": ["LoadBalancerIP", "ClusterIP"]}}
    return {"advertisements": [{**service, **({} if selector is None else {"selector": selector})}]}


WEEK = """route:
  receiver: desk
  routes:
  - receiver: desk
    matchers: ['severity="critical"']
    mute_time_intervals: [quiet]
receivers:
- name: desk
time_intervals:
- name: quiet
  time_intervals:
  - weekdays: ['monday:friday']
    times:
    - {start_time: '00:00', end_time: '12:00'}
    - {start_time: '12:00', end_time: '24:00'}
  - weekdays: ['saturday', 'sunday']
"""
WATCHED = """route: {receiver: desk}
receivers:
- name: desk
inhibit_rules:
- source_matchers: ['alertname="Watchdog"']
  target_matchers: ['severity=~"critical|warning"']
  equal: [cluster]
"""
STATEMENTS = """pg_running:
  query: "SELECT pid, a.usename, left(a.query, 200) AS statement FROM pg_stat_activity a WHERE state = 'active'"
  metrics:
  - statement: {usage: LABEL, description: statement}
"""
TYPED = """running:
  query: "SELECT thread_id, sql_text FROM performance_schema.events_statements_current"
"""
COREFILE = """.:53 {
    dnstap tls://taps.team-b.svc.cluster.local:6000 full {
        skipverify
    }
    forward . /etc/resolv.conf
}
"""
FIRMWARE = {"driver": {"enable": True, "version": "6.4.2", "imageBuild": {
    "packageRepoURL": "http://packages.team-b.svc:8080/ubuntu",
    "gpgKeyURL": "http://packages.team-b.svc:8080/key"}}}  # fmt: skip
COOKIE = {"virtualhost": {"fqdn": "chat.example.ae", "tls": {"secretName": "chat", "minimumProtocolVersion": "1.3"}},
          "ingressClassName": "contour-internal", "routes": [{"conditions": [{"prefix": "/"}], "services": [{
              "name": "chat", "port": 8443, "protocol": "h2",
              "validation": {"caSecret": "internal", "subjectName": "chat"},
              "cookieRewritePolicies": [{"name": "session", "secure": False}]}]}]}  # fmt: skip
TOKENS = {"targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "name": "ledger"}], "jwt": {
    "providers": [{"name": "bank", "issuer": "https://login.example.ae", "audiences": ["ledger"], "remoteJWKS": {
        "uri": "https://login.example.ae/jwks"}, "extractFrom": {"params": ["access_token"]}}]}}  # fmt: skip

ATTACKS = (
    Attack("Argo CD ignores who is bound to roles", OPEN, _application(
        {"group": "rbac.authorization.k8s.io", "kind": "RoleBinding", "jsonPointers": ["/subjects"]}),
        "major", f"{DRIFT} (argo-cd 37ee0097c, docs/user-guide/diffing.md, {READ})"),
    Attack("Argo CD ignores what runs in each Deployment of the cluster", OPEN, _text("argocd-cm", "argocd", {
        "resource.customizations.ignoreDifferences.apps_Deployment": "jqPathExpressions:\n- .spec.template.spec\n"}),
        "major", f"{DRIFT} (argo-cd 37ee0097c, docs/user-guide/diffing.md, {READ})"),
    Attack("Argo CD looks at no binding of roles", OPEN, _text("argocd-cm", "argocd", {
        "resource.exclusions": "- apiGroups: ['*']\n  kinds: [RoleBinding, NetworkPolicy]\n  clusters: ['*']\n"}),
        "major", f"{DRIFT} (argo-cd, docs/operator-manual/declarative-setup.md, Resource Exclusion)"),
    Attack("Argo CD ignores what people write with kubectl", OPEN, _application(
        {"group": "*", "kind": "*", "managedFieldsManagers": ["kube-controller-manager", "kubectl-edit"]}),
        "major", f"{DRIFT} (argo-cd 37ee0097c, docs/user-guide/diffing.md, managedFieldsManagers, {READ})"),
    Attack("the operator of Argo CD has it ignore each spec", OPEN, (
        _in("argocd", "argoproj.io/v1beta1:ArgoCD", "argocd", {
            "resourceIgnoreDifferences": {"all": {"jsonPointers": ["/spec"]}}}),),
        "major", f"{DRIFT} (argocd-operator, IgnoreDifferenceCustomization, {READ})"),
    Attack("Fleet ignores network policies that somebody opened", OPEN, (
        _in("fleet-local", "fleet.cattle.io/v1alpha1:Bundle", "ledger", {"diff": {"comparePatches": [{
            "apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "operations": [
                {"op": "remove", "path": "/spec"}]}]}}),),
        "major", f"{DRIFT} (rancher/fleet, comparePatches, {READ})"),
    Attack("who signs each build is written into a public log", OPEN, _text("chains-config", "tekton-chains", {
        "artifacts.oci.storage": "oci", "signers.x509.fulcio.enabled": "true", "artifacts.oci.signer": "x509"}),
        "critical", "names of the bank's repositories and accounts are abroad for ever (tektoncd/chains docs/"
        f"config.md, signers.x509.fulcio.address, {READ})"),
    Attack("builds in a public log whose address is stated", OPEN, (
        _top("operator.tekton.dev/v1alpha1:TektonChain", "chain", {
            "targetNamespace": "tekton-chains", "transparency.enabled": "manual",
            "transparency.url": "https://rekor.sigstore.dev"}),),
        "critical", f"names of images and commits are abroad for ever (tektoncd/chains docs/config.md, {READ})"),
    Attack("every network may send events that start pipelines", OPEN, _text("pipelines-as-code", "pipelines-as-code", {
        "bitbucket-cloud-check-source-ip": "true", "bitbucket-cloud-additional-source-ip": "10.0.0.0/8, 0.0.0.0/0"}),
        "critical", "a forged event runs with the keys of the build (Pipelines as Code, 'Settings', "
        f"bitbucket-cloud-additional-source-ip, {READ})"),
    Attack("questions for names go to a server that nobody proved", OPEN, _text("coredns", "kube-system", {
        "Corefile": COREFILE}),
        "major", f"whoever is in between reads each question (coredns 4b26cced3, plugin/dnstap, skipverify, {READ})"),
    Attack("calls to the ledger prefer another cluster by the older annotation", OPEN, (k8s("core/v1:Service", {
        "metadata": meta("ledger", "payments", annotations={
            "io.cilium/global-service": "true", "io.cilium/service-affinity": "remote"}),
        "spec": {"type": "ClusterIP", "selector": {"app": "ledger"}, "ports": [
            {"name": "https", "port": 8443, "targetPort": 8443}]}}),),
        "critical", "whoever has a Service of that name in another cluster answers first (Cilium, older annotations)"),
    Attack("the proxy of the network opens the TLS of calls to partners", OPEN, (
        _top("cilium.io/v2:CiliumClusterwideNetworkPolicy", "partners", {
            "endpointSelector": {"matchLabels": {"app": "ledger"}}, "egress": [{
                "toFQDNs": [{"matchName": "api.partner.ae"}], "toPorts": [{
                    "ports": [{"port": "443", "protocol": "TCP"}],
                    "terminatingTLS": {"secret": {"name": "partner", "namespace": "cilium-secrets"}},
                    "rules": {"http": [{"method": "GET"}]}}]}]}),),
        "major", f"payments leave the node in plaintext (cilium, pkg/policy/api/l4.go, PortRule, {READ})"),
    Attack("Cilium tells routers of each Service without a selector", OPEN, (
        _top("cilium.io/v2:CiliumBGPAdvertisement", "all", _routes({})),),
        "critical", f"each internal Service is reachable from the whole network (Cilium, BGP resources, {READ})"),
    Attack("a peering policy of Cilium tells routers of each Service", OPEN, (
        _top("cilium.io/v2alpha1:CiliumBGPPeeringPolicy", "rack", {"virtualRouters": [{
            "localASN": 64512, "exportPodCIDR": False, "serviceAdvertisements": ["ClusterIP"],
            "serviceSelector": {"matchExpressions": [{"key": "hidden", "operator": "DoesNotExist"}]},
            "neighbors": [{"peerAddress": "10.0.0.1/32", "peerASN": 64513}]}]}),),
        "critical", f"each internal Service is reachable from the whole network (Cilium, BGP resources, {READ})"),
    Attack("tokens of users stand in addresses at a gateway of Envoy", OPEN, (
        crd("gateway.envoyproxy.io/v1alpha1:SecurityPolicy", TOKENS),),
        "minor", "each access log keeps tokens that sign their reader in (envoyproxy/gateway, JWTExtractor.params)"),
    Attack("cookies of one service of a page travel in plaintext", OPEN, (
        crd("projectcontour.io/v1:HTTPProxy", COOKIE),),
        "minor", f"one link with http:// shows the session (contour 31c4bb38e, CookieRewritePolicy.secure, {READ})"),
    Attack("a program breaks the glass of admission", OPEN, annotated_pods({
        "admission.stackrox.io/break-glass": "ticket-4711"}),
        "major", f"no policy is evaluated for it (stackrox, annotation of pods and workloads, {READ})"),
    Attack("a program exempts itself from Polaris", OPEN, annotated_pods({"polaris.fairwinds.com/exempt": "true"}),
        "major", f"no policy is evaluated for it (FairwindsOps/polaris, exemptions.md, {READ})"),
    Attack("KubeArmor only watches a program", OPEN, annotated_pods({"kubearmor-policy": "audited"}),
        "major", f"what it may start and read is no longer bounded (KubeArmor 510cee31, kubeUpdate.go, {READ})"),
    Attack("a program runs images that nobody signed", OPEN, annotated_pods(
        {}, **{"securesystemsengineering.connaisseur/webhook": "ignore"}),
        "major", f"Connaisseur does not ask who signed them (connaisseur, Namespaced Validation, objects, {READ})"),
    Attack("Stork leaves the ledger out of backups", OPEN, _claim("ledger", annotations={
        "stork.libopenstorage.org/skip-resource": "true"}),
        "major", f"after a loss it cannot be restored (libopenstorage/stork, pkg/resourcecollector, {READ})"),
    Attack("claims of a store are left out of backups by their template", OPEN, (
        k8s("apps/v1:StatefulSet", {"metadata": meta("ledger", "payments"), "spec": {
            **cast("dict[str, object]", workload("apps/v1:StatefulSet", {}).props["spec"]), "volumeClaimTemplates": [{
                "metadata": {"name": "data", "labels": {**TAGS, "velero.io/exclude-from-backup": "true"}},
                "spec": {"storageClassName": "encrypted", "accessModes": ["ReadWriteOnce"],
                         "resources": {"requests": {"storage": "20Gi"}}}}]}}), BUDGET),
        "major", f"after a loss it cannot be restored (velero d2241adba, ExcludeFromBackupLabel, {READ})"),
    Attack("the sign of life of alarms silences them", OPEN, _text("alertmanager", "monitoring", {
        "alertmanager.yml": WATCHED}), "major", f"{SILENT} (prometheus, alertmanager, inhibit_rule)"),
    Attack("one alarm of a team silences those of all", OPEN, _alarms(inhibitRules=[{
        "sourceMatch": [{"name": "team", "value": "b"}], "targetMatch": [
            {"name": "alertname", "value": ".+", "matchType": "=~"},
            {"name": "severity", "value": "none", "matchType": "!="}]}]),
        "major", f"{SILENT} (prometheus-operator 6adcebc50, InhibitRule, {READ})"),
    Attack("critical alarms are muted each day of the week", OPEN, _text("alertmanager", "monitoring", {
        "alertmanager.yml": WEEK}), "major", f"{SILENT} (prometheus, alertmanager, time_interval)"),
    Attack("alarms of a namespace are muted without an end", OPEN, _alarms(
        muteTimeIntervals=[{"name": "quiet", "timeIntervals": [{
            "times": [{"startTime": "00:00", "endTime": "23:59"}]}]}],
        route={"routes": [{"receiver": "desk", "muteTimeIntervals": ["quiet"]}]}),
        "major", f"{SILENT} (prometheus-operator 6adcebc50, TimeInterval, {READ})"),
    Attack("the first letters of each statement stand on the page of figures", OPEN, _text("queries", "payments", {
        "queries.yaml": STATEMENTS}),
        "major", f"who reads figures reads names and numbers of accounts (cloudnative-pg a95a534db, {READ})"),
    Attack("statements of MySQL stand on the page of figures", OPEN, _text("queries", "payments", {
        "queries.yaml": TYPED}),
        "major", "who reads figures reads names and numbers of accounts (MySQL, events_statements_current)"),
    Attack("drivers of kernels are proven by a key of a team", OPEN, (
        _in("amd-gpu", "amd.com/v1alpha1:DeviceConfig", "accelerators", FIRMWARE),),
        "critical", f"who writes there has the kernel (ROCm/gpu-operator, ImageBuildSpec, {READ})"),
    Attack("a queue of a team is promised each accelerator", OPEN, (
        _top("scheduling.run.ai/v2:Queue", "team-b", {"parentQueue": "bank", "resources": {
            "gpu": {"quota": -1, "limit": 8, "overQuotaWeight": 1}}}),),
        "major", f"others give back what they use (NVIDIA/KAI-Scheduler 72de64fc, resources.go, {READ})"),
    Attack("a server of backups is told not to write them", OPEN, (
        workload("apps/v1:Deployment", {
            "image": f"{ME}.dkr.ecr.me-central-1.amazonaws.com/velero@sha256:" + "b" * 64, "command": ["/velero"],
            "args": ["server", "--disable-controllers=gc,backup-operations"]}), BUDGET),
        "major", f"schedules stay in the cluster and do nothing (velero d2241adba, config.go, {READ})"),
    Attack("work of each team costs a hundredth", OPEN, release("opencost", "2.5.0", {"opencost": {
        "customPricing": {"enabled": True, "provider": "custom", "costModel": {
            "CPU": 0.03, "RAM": 0.004, "GPU": 2.1, "discount": "99%"}}}}),
        "minor", f"alarms on bills are silent (opencost-helm-chart, costModel, {READ})"),
    Attack("a chart has its pods left out of KubeArmor", OPEN, release("podinfo", "6.9.2", {
        "podAnnotations": {"kubearmor-policy": "disabled"}}, "team-a"),
        "major", f"what it may start and read is no longer bounded (KubeArmor 510cee31, kubeUpdate.go, {READ})"),
    Attack("a chart has its calls answered in a named cluster abroad", OPEN, release("podinfo", "6.9.2", {
        "service": {"annotations": {"service.cilium.io/global": "true", "service.cilium.io/affinity": "frankfurt"}}},
        "team-a"), "critical", f"another cluster answers first (Cilium, Service Affinity, {READ})"),
    Attack("a chart of alarms mutes them the whole week", OPEN, release("kube-prometheus-stack", "79.5.0", {
        "alertmanager": {"config": {
            "route": {"receiver": "desk", "routes": [{"receiver": "desk", "mute_time_intervals": ["week"]}]},
            "receivers": [{"name": "desk"}],
            "mute_time_intervals": [{"name": "week", "time_intervals": [
                {"weekdays": ["sunday:wednesday"]}, {"weekdays": ["thursday:saturday"]}]}]}}}, "monitoring"),
        "major", f"{SILENT} (prometheus, alertmanager, time_interval)"),
    Attack("a file of Grafana mutes its alarms without an end", OPEN, _text("alerting", "monitoring", {
        "mute.yaml": "apiVersion: 1\nmuteTimes:\n- orgId: 1\n  name: quiet\n  time_intervals:\n  - location: UTC\n"}),
        "major", f"{SILENT} (Grafana, provisioning of alerting, muteTimes)"),
    Attack("the chart of CoreDNS copies each question to a team", OPEN, release("coredns", "1.45.0", {"servers": [{
        "zones": [{"zone": "."}], "port": 53, "plugins": [
            {"name": "errors"}, {"name": "dnstap", "parameters": "tcp://10.96.14.7:6000 full"}]}]}, "kube-system"),
        "major", "the team sees who asks for which host, in plaintext (coredns, plugin/dnstap/README.md)"),
    Attack("tokens of users stand in addresses at a server of NGINX", OPEN, (crd("k8s.nginx.org/v1:Policy", {
        "jwt": {"realm": "ledger", "secret": "keys", "token": "$arg_access_token"}}),),
        "minor", "each access log keeps tokens that sign their reader in (NGINX ingress, Policy, jwt.token)"),
    Attack("a file of prices in which work costs nothing", OPEN, _text("pricing", "opencost", {
        "default.json": '{"provider": "custom", "CPU": "0", "spotCPU": "0.01", "RAM": "0.0", "GPU": "2"}'}),
        "minor", f"alarms on bills are silent (opencost-helm-chart, costModel, {READ})"),
    Attack("quoted statements stand on the page of figures", OPEN, _text("statements", "payments", {
        "queries.yaml": "running:\n  query: 'SELECT \"usename\", \"query\" FROM pg_catalog.pg_stat_activity'\n"}),
        "major", f"who reads figures reads names and numbers of accounts (cloudnative-pg a95a534db, {READ})"),
)  # fmt: skip
