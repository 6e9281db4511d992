"""Good idioms of clusters, their networks and their operators, as platform teams run them for AI (2026-11-28)."""

from ..blind import IMAGE, KEY, TAGS, k8s, meta
from ..harness import Given
from . import Idiom, unpriced
from .fourth_kubernetes import release
from .sixth_kubernetes import MODELS

R = "me-central-1"
K8S = "kubernetes.io/docs"
DESCHEDULER, AQUA = "https://kubernetes-sigs.github.io/descheduler", "https://aquasecurity.github.io/helm-charts"
DATASOURCES = """apiVersion: 1
datasources:
- name: Metrics
  type: prometheus
  access: proxy
  url: http://prometheus-operated.monitoring.svc.cluster.local:9090
  isDefault: true
- name: Logs
  type: loki
  access: proxy
  url: http://loki-gateway.monitoring.svc.cluster.local
"""
DENY_ALL = {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "NetworkPolicy",
    "name": "default-deny",
    "synchronize": True,
    "namespace": "{{request.object.metadata.name}}",
    "data": {"metadata": {"labels": TAGS}, "spec": {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}},
}
HTTPS = {"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "models", "namespace": "edge",
         "sectionName": "https"}  # fmt: skip


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


def _in(namespace: str, kind: str, name: str, spec: object, **metadata: object) -> Given:
    return k8s(kind, {"metadata": meta(name, namespace, **metadata), "spec": spec}, name)


def _listed(*sources: str, **more: object) -> dict[str, object]:
    return {**MODELS, "escape": {"helm_sources": dict.fromkeys(sources, "its project; reviewed by us")}, **more}


IDIOMS: tuple[Idiom, ...] = (
    Idiom("serving goes before training, and GPUs of each are bounded", (
        k8s("scheduling.k8s.io/v1:PriorityClass", {
            "metadata": {"name": "serving", "labels": TAGS}, "value": 10000, "globalDefault": False,
            "description": "Servers that customers wait for"}, "serving"),
        k8s("scheduling.k8s.io/v1:PriorityClass", {
            "metadata": {"name": "training", "labels": TAGS}, "value": 1000, "globalDefault": False,
            "preemptionPolicy": "Never", "description": "Work that starts again from a checkpoint"}, "training"),
        _in("team-a", "core/v1:ResourceQuota", "training", {
            "hard": {"requests.nvidia.com/gpu": "4", "pods": "20"}, "scopeSelector": {"matchExpressions": [
                {"scopeName": "PriorityClass", "operator": "In", "values": ["training"]}]}})),
        f"{K8S}/concepts/policy/resource-quotas"),
    Idiom("what GPUs do is measured every quarter of a minute", (_in(
        "gpu-operator", "monitoring.coreos.com/v1:ServiceMonitor", "dcgm", {
            "selector": {"matchLabels": {"app": "nvidia-dcgm-exporter"}}, "endpoints": [{
                "port": "gpu-metrics", "interval": "15s", "honorLabels": True, "relabelings": [
                    {"action": "replace", "sourceLabels": ["__meta_kubernetes_pod_node_name"],
                     "targetLabel": "node"}]}]}),),
        "docs.nvidia.com/datacenter/cloud-native/gpu-telemetry/latest/kube-prometheus.html"),
    Idiom("a volume of weights is saved before it is changed", (
        k8s("snapshot.storage.k8s.io/v1:VolumeSnapshotClass", {
            "metadata": {"name": "ebs", "labels": TAGS}, "driver": "ebs.csi.aws.com", "deletionPolicy": "Delete",
            "parameters": {f"tagSpecification_{number}": f"{key}={value}"
                           for number, (key, value) in enumerate(TAGS.items(), 1)}}, "class"),
        _in("team-a", "snapshot.storage.k8s.io/v1:VolumeSnapshot", "weights", {
            "volumeSnapshotClassName": "ebs", "source": {"persistentVolumeClaimName": "weights"}})),
        "github.com/kubernetes-sigs/aws-ebs-csi-driver, docs/tagging.md",
        doubt="the size of the volume is in another stack, so that its price is not known"),
    Idiom("images must name their digest", (
        _top("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy", "digests", {
            "failurePolicy": "Fail", "matchConstraints": {"resourceRules": [{
                "apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"], "resources": ["pods"]}]},
            "validations": [{"expression": "object.spec.containers.all(c, c.image.contains('@sha256:'))",
                             "message": "Name the image by its digest"}]}),
        _top("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding", "digests", {
            "policyName": "digests", "validationActions": ["Deny", "Audit"], "matchResources": {"namespaceSelector": {
                "matchExpressions": [{"key": "kubernetes.io/metadata.name", "operator": "NotIn", "values": [
                    "kube-system", "gpu-operator"]}]}}})), f"{K8S}/reference/access-authn-authz"),
    Idiom("each new namespace is closed by a policy of its own", (_top("kyverno.io/v1:ClusterPolicy", "closed", {
        "background": True, "rules": [{
            "name": "deny", "match": {"any": [{"resources": {"kinds": ["Namespace"]}}]},
            "exclude": {"any": [{"resources": {"names": ["kube-system", "kube-public", "kyverno"]}}]},
            "generate": DENY_ALL}]}),), "kyverno.io/policies/best-practices/add-networkpolicy",
        doubt="what Kyverno creates is in no plan: a team lists the type with its reviewer"),
    Idiom("pods move off full and empty machines every five minutes", (release(
        "descheduler", DESCHEDULER, "0.34.0", {
            "kind": "Deployment", "replicas": 1, "deschedulingInterval": "5m", "deschedulerPolicy": {"profiles": [{
                "name": "default", "pluginConfig": [
                    {"name": "DefaultEvictor", "args": {"ignorePvcPods": True, "minReplicas": 2}},
                    {"name": "LowNodeUtilization", "args": {"thresholds": {"cpu": 20, "memory": 20},
                                                            "targetThresholds": {"cpu": 60, "memory": 60}}}],
                "plugins": {"balance": {"enabled": ["LowNodeUtilization"]}}}]}}),),
        "github.com/kubernetes-sigs/descheduler", _listed(DESCHEDULER)),
    Idiom("reports of images with known holes by the Trivy operator", (release(
        "trivy-operator", AQUA, "0.31.0", {
            "operator": {"configAuditScannerEnabled": False, "infraAssessmentScannerEnabled": False},
            "trivy": {"ignoreUnfixed": True, "severity": "HIGH,CRITICAL", "offlineScan": True,
                      "dbRegistry": "registry.example.ae", "dbRepository": "mirror/trivy-db"},
            "serviceMonitor": {"enabled": True}}),), "aquasecurity.github.io/trivy-operator", _listed(AQUA),
        charts=("trivy-operator",)),
    Idiom("machines are labelled by what their GPUs can do", (_top(
        "nfd.k8s-sigs.io/v1alpha1:NodeFeatureRule", "gpus", {"rules": [{
            "name": "nvidia", "labels": {"bank.ae/accelerator": "nvidia"}, "matchFeatures": [{
                "feature": "pci.device", "matchExpressions": {
                    "vendor": {"op": "In", "value": ["10de"]}, "class": {"op": "In", "value": ["0302"]}}}]}]}),),
        "kubernetes-sigs.github.io/node-feature-discovery", {"escape": {"allowed_types": {
            "kubernetes:nfd.k8s-sigs.io/*": "labels of nodes by their hardware, written by the platform team"}}}),
    Idiom("pods with GPUs start by the runtime of NVIDIA", (k8s("node.k8s.io/v1:RuntimeClass", {
        "metadata": {"name": "nvidia", "labels": TAGS}, "handler": "nvidia", "scheduling": {
            "nodeSelector": {"nvidia.com/gpu.present": "true"}, "tolerations": [
                {"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"}]}}, "nvidia"),),
        f"{K8S}/concepts/containers/runtime-class"),
    Idiom("spot machines with one GPU, bounded, for teams that train", (
        _top("karpenter.sh/v1:NodePool", "training", {
            "limits": {"cpu": "128", "memory": "512Gi", "nvidia.com/gpu": "8"}, "weight": 10, "disruption": {
                "consolidationPolicy": "WhenEmpty", "consolidateAfter": "5m"},
            "template": {"metadata": {"labels": {**TAGS, "falaj.io/workload-profile": "training"}}, "spec": {
                "expireAfter": "168h", "taints": [{"key": "nvidia.com/gpu", "value": "true", "effect": "NoSchedule"}],
                "nodeClassRef": {"group": "karpenter.k8s.aws", "kind": "EC2NodeClass", "name": "training"},
                "requirements": [
                    {"key": "karpenter.sh/capacity-type", "operator": "In", "values": ["spot"]},
                    {"key": "kubernetes.io/arch", "operator": "In", "values": ["amd64"]},
                    {"key": "node.kubernetes.io/instance-type", "operator": "In",
                     "values": ["g6.2xlarge", "g6.4xlarge"]},
                    {"key": "topology.kubernetes.io/zone", "operator": "In",
                     "values": [f"{R}a", f"{R}b"]}]}}}),
        _top("karpenter.k8s.aws/v1:EC2NodeClass", "training", {
            "role": "karpenter-nodes", "amiFamily": "AL2023", "amiSelectorTerms": [{"alias": "al2023@v20251108"}],
            "subnetSelectorTerms": [{"tags": {"karpenter.sh/discovery": "bank"}}],
            "securityGroupSelectorTerms": [{"tags": {"karpenter.sh/discovery": "bank"}}], "tags": TAGS,
            "metadataOptions": {"httpEndpoint": "enabled", "httpTokens": "required", "httpPutResponseHopLimit": 1},
            "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {
                "volumeSize": "200Gi", "volumeType": "gp3", "encrypted": True, "kmsKeyID": KEY,
                "deleteOnTermination": True}}]})), "karpenter.sh/docs/concepts/nodepools", {
            "presets": ["karpenter"], **unpriced("kubernetes:karpenter.sh/v1:NodePool::training")}),
    Idiom("clients ask Triton by gRPC through the gateway", (_in(
        "team-a", "gateway.networking.k8s.io/v1:GRPCRoute", "triton", {
            "parentRefs": [HTTPS], "hostnames": ["triton.example.ae"], "rules": [{
                "matches": [{"method": {"service": "inference.GRPCInferenceService"}}],
                "backendRefs": [{"name": "triton", "port": 8001}]}]}),), "gateway-api.sigs.k8s.io/guides/grpc-routing",
        {**MODELS, "kubernetes": {"authenticated_gateways": {
            "edge/models": "Checks tokens of the bank's sign-in by its own policy"}}}),
    Idiom("a gateway reads one certificate of the platform's namespace", (_in(
        "certificates", "gateway.networking.k8s.io/v1beta1:ReferenceGrant", "models", {
            "from": [{"group": "gateway.networking.k8s.io", "kind": "Gateway", "namespace": "edge"}],
            "to": [{"group": "", "kind": "Secret", "name": "models-tls"}]}),),
        "gateway-api.sigs.k8s.io/api-types/referencegrant"),
    Idiom("a gateway checks the certificate of what is behind it", (_in(
        "team-a", "gateway.networking.k8s.io/v1:BackendTLSPolicy", "vllm", {
            "targetRefs": [{"group": "", "kind": "Service", "name": "vllm"}], "validation": {
                "hostname": "vllm.team-a.svc.cluster.local", "caCertificateRefs": [
                    {"group": "", "kind": "ConfigMap", "name": "bank-authority"}]}}),),
        "gateway-api.sigs.k8s.io/api-types/backendtlspolicy"),
    Idiom("proxies of a namespace know their own services and the platform's", (_in(
        "team-a", "networking.istio.io/v1:Sidecar", "default", {
            "egress": [{"hosts": ["./*", "istio-system/*", "models/*"]}],
            "outboundTrafficPolicy": {"mode": "REGISTRY_ONLY"}}),), "istio.io/latest/docs/reference/config/networking"),
    Idiom("a waypoint of the mesh checks requests of a namespace", (
        _in("team-a", "gateway.networking.k8s.io/v1:Gateway", "waypoint", {
            "gatewayClassName": "istio-waypoint", "listeners": [{
                "name": "mesh", "port": 15008, "protocol": "HBONE", "allowedRoutes": {
                    "namespaces": {"from": "Same"}}}]}),
        _in("team-a", "security.istio.io/v1:AuthorizationPolicy", "vllm", {
            "targetRefs": [{"group": "", "kind": "Service", "name": "vllm"}], "action": "ALLOW", "rules": [{
                "from": [{"source": {"principals": ["cluster.local/ns/team-a/sa/chat"]}}],
                "to": [{"operation": {"methods": ["POST"], "paths": ["/v1/chat/completions"]}}]}]})),
        "istio.io/latest/docs/ambient/usage/waypoint"),
    Idiom("the core system of the bank is known to the mesh", (
        _in("team-a", "networking.istio.io/v1:ServiceEntry", "core", {
            "hosts": ["core.example.ae"], "location": "MESH_EXTERNAL", "resolution": "DNS", "exportTo": ["."],
            "ports": [{"number": 443, "name": "tls", "protocol": "TLS"}]}),),
        "istio.io/latest/docs/tasks/traffic-management/egress", MODELS),
    Idiom("an app may only read models by the methods of their API", (_in(
        "team-a", "cilium.io/v2:CiliumNetworkPolicy", "vllm", {
            "endpointSelector": {"matchLabels": {"app": "vllm"}}, "ingress": [{
                "fromEndpoints": [{"matchLabels": {"app": "chat"}}], "toPorts": [{
                    "ports": [{"port": "8000", "protocol": "TCP"}], "rules": {"http": [
                        {"method": "POST", "path": "/v1/chat/completions"},
                        {"method": "GET", "path": "/v1/models"}]}}]}]}),),
        "docs.cilium.io/en/stable/security/http"),
    Idiom("every pod is closed, but for names, by a policy of Calico", (_top(
        "projectcalico.org/v3:GlobalNetworkPolicy", "default-deny", {
            "namespaceSelector": "kubernetes.io/metadata.name not in {'kube-system', 'calico-system', 'gpu-operator'}",
            "types": ["Ingress", "Egress"], "egress": [{
                "action": "Allow", "protocol": "UDP", "destination": {
                    "selector": "k8s-app == 'kube-dns'", "ports": [53]}}]}),),
        "docs.tigera.io/calico/latest/network-policy/get-started/kubernetes-default-deny"),
    Idiom("certificates of services are signed by the bank's vault", (_top(
        "cert-manager.io/v1:ClusterIssuer", "vault", {"vault": {
            "server": "https://vault.example.ae", "path": "pki_services/sign/cluster",
            "caBundleSecretRef": {"name": "bank-authority", "key": "ca.crt"}, "auth": {"kubernetes": {
                "role": "cert-manager", "mountPath": "/v1/auth/kubernetes", "serviceAccountRef": {
                    "name": "vault-issuer"}}}}}),), "cert-manager.io/docs/configuration/vault", MODELS),
    Idiom("pods pull by a token that changes every six hours", (
        _in("team-a", "generators.external-secrets.io/v1alpha1:ECRAuthorizationToken", "ecr", {
            "region": R, "auth": {"jwt": {"serviceAccountRef": {"name": "pull"}}}}),
        _in("team-a", "external-secrets.io/v1:ExternalSecret", "ecr", {
            "refreshInterval": "6h", "target": {"name": "ecr", "template": {
                "type": "kubernetes.io/dockerconfigjson", "metadata": {"labels": TAGS}, "data": {".dockerconfigjson":
                    '{"auths":{"{{ .proxy_endpoint }}":{"username":"AWS","password":"{{ .password }}"}}}'}}},
            "dataFrom": [{"sourceRef": {"generatorRef": {
                "apiVersion": "generators.external-secrets.io/v1alpha1", "kind": "ECRAuthorizationToken",
                "name": "ecr"}}}]})), "external-secrets.io/latest/api/generator/ecr"),
    Idiom("a pipeline of Tekton tests and packs a model", (_in("team-a", "tekton.dev/v1:Task", "evaluate", {
        "params": [{"name": "model", "type": "string"}], "workspaces": [{"name": "models", "readOnly": True}],
        "stepTemplate": {"securityContext": {
            "runAsNonRoot": True, "runAsUser": 10001, "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]}, "seccompProfile": {"type": "RuntimeDefault"}},
            "computeResources": {"requests": {"cpu": "1", "memory": "2Gi"}, "limits": {"cpu": "2", "memory": "2Gi"}}},
        "steps": [{"name": "evaluate", "image": IMAGE, "command": ["python", "evaluate.py"],
                   "args": ["--model=$(workspaces.models.path)/$(params.model)"]}]}),), "tekton.dev/docs/tasks"),
    Idiom("sources of dashboards are services of the cluster", (k8s("core/v1:ConfigMap", {
        "metadata": meta("grafana-datasources", "monitoring"), "data": {"datasources.yaml": DATASOURCES}}, "sources"),),
        "grafana.com/docs/grafana/latest/administration/provisioning"),
    Idiom("nodes of a team share a queue of Volcano", (
        _top("scheduling.volcano.sh/v1beta1:Queue", "risk", {
            "weight": 2, "reclaimable": True, "capability": {"cpu": "64", "memory": "256Gi", "nvidia.com/gpu": "4"}}),),
        "volcano.sh/en/docs/queue", {"escape": {"allowed_types": {
            "kubernetes:scheduling.volcano.sh/*": "queues of teams, written by the platform team"}}}),
)  # fmt: skip
