"""Good idioms of what runs a cluster: network, mesh, certificates, guards and agents (2026-11-28)."""

from ..blind import IMAGE, KEY, ME, TAGS, k8s, meta, pod
from ..harness import Given
from . import Idiom, unpriced
from .fourth_kubernetes import release
from .sixth_kubernetes import MODELS, service

R = "me-central-1"
SIGN_IN = {"identity": {"trusted": {"login.example.ae": "our own sign-in"}}}
CARRIED = "ghcr.io/open-telemetry/opentelemetry-operator/autoinstrumentation-java:2.20.1"
VAULT = {
    "vault.hashicorp.com/agent-inject": "true", "vault.hashicorp.com/role": "orders",
    "vault.hashicorp.com/agent-inject-secret-db": "secret/data/orders/db",
    "vault.hashicorp.com/agent-image": "docker.io/hashicorp/vault:1.20.4",
}  # fmt: skip


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


def _in(namespace: str, kind: str, name: str, spec: object, **metadata: object) -> Given:
    return k8s(kind, {"metadata": meta(name, namespace, **metadata), "spec": spec}, name)


def _registries(*hosts: str) -> dict[str, object]:
    return {"name": "registries", "match": {"any": [{"resources": {"kinds": ["Pod"]}}]}, "validate": {
        "message": "Images come from the bank's registry", "pattern": {"spec": {"containers": [
            {"image": " | ".join(f"{host}/*" for host in hosts)}]}}}}  # fmt: skip


LINKERD_ISSUER = {
    "isCA": True, "commonName": "identity.linkerd.cluster.local", "secretName": "linkerd-identity-issuer",
    "duration": "48h", "renewBefore": "25h", "dnsNames": ["identity.linkerd.cluster.local"],
    "issuerRef": {"name": "linkerd-trust-anchor", "kind": "Issuer"},
    "privateKey": {"algorithm": "ECDSA"}, "usages": ["cert sign", "crl sign", "server auth", "client auth"],
}  # fmt: skip
LOCAL_DNS = {
    "redirectFrontend": {"serviceMatcher": {"serviceName": "kube-dns", "namespace": "kube-system"}},
    "redirectBackend": {"localEndpointSelector": {"matchLabels": {"k8s-app": "node-local-dns"}}, "toPorts": [
        {"port": "53", "name": "dns", "protocol": "UDP"}, {"port": "53", "name": "dns-tcp", "protocol": "TCP"}]},
}  # fmt: skip
COREFILE = """.:53 {
  errors
  health { lameduck 5s }
  ready
  kubernetes cluster.local in-addr.arpa ip6.arpa { pods insecure fallthrough in-addr.arpa ip6.arpa }
  prometheus :9153
  forward . /etc/resolv.conf { max_concurrent 1000 }
  cache 30
  loop
  reload
  loadbalance
}
"""
COLLECTOR = {"mode": "deployment", "image": "ghcr.io/open-telemetry/opentelemetry-collector-releases/"
                                            "opentelemetry-collector-k8s:0.137.0"}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a gateway of the mesh that checks tokens of the bank", (
        _in("ingress", "networking.istio.io/v1:Gateway", "portal", {
            "selector": {"istio": "ingressgateway"}, "servers": [{
                "port": {"number": 443, "name": "https", "protocol": "HTTPS"}, "hosts": ["portal.example.ae"],
                "tls": {"mode": "SIMPLE", "credentialName": "portal", "minProtocolVersion": "TLSV1_3"}}]}),
        _in("ingress", "security.istio.io/v1:RequestAuthentication", "jwt", {
            "selector": {"matchLabels": {"istio": "ingressgateway"}}, "jwtRules": [{
                "issuer": "https://login.example.ae", "jwksUri": "https://login.example.ae/keys",
                "audiences": ["portal"]}]}),
        _in("ingress", "security.istio.io/v1:AuthorizationPolicy", "jwt", {
            "selector": {"matchLabels": {"istio": "ingressgateway"}}, "action": "ALLOW", "rules": [{
                "from": [{"source": {"requestPrincipals": ["https://login.example.ae/*"]}}]}]})),
        "istio.io/latest/docs/tasks/security/authentication/authn-policy", {**MODELS, **SIGN_IN}),
    Idiom("the mesh writes access logs and denies the paths of administrators", (
        _in("istio-system", "telemetry.istio.io/v1:Telemetry", "logs", {"accessLogging": [{
            "providers": [{"name": "envoy"}], "filter": {"expression": "response.code >= 400"}}]}),
        _in("team-a", "security.istio.io/v1:AuthorizationPolicy", "admin", {"action": "DENY", "rules": [{
            "to": [{"operation": {"paths": ["/admin*"]}}],
            "when": [{"key": "request.auth.claims[groups]", "notValues": ["platform"]}]}]})),
        "istio.io/latest/docs/tasks/observability/logs"),
    Idiom("the cache of names on each node, by Cilium", (
        _in("kube-system", "cilium.io/v2:CiliumLocalRedirectPolicy", "nodelocaldns", LOCAL_DNS),),
        "docs.cilium.io/en/stable/network/kubernetes/local-redirect-policy"),
    Idiom("nodes of one pool encrypt their traffic", (_in("kube-system", "cilium.io/v2:CiliumNodeConfig", "gpu", {
        "nodeSelector": {"matchLabels": {"pool": "gpu"}},
        "defaults": {"enable-wireguard": "true", "mtu": "8900"}}),), "docs.cilium.io/en/stable/configuration"),
    Idiom("settings of Calico that encrypt and log", (_top("crd.projectcalico.org/v1:FelixConfiguration", "default", {
        "wireguardEnabled": True, "defaultEndpointToHostAction": "Drop", "flowLogsFlushInterval": "15s",
        "logSeverityScreen": "Info", "reportingInterval": "0s"}),), "docs.tigera.io/calico"),
    Idiom("routers of the data centre learn the addresses of pods", (
        _top("crd.projectcalico.org/v1:BGPPeer", "tor-1", {"peerIP": "10.10.0.1", "asNumber": 64512}),
        _top("crd.projectcalico.org/v1:BGPConfiguration", "default", {
            "asNumber": 64513, "nodeToNodeMeshEnabled": False, "serviceClusterIPs": [{"cidr": "10.96.0.0/16"}]})),
        "docs.tigera.io/calico/latest/networking/configuring/bgp"),
    Idiom("the resolver of a cluster as its project ships it", (k8s("core/v1:ConfigMap", {
        "metadata": meta("coredns", "kube-system"), "data": {"Corefile": COREFILE}}, "coredns"),), "coredns.io"),
    Idiom("the authority of Linkerd is renewed by cert-manager", (
        _in("linkerd", "cert-manager.io/v1:Issuer", "linkerd-trust-anchor", {
            "ca": {"secretName": "linkerd-trust-anchor"}}),
        _in("linkerd", "cert-manager.io/v1:Certificate", "linkerd-identity-issuer", LINKERD_ISSUER)),
        "linkerd.io/2/tasks/automatically-rotating-control-plane-tls-credentials",
        doubt="An authority in the namespace of the mesh is what its operator needs"),
    Idiom("traces of a program in Java by the operator's agent", (
        _in("team-a", "opentelemetry.io/v1alpha1:Instrumentation", "java", {
            "propagators": ["tracecontext", "baggage"], "sampler": {"type": "parentbased_traceidratio",
                                                                    "argument": "0.1"},
            "exporter": {"endpoint": "http://collector.monitoring.svc.cluster.local:4317"},
            "java": {"image": CARRIED}}),
        *service("orders", IMAGE, 8443, "/healthz",
                 annotations={"instrumentation.opentelemetry.io/inject-java": "true"})),
        "opentelemetry.io/docs/platforms/kubernetes/operator/automatic"),
    Idiom("secrets of a pod by the agent of Vault", service("orders", IMAGE, 8443, "/healthz", annotations=VAULT),
          "developer.hashicorp.com/vault/docs/deploy/kubernetes/injector"),
    Idiom("pods of a workload in the mesh, with their share of the proxy", service(
        "orders", IMAGE, 8443, "/healthz", annotations={
            "sidecar.istio.io/inject": "true", "sidecar.istio.io/proxyCPU": "100m",
            "sidecar.istio.io/proxyMemory": "128Mi",
            "proxy.istio.io/config": '{"holdApplicationUntilProxyStarts":true}',
            "prometheus.io/scrape": "true", "prometheus.io/port": "8443"}),
        "istio.io/latest/docs/reference/config/annotations"),
    Idiom("Kyverno enforces the bank's registry", (_top("kyverno.io/v1:ClusterPolicy", "registries", {
        "validationFailureAction": "Enforce", "background": True, "rules": [
            _registries("registry.example.ae", f"{ME}.dkr.ecr.{R}.amazonaws.com")]}),),
        "kyverno.io/policies/best-practices/restrict-image-registries", MODELS),
    Idiom("Gatekeeper leaves out the system's namespaces", (
        k8s("config.gatekeeper.sh/v1alpha1:Config", {"metadata": meta("config", "gatekeeper-system"), "spec": {
            "match": [{"excludedNamespaces": ["kube-system", "gatekeeper-system"], "processes": ["*"]}],
            "sync": {"syncOnly": [{"group": "", "version": "v1", "kind": "Namespace"}]}}}, "config"),
        _top("constraints.gatekeeper.sh/v1beta1:K8sPSPPrivilegedContainer", "privileged", {
            "enforcementAction": "deny", "match": {"kinds": [{"apiGroups": [""], "kinds": ["Pod"]}],
                                                   "excludedNamespaces": ["kube-system"]}})),
        "open-policy-agent.github.io/gatekeeper/website/docs/exempt-namespaces"),
    Idiom("an admission policy denies and audits", (
        _top("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy", "replicas", {
            "failurePolicy": "Fail", "matchConstraints": {"resourceRules": [{
                "apiGroups": ["apps"], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"],
                "resources": ["deployments"]}]},
            "validations": [{"expression": "object.spec.replicas <= 50", "message": "at most 50 replicas"}]}),
        _top("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding", "replicas-all", {
            "policyName": "replicas", "validationActions": ["Deny", "Audit"]})),
        "kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy"),
    Idiom("a tracing policy of Tetragon observes what programs start", (
        _top("cilium.io/v1alpha1:TracingPolicy", "exec", {"kprobes": [{
            "call": "security_bprm_check", "syscall": False, "args": [{"index": 0, "type": "linux_binprm"}],
            "selectors": [{"matchActions": [{"action": "Post", "rateLimit": "1m"}]}]}]}),),
        "tetragon.io/docs/concepts/tracing-policy"),
    Idiom("a project of Argo CD for one team and one repository", (
        _in("argocd", "argoproj.io/v1alpha1:AppProject", "team-a", {
            "description": "Applications of team A", "sourceRepos": ["https://git.example.ae/team-a/deploy.git"],
            "destinations": [{"server": "https://kubernetes.default.svc", "namespace": "team-a"}],
            "clusterResourceWhitelist": [], "namespaceResourceBlacklist": [{"group": "", "kind": "ResourceQuota"}],
            "roles": [{"name": "dev", "groups": ["team-a-developers"], "policies": [
                "p, proj:team-a:dev, applications, sync, team-a/*, allow"]}]}),),
        "argo-cd.readthedocs.io/en/stable/user-guide/projects", MODELS),
    Idiom("a nightly workflow of Argo with steps of the bank's image", (
        _in("team-a", "argoproj.io/v1alpha1:CronWorkflow", "close", {
            "schedules": ["0 22 * * *"], "timezone": "Asia/Dubai", "concurrencyPolicy": "Forbid", "workflowSpec": {
                "entrypoint": "close", "serviceAccountName": "close", "activeDeadlineSeconds": 7200,
                "podMetadata": {"labels": TAGS}, "automountServiceAccountToken": False,
                "securityContext": {"runAsNonRoot": True, "runAsUser": 10001,
                                    "seccompProfile": {"type": "RuntimeDefault"}},
                "templates": [{"name": "close", "container": {**pod({})["containers"][0],  # type: ignore[index]
                               "command": ["python", "-m", "close"]}}]}}),),
        "argo-workflows.readthedocs.io/en/latest/cron-workflows",
        unpriced("kubernetes:argoproj.io/v1:CronWorkflow::close")),
    Idiom("a job of Spark with the libraries of its image", (
        _in("team-a", "sparkoperator.k8s.io/v1beta2:SparkApplication", "orders", {
            "type": "Python", "mode": "cluster", "image": IMAGE, "mainApplicationFile": "local:///app/orders.py",
            "sparkVersion": "4.0.0", "restartPolicy": {"type": "OnFailure", "onFailureRetries": 2},
            "sparkConf": {"spark.hadoop.fs.s3a.endpoint.region": R,
                          "spark.hadoop.fs.s3a.server-side-encryption-algorithm": "SSE-KMS"},
            "driver": {"labels": TAGS, "cores": 1, "memory": "2g", "serviceAccount": "spark",
                       "securityContext": {"runAsNonRoot": True, "allowPrivilegeEscalation": False, "capabilities": {
                           "drop": ["ALL"]}, "readOnlyRootFilesystem": True,
                           "seccompProfile": {"type": "RuntimeDefault"}}},
            "executor": {"labels": TAGS, "cores": 2, "memory": "4g", "instances": 3,
                         "securityContext": {"runAsNonRoot": True, "allowPrivilegeEscalation": False, "capabilities": {
                             "drop": ["ALL"]}, "readOnlyRootFilesystem": True,
                             "seccompProfile": {"type": "RuntimeDefault"}}}}),),
        "kubeflow.github.io/spark-operator",
        unpriced("kubernetes:sparkoperator.k8s.io/v1beta2:SparkApplication::orders")),
    Idiom("a pool of machines with GPUs that scales to zero", (
        _top("karpenter.k8s.aws/v1:EC2NodeClass", "gpu", {
            "role": "karpenter-node", "amiSelectorTerms": [{"alias": "al2023@v20251112"}], "tags": TAGS,
            "subnetSelectorTerms": [{"tags": {"karpenter.sh/discovery": "bank"}}],
            "securityGroupSelectorTerms": [{"tags": {"karpenter.sh/discovery": "bank"}}],
            "metadataOptions": {"httpTokens": "required", "httpPutResponseHopLimit": 1, "httpEndpoint": "enabled"},
            "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {
                "encrypted": True, "kmsKeyID": KEY, "volumeSize": "200Gi", "volumeType": "gp3"}}]}),
        _top("karpenter.sh/v1:NodePool", "gpu", {
            "limits": {"nvidia.com/gpu": "8", "cpu": "192", "memory": "768Gi"}, "weight": 10,
            "disruption": {"consolidationPolicy": "WhenEmptyOrUnderutilized", "consolidateAfter": "5m",
                           "budgets": [{"nodes": "20%"}]},
            "template": {"metadata": {"labels": {**TAGS, "falaj.io/workload-profile": "inference-gpu"}}, "spec": {
                "expireAfter": "336h", "nodeClassRef": {"group": "karpenter.k8s.aws", "kind": "EC2NodeClass",
                                                        "name": "gpu"},
                "taints": [{"key": "nvidia.com/gpu", "value": "true", "effect": "NoSchedule"}],
                "requirements": [{"key": "karpenter.sh/capacity-type", "operator": "In", "values": ["spot"]},
                                 {"key": "node.kubernetes.io/instance-type", "operator": "In",
                                  "values": ["g6.xlarge", "g6.2xlarge"]}]}}})),
        "karpenter.sh/docs/concepts/nodepools", unpriced("kubernetes:karpenter.sh/v1:NodePool::gpu")),
    Idiom("the exporter of metrics of GPUs by its chart", (release(
        "dcgm-exporter", "https://nvidia.github.io/dcgm-exporter/helm-charts", "4.5.2", {
            "serviceMonitor": {"enabled": True, "interval": "15s"}, "podLabels": TAGS,
            "image": {"repository": "nvcr.io/nvidia/k8s/dcgm-exporter", "tag": "4.4.1-4.5.2-ubuntu22.04"}}),),
        "docs.nvidia.com/datacenter/cloud-native/gpu-telemetry", {"escape": {"helm_sources": {
            "https://nvidia.github.io/dcgm-exporter": "its project; reviewed by us"}}}),
    Idiom("a class of snapshots that keeps what it took", (k8s("snapshot.storage.k8s.io/v1:VolumeSnapshotClass", {
        "metadata": {"name": "ebs", "labels": {**TAGS, "velero.io/csi-volumesnapshot-class": "true"}},
        "driver": "ebs.csi.aws.com", "deletionPolicy": "Retain", "parameters": {
            f"tagSpecification_{number}": f"{key}={value}" for number, (key, value) in enumerate(TAGS.items(), 1)}},
        "class"),), "github.com/kubernetes-sigs/aws-ebs-csi-driver"),
    Idiom("a collector of OpenTelemetry by its operator", (_in(
        "monitoring", "opentelemetry.io/v1beta1:OpenTelemetryCollector", "collector", {
            **COLLECTOR, "replicas": 2, "serviceAccount": "collector", "podAnnotations": {},
            "securityContext": {"runAsNonRoot": True, "readOnlyRootFilesystem": True,
                                "allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}},
            "podSecurityContext": {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}},
            "resources": {"requests": {"cpu": "200m", "memory": "256Mi"}, "limits": {"memory": "512Mi"}},
            "config": {
                "receivers": {"otlp": {"protocols": {"grpc": {"endpoint": "0.0.0.0:4317"}}}},
                "processors": {"batch": {}, "memory_limiter": {"check_interval": "1s", "limit_percentage": 80}},
                "exporters": {"otlp": {"endpoint": "tempo.monitoring.svc.cluster.local:4317",
                                       "tls": {"ca_file": "/tls/ca.crt"}}},
                "service": {"pipelines": {"traces": {"receivers": ["otlp"], "processors": ["memory_limiter", "batch"],
                                                     "exporters": ["otlp"]}}}}}),),
        "opentelemetry.io/docs/platforms/kubernetes/operator",
        unpriced("kubernetes:opentelemetry.io/v1:OpenTelemetryCollector::collector")),
)  # fmt: skip
