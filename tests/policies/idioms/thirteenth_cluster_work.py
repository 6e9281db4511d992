"""Good idioms of clusters: meshes, releases, repositories, machines and models (thirteenth set, blind)."""

from ..blind import TAGS, k8s
from . import Idiom, unpriced
from .eleventh_charts import CLOSED, SMALL, inside, role
from .eleventh_cluster import DNS, top
from .thirteenth_cluster_access import account
from .twelfth_charts import CALLERS, LOGIN, MIRROR, POD, image, ours
from .twelfth_cluster import GPU, OFFLINE, TOLERATED

MESH, SECURITY, LINKERD = "networking.istio.io/v1", "security.istio.io/v1", "policy.linkerd.io/v1beta3"
SOURCE, KUSTOMIZE = "source.toolkit.fluxcd.io/v1", "kustomize.toolkit.fluxcd.io/v1"
KSERVE, SRIOV, QUEUE = "serving.kserve.io/v1beta1", "sriovnetwork.openshift.io/v1", "scheduling.run.ai/v2"
SRIOV_PLACE = "sriov-network-operator"
RULES = {"http": [{"method": "POST", "path": "/v1/(chat/)?completions"}, {"method": "GET", "path": "/v1/models"}]}


def calls(name: str, query: str, greatest: float) -> dict[str, object]:
    """Returns a check of Flagger by a template of a metric, with the greatest value that is good."""
    return {"name": name, "interval": "1m", "thresholdRange": {"max": greatest},
            "templateRef": {"name": query, "namespace": "models"}}  # fmt: skip


def delivered(*groups: str) -> dict[str, object]:
    """Returns what the bank lists, with the repositories from which its deployers take objects."""
    settings = ours(*groups)
    escape = settings["escape"]
    assert isinstance(escape, dict)
    sources = dict.fromkeys(("https://git.bank.ae/team-a", "ssh://git@git.bank.ae/team-a"), "reviewed by its leads")
    return {**settings, "escape": {**escape, "code_sources": sources}}


IDIOMS: tuple[Idiom, ...] = (
    Idiom("an app of the mesh takes tokens of the bank by mutual TLS, and customers' calls by one gateway", (
        inside(f"{SECURITY}:PeerAuthentication", "default", {"mtls": {"mode": "STRICT"}}, "triage"),
        inside(f"{SECURITY}:RequestAuthentication", "triage", {
            "selector": {"matchLabels": {"app": "triage"}}, "jwtRules": [{
                "issuer": LOGIN, "jwksUri": f"{LOGIN}/protocol/openid-connect/certs", "audiences": ["triage"],
                "forwardOriginalToken": False}]}, "triage"),
        inside(f"{SECURITY}:AuthorizationPolicy", "triage", {
            "selector": {"matchLabels": {"app": "triage"}}, "action": "ALLOW", "rules": [{
                "from": [{"source": {"principals": ["cluster.local/ns/istio-ingress/sa/inner"],
                                     "requestPrincipals": [f"{LOGIN}/*"]}}],
                "to": [{"operation": {"methods": ["POST"], "paths": ["/v1/triage"]}}],
                "when": [{"key": "request.auth.claims[groups]", "values": ["triage-users"]}]}]}, "triage"),
        inside(f"{SECURITY}:AuthorizationPolicy", "nothing-else", {}, "triage"),
        inside(f"{MESH}:Gateway", "inner", {
            "selector": {"istio": "inner"}, "servers": [{
                "port": {"number": 443, "name": "https", "protocol": "HTTPS"}, "hosts": ["triage/triage.bank.ae"],
                "tls": {"mode": "SIMPLE", "credentialName": "triage-tls", "minProtocolVersion": "TLSV1_3"}}]},
            "istio-ingress"),
        inside(f"{MESH}:VirtualService", "triage", {
            "hosts": ["triage.bank.ae"], "gateways": ["istio-ingress/inner"], "exportTo": ["istio-ingress"],
            "http": [{"match": [{"uri": {"exact": "/v1/triage"}}], "timeout": "30s", "route": [
                {"destination": {"host": "triage.triage.svc.cluster.local", "port": {"number": 8080}}}],
                "retries": {"attempts": 2, "perTryTimeout": "10s", "retryOn": "5xx,reset"}}]}, "triage"),
        inside(f"{MESH}:DestinationRule", "triage", {
            "host": "triage.triage.svc.cluster.local", "exportTo": [".", "istio-ingress"], "trafficPolicy": {
                "tls": {"mode": "ISTIO_MUTUAL"}, "outlierDetection": {"consecutive5xxErrors": 5, "interval": "30s"},
                "connectionPool": {"http": {"http2MaxRequests": 100}}}}, "triage")),
        "istio.io/latest/docs/ops/best-practices/security", ours(kubernetes=CALLERS)),
    Idiom("a server of the mesh of Linkerd answers one client, known by its identity", (
        k8s("core/v1:Namespace", {"metadata": {"name": "scores", "labels": {
            **TAGS, "pod-security.kubernetes.io/enforce": "restricted"}, "annotations": {
                "linkerd.io/inject": "enabled", "config.linkerd.io/default-inbound-policy": "deny"}}}, "scores"),
        inside(f"{LINKERD}:Server", "scores", {
            "podSelector": {"matchLabels": {"app": "scores"}}, "port": 8080, "proxyProtocol": "HTTP/2",
            "accessPolicy": "deny"}, "scores"),
        inside("policy.linkerd.io/v1alpha1:MeshTLSAuthentication", "claims", {"identityRefs": [
            {"kind": "ServiceAccount", "name": "claims", "namespace": "claims"}]}, "scores"),
        inside("policy.linkerd.io/v1alpha1:AuthorizationPolicy", "claims", {
            "targetRef": {"group": "policy.linkerd.io", "kind": "Server", "name": "scores"},
            "requiredAuthenticationRefs": [{"group": "policy.linkerd.io", "kind": "MeshTLSAuthentication",
                                            "name": "claims"}]}, "scores")),
        "linkerd.io/2/tasks/restricting-access", ours(kubernetes={"namespaces": {
            "claims": "made by the stack of the claims team"}})),
    Idiom("servers of models take two methods of their API from the gateway, and ask names only", (
        inside("cilium.io/v2:CiliumNetworkPolicy", "models", {
            "endpointSelector": {"matchLabels": {"app": "falcon"}}, "ingress": [{
                "fromEndpoints": [{"matchLabels": {"k8s:io.kubernetes.pod.namespace": "gateway", "app": "inner"}}],
                "authentication": {"mode": "required"},
                "toPorts": [{"ports": [{"port": "8000", "protocol": "TCP"}], "rules": RULES}]}],
            "egress": [{
                "toEndpoints": [{"matchLabels": {"k8s:io.kubernetes.pod.namespace": "kube-system",
                                                 "k8s-app": "kube-dns"}}],
                "toPorts": [{"ports": [{"port": "53", "protocol": "ANY"}], "rules": {
                    "dns": [{"matchPattern": "*.svc.cluster.local"}]}}]}]}, "models"),
        top("cilium.io/v2:CiliumClusterwideNetworkPolicy", "no-world", {
            "endpointSelector": {"matchLabels": {"data.bank.ae/class": "secret"}},
            "egressDeny": [{"toEntities": ["world"]}]})),
        "docs.cilium.io/en/stable/security/policy/language", ours()),
    Idiom("a new version of a service gets a tenth of the calls, and goes back when it is slow", (
        inside("flagger.app/v1beta1:MetricTemplate", "slow", {
            "provider": {"type": "prometheus", "address": "https://prometheus.monitoring.svc.cluster.local:9090",
                         "secretRef": {"name": "flagger-prometheus"}, "insecureSkipVerify": False},
            "query": 'histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket{'
                     'namespace="{{ namespace }}",pod=~"{{ target }}-.*"}[{{ interval }}])))'}, "models"),
        inside("flagger.app/v1beta1:Canary", "rank", {
            "targetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "rank"},
            "progressDeadlineSeconds": 600, "service": {
                "port": 443, "targetPort": 8443, "hosts": ["rank.bank.ae"], "gatewayRefs": [
                    {"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "inner",
                     "namespace": "gateway"}]},
            "analysis": {"interval": "1m", "threshold": 3, "maxWeight": 50, "stepWeight": 10,
                         "metrics": [calls("slow", "slow", 0.8)]}}, "models")),
        "docs.flagger.app/tutorials/gatewayapi-progressive-delivery", ours(kubernetes=CALLERS, prices=(
            "flagger.app/v1:Canary::rank", "flagger.app/v1:MetricTemplate::slow"))),
    Idiom("Flux brings a team's signed commits from the bank's own repository by the team's own rights", (
        account("reconciler", "team-a"),
        *role("reconciler", "team-a",
              {"apiGroups": ["apps"], "resources": ["deployments"],
               "verbs": ["get", "list", "watch", "create", "update", "patch"]},
              {"apiGroups": [""], "resources": ["configmaps", "services"],
               "verbs": ["get", "list", "watch", "create", "update", "patch"]}),
        inside(f"{SOURCE}:GitRepository", "apps", {
            "interval": "5m0s", "url": "ssh://git@git.bank.ae/team-a/apps.git", "ref": {"branch": "release"},
            "timeout": "60s", "secretRef": {"name": "apps-deploy-key"},
            "verify": {"mode": "HEAD", "secretRef": {"name": "team-a-signers"}}}),
        inside(f"{KUSTOMIZE}:Kustomization", "apps", {
            "interval": "10m0s", "path": "./prod", "prune": False, "wait": True, "timeout": "5m0s",
            "serviceAccountName": "reconciler", "targetNamespace": "team-a", "force": False,
            "sourceRef": {"kind": "GitRepository", "name": "apps"}})),
        "fluxcd.io/flux/security/best-practices", {
            **delivered("source.toolkit.fluxcd.io", "kustomize.toolkit.fluxcd.io"),
            **unpriced("kubernetes:kustomize.toolkit.fluxcd.io/v1:Kustomization::apps")}),
    Idiom("a project of Argo CD lets a team deploy a few kinds into its own namespace", (
        inside("argoproj.io/v1alpha1:AppProject", "team-a", {
            "description": "Apps of team A", "sourceRepos": ["https://git.bank.ae/team-a/apps.git"],
            "sourceNamespaces": [], "clusterResourceWhitelist": [], "destinations": [
                {"server": "https://kubernetes.default.svc", "namespace": "team-a"}],
            "namespaceResourceWhitelist": [
                {"group": "apps", "kind": "Deployment"}, {"group": "", "kind": "Service"},
                {"group": "", "kind": "ConfigMap"}],
            "orphanedResources": {"warn": True}, "signatureKeys": [{"keyID": "4AEE18F83AFDEB23"}],
            "roles": [{"name": "developers", "groups": ["team-a-developers"], "policies": [
                "p, proj:team-a:developers, applications, get, team-a/*, allow",
                "p, proj:team-a:developers, applications, sync, team-a/*, allow"]}],
            "syncWindows": [{"kind": "allow", "schedule": "0 6 * * 1-4", "duration": "8h", "applications": ["*"],
                             "timeZone": "Asia/Dubai"}]}, "argocd"),
        inside("argoproj.io/v1alpha1:Application", "triage", {
            "project": "team-a", "destination": {"server": "https://kubernetes.default.svc", "namespace": "team-a"},
            "source": {"repoURL": "https://git.bank.ae/team-a/apps.git", "path": "triage/prod",
                       "targetRevision": "9fceb02d0ae598e95dc970b74767f19372d61af8"},
            "revisionHistoryLimit": 5, "syncPolicy": {"automated": {"prune": False, "selfHeal": True}, "syncOptions": [
                "CreateNamespace=false", "FailOnSharedResource=true"]}}, "argocd")),
        "argo-cd.readthedocs.io/en/stable/user-guide/projects", delivered("argoproj.io")),
    Idiom("an old program of the bank runs in a virtual machine beside the pods", (
        inside("cdi.kubevirt.io/v1beta1:DataVolume", "ledger", {
            "source": {"registry": {"url": f"docker://{image('vm/rhel9')}", "secretRef": "registry",
                                    "certConfigMap": "bank-authority"}},
            "storage": {"storageClassName": "encrypted", "accessModes": ["ReadWriteOnce"],
                        "resources": {"requests": {"storage": "60Gi"}}}}),
        inside("kubevirt.io/v1:VirtualMachine", "ledger", {
            "runStrategy": "Always", "template": {"metadata": {"labels": {**TAGS, "app": "ledger"}}, "spec": {
                "evictionStrategy": "LiveMigrate", "terminationGracePeriodSeconds": 180, "domain": {
                    "cpu": {"cores": 4}, "memory": {"guest": "8Gi"}, "firmware": {
                        "bootloader": {"efi": {"secureBoot": True}}},
                    "features": {"smm": {"enabled": True}}, "resources": {"requests": {"memory": "8Gi"}},
                    "devices": {"tpm": {}, "rng": {}, "autoattachGraphicsDevice": False,
                                "disks": [{"name": "root", "disk": {"bus": "virtio"}}],
                                "interfaces": [{"name": "default", "masquerade": {}, "ports": [{"port": 8443}]}]}},
                "networks": [{"name": "default", "pod": {}}],
                "accessCredentials": [{"sshPublicKey": {
                    "source": {"secret": {"secretName": "operators-keys"}},
                    "propagationMethod": {"qemuGuestAgent": {"users": ["operator"]}}}}],
                "volumes": [{"name": "root", "dataVolume": {"name": "ledger"}}]}}}),
        inside("networking.k8s.io/v1:NetworkPolicy", "ledger", {
            "podSelector": {"matchLabels": {"app": "ledger"}}, "policyTypes": ["Ingress", "Egress"], "egress": DNS,
            "ingress": [{"from": [{"podSelector": {"matchLabels": {"app": "claims"}}}],
                         "ports": [{"port": 8443, "protocol": "TCP"}]}]})),
        "kubevirt.io/user-guide/compute", ours("kubevirt.io", "cdi.kubevirt.io", prices=(
            "kubevirt.io/v1:VirtualMachine::ledger", "cdi.kubevirt.io/v1beta1:DataVolume::ledger"))),
    Idiom("trainings have a queue of KAI with a share of GPUs and functions of fast cards", (
        top(f"{QUEUE}:Queue", "research", {"resources": {
            "cpu": {"quota": -1, "limit": -1, "overQuotaWeight": 1},
            "gpu": {"quota": 8, "limit": 12, "overQuotaWeight": 1},
            "memory": {"quota": -1, "limit": -1, "overQuotaWeight": 1}}}),
        inside(f"{SRIOV}:SriovNetworkNodePolicy", "rdma", {
            "resourceName": "rdma", "priority": 50, "numVfs": 8, "mtu": 9000, "isRdma": True, "linkType": "eth",
            "deviceType": "netdevice", "nodeSelector": {"feature.node.kubernetes.io/network-sriov.capable": "true"},
            "nicSelector": {"vendor": "15b3", "pfNames": ["ens1f0"]}}, SRIOV_PLACE),
        inside(f"{SRIOV}:SriovNetwork", "rdma", {
            "resourceName": "rdma", "networkNamespace": "research", "spoofChk": "on", "trust": "off",
            "linkState": "auto", "ipam": '{"type": "whereabouts", "range": "10.60.0.0/24"}'}, SRIOV_PLACE)),
        "github.com/k8snetworkplumbingwg/sriov-network-operator; github.com/NVIDIA/KAI-Scheduler, docs/queues",
        ours("sriovnetwork.openshift.io")),
    Idiom("a model lies in an image of the mirror, served by KServe without the internet, with a step before it", (
        inside(f"{KSERVE}:InferenceService", "falcon", {
            "predictor": {
                "minReplicas": 1, "maxReplicas": 2, "scaleMetric": "concurrency", "scaleTarget": 8, "timeout": 120,
                "labels": TAGS, "securityContext": POD, "automountServiceAccountToken": False,
                "serviceAccountName": "falcon", "tolerations": TOLERATED, "model": {
                    "modelFormat": {"name": "huggingface"}, "runtime": "vllm-bank", "resources": GPU, "env": OFFLINE,
                    "storageUri": f"oci://{MIRROR}/models/falcon-h1-7b@sha256:{'c' * 64}",
                    "args": ["--max-model-len=8192", "--disable-log-requests"], "securityContext": CLOSED}},
            "transformer": {
                "minReplicas": 1, "maxReplicas": 2, "labels": TAGS, "securityContext": POD,
                "automountServiceAccountToken": False, "containers": [{
                    "name": "kserve-container", "image": image("falcon-mask"), "resources": SMALL,
                    "securityContext": CLOSED}]}}, "models", annotations={
                        "serving.kserve.io/deploymentMode": "Standard",
                        "serving.kserve.io/enable-auth": "true"}, labels={
                            **TAGS, "networking.kserve.io/visibility": "cluster-local"}),
        account("falcon", "models")),
        "kserve.github.io/website/docs/model-serving/storage/providers/oci", ours(
            prices=(f"{KSERVE}:InferenceService::falcon",))),
)  # fmt: skip
