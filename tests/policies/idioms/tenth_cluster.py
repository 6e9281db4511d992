"""Good idioms of clusters: policies, charts, gateways and settings of operators (2026-11-28, tenth set)."""

from ..blind import TAGS, crd, k8s, meta, pod
from ..harness import Given
from . import Idiom, unpriced
from .fourth_kubernetes import release

K8S = "kubernetes.io/docs"
JETSTACK, ISTIO = "https://charts.jetstack.io", "https://istio-release.storage.googleapis.com/charts"
ALB, SCALER = "https://aws.github.io/eks-charts", "https://kubernetes.github.io/autoscaler"
PROMETHEUS = "https://prometheus-community.github.io/helm-charts"
KEYS = "https://login.example.ae/realms/bank/protocol/openid-connect/certs"
SIGN_IN = {"identity": {"trusted": {"login.example.ae": "our own sign-in"}}}
COREFILE = """.:53 {
  errors
  health
  rewrite name exact models.example.ae gateway.edge.svc.cluster.local
  kubernetes cluster.local in-addr.arpa ip6.arpa
  forward . /etc/resolv.conf
  cache 30
}
"""
DEFAULTS = """spec:
  activeDeadlineSeconds: 7200
  ttlStrategy: {secondsAfterCompletion: 3600}
  podGC: {strategy: OnPodSuccess}
  securityContext: {runAsNonRoot: true, runAsUser: 10001}
"""
EXECUTOR = """securityContext:
  allowPrivilegeEscalation: false
  capabilities: {drop: [ALL]}
resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {cpu: 500m, memory: 512Mi}}
"""
PLUGINS = """- name: argoproj-labs/gatewayAPI
  location: https://github.com/argoproj-labs/rollouts-plugin-trafficrouter-gatewayapi/releases/download/v0.8.0/gateway
  sha256: 5c7a2f6d0c6e0f0d9c5d6b8f3f9c52b6a6b2f84d1d2a1c8b3e6f7a8d9c0b1a2e
"""
SIDECAR = {"allowPrivilegeEscalation": False, "privileged": False, "runAsNonRoot": True, "readOnlyRootFilesystem": True,
           "capabilities": {"drop": ["ALL"]}}  # fmt: skip


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


def _in(namespace: str, kind: str, name: str, spec: object, **metadata: object) -> Given:
    return k8s(kind, {"metadata": meta(name, namespace, **metadata), "spec": spec}, name)


def _config(name: str, namespace: str, **data: str) -> tuple[Given, ...]:
    return (k8s("core/v1:ConfigMap", {"metadata": meta(name, namespace), "data": data}, name),)


def _ingress(name: str, host: str, service: str, **annotations: str) -> Given:
    return _in("edge", "networking.k8s.io/v1:Ingress", name, {
        "ingressClassName": "nginx-internal", "tls": [{"hosts": [host], "secretName": name}], "rules": [{
            "host": host, "http": {"paths": [{"path": "/oauth2", "pathType": "Prefix", "backend": {
                "service": {"name": service, "port": {"number": 4180}}}}]}}]}, annotations=annotations)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a constraint of Gatekeeper is for what people and templates make", (_top(
        "constraints.gatekeeper.sh/v1beta1:K8sPSPPrivilegedContainer", "privileged", {
            "enforcementAction": "deny", "match": {
                "source": "All", "kinds": [{"apiGroups": [""], "kinds": ["Pod"]}],
                "excludedNamespaces": ["kube-system", "gpu-operator"]}}),),
        "open-policy-agent.github.io/gatekeeper/website/docs/expansion"),
    Idiom("an admission policy leaves out what only the kubelet writes", (
        _top("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy", "user", {
            "failurePolicy": "Fail", "matchConstraints": {
                "matchPolicy": "Equivalent",
                "resourceRules": [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"],
                                   "resources": ["pods", "pods/ephemeralcontainers"]}],
                "excludeResourceRules": [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["UPDATE"],
                                          "resources": ["pods/status"]}]},
            "matchConditions": [{"name": "people", "expression": "!('system:nodes' in request.userInfo.groups)"}],
            "variables": [{"name": "all", "expression": "object.spec.containers + (has(object.spec.initContainers) ? "
                                                        "object.spec.initContainers : [])"}],
            "validations": [{"expression": "variables.all.all(c, has(c.securityContext) && "
                                           "c.securityContext.?runAsNonRoot.orValue(false))",
                             "message": "Do not run as root"}]}),),
        f"{K8S}/reference/access-authn-authz/validating-admission-policy"),
    Idiom("what has ended is removed each night by Kyverno", (_top("kyverno.io/v2:ClusterCleanupPolicy", "ended", {
        "schedule": "0 3 * * *", "match": {"any": [{"resources": {"kinds": ["Pod"], "namespaces": ["team-*"]}}]},
        "conditions": {"all": [{"key": "{{ target.status.phase }}", "operator": "Equals", "value": "Succeeded"}]}}),),
        "kyverno.io/docs/policy-types/cleanup-policy"),
    Idiom("a namespace is restricted by the rules of the cluster's version", (k8s("core/v1:Namespace", {
        "metadata": {"name": "team-a", "labels": {
            **TAGS, "pod-security.kubernetes.io/enforce": "restricted",
            "pod-security.kubernetes.io/enforce-version": "v1.34", "pod-security.kubernetes.io/warn": "restricted",
            "pod-security.kubernetes.io/warn-version": "latest"}}}),),
        f"{K8S}/concepts/security/pod-security-admission"),
    Idiom("the add-on of the network enforces policies by its map", _config(
        "amazon-vpc-cni", "kube-system", **{"enable-network-policy-controller": "true",
                                            "enable-windows-ipam": "false", "warm-ip-target": "2"}),
        "docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure"),
    Idiom("the mesh keeps one former name, and leaves out the address of metadata", (release(
        "istiod", ISTIO, "1.28.0", {
            "global": {"proxy": {"excludeIPRanges": "169.254.169.254/32"}},
            "meshConfig": {"trustDomain": "bank", "trustDomainAliases": ["cluster.local"],
                           "outboundTrafficPolicy": {"mode": "REGISTRY_ONLY"}, "accessLogFile": "/dev/stdout"},
            "pilot": {"autoscaleMin": 2, "resources": {"requests": {"cpu": "500m", "memory": "2Gi"}}}}),),
        "istio.io/latest/docs/tasks/security/authorization/authz-td-migration"),
    Idiom("cert-manager asks the bank's own servers of names", (release("cert-manager", JETSTACK, "v1.19.1", {
        "crds": {"enabled": True}, "replicaCount": 2, "podDisruptionBudget": {"enabled": True, "minAvailable": 1},
        "webhook": {"replicaCount": 3}, "cainjector": {"replicaCount": 2}, "global": {"commonLabels": TAGS},
        "extraArgs": ["--dns01-recursive-nameservers-only", "--dns01-recursive-nameservers=10.1.0.53:53"]}),),
        "cert-manager.io/docs/configuration/acme/dns01"),
    Idiom("load balancers offer TLS 1.3 and carry tags by values of their chart", (release(
        "aws-load-balancer-controller", ALB, "1.14.0", {
            "clusterName": "bank", "serviceAccount": {"create": False, "name": "alb"}, "replicaCount": 2,
            "defaultSSLPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06", "defaultTags": TAGS}),),
        "kubernetes-sigs.github.io/aws-load-balancer-controller"),
    Idiom("an autoscaler knows two groups of machines", (release("cluster-autoscaler", SCALER, "9.52.0", {
        "autoscalingGroups": [{"name": "general", "minSize": 2, "maxSize": 6}, {"name": "gpu", "minSize": 0,
                                                                                "maxSize": 2}],
        "awsRegion": "me-central-1", "extraArgs": {"expander": "least-waste", "balance-similar-node-groups": True,
                                                   "scale-down-unneeded-time": "10m"}}),),
        "github.com/kubernetes/autoscaler, charts/cluster-autoscaler"),
    Idiom("Prometheus keeps a month, and knows a certificate of its own", (release(
        "kube-prometheus-stack", PROMETHEUS, "79.5.0", {
            "prometheus": {"prometheusSpec": {
                "retention": "30d", "retentionSize": "90GB", "replicas": 2, "scrapeInterval": "30s",
                "volumes": [{"name": "client", "secret": {"secretName": "prometheus-client"}}],
                "volumeMounts": [{"name": "client", "mountPath": "/etc/client", "readOnly": True}],
                "storageSpec": {"volumeClaimTemplate": {"spec": {
                    "storageClassName": "encrypted", "accessModes": ["ReadWriteOnce"],
                    "resources": {"requests": {"storage": "100Gi"}}}}}}},
            "grafana": {"enabled": False}, "commonLabels": TAGS}),),
        "github.com/prometheus-community/helm-charts, charts/kube-prometheus-stack"),
    Idiom("a name of the bank is answered within the cluster by its gateway", _config(
        "coredns", "kube-system", Corefile=COREFILE), "coredns.io/plugins/rewrite"),
    Idiom("workflows end, and their steps are restricted, by the controller's settings", _config(
        "workflow-controller-configmap", "argo", parallelism="20", workflowDefaults=DEFAULTS, executor=EXECUTOR,
        mainContainer=EXECUTOR), "argo-workflows.readthedocs.io/en/latest/workflow-controller-configmap"),
    Idiom("releases are routed by a plug-in that the team has reviewed", _config(
        "argo-rollouts-config", "argo-rollouts", trafficRouterPlugins=PLUGINS),
        "argo-rollouts.readthedocs.io/en/stable/features/traffic-management/plugins",
        {"escape": {"code_sources": {"https://github.com/argoproj-labs": "the plug-ins' project; reviewed by us"}}}),
    Idiom("a driver of volumes signs in to the cloud as the pod", (_top(
        "storage.k8s.io/v1:CSIDriver", "share.csi.example.ae", {
            "attachRequired": False, "podInfoOnMount": True, "volumeLifecycleModes": ["Ephemeral"],
            "tokenRequests": [{"audience": "sts.amazonaws.com", "expirationSeconds": 3600}]}),),
        "kubernetes-csi.github.io/docs/token-requests"),
    Idiom("the autoscaler beside the head of Ray has bounds and no rights", (crd("ray.io/v1:RayCluster", {
        "rayVersion": "2.49.0", "enableInTreeAutoscaling": True, "autoscalerOptions": {
            "idleTimeoutSeconds": 120, "upscalingMode": "Conservative", "securityContext": SIDECAR,
            "resources": {"requests": {"cpu": "200m", "memory": "512Mi"}, "limits": {"cpu": "500m",
                                                                                     "memory": "512Mi"}}},
        "headGroupSpec": {"rayStartParams": {"num-cpus": "0", "dashboard-host": "127.0.0.1"},
                          "template": {"metadata": {"labels": TAGS}, "spec": pod({})}}}),),
        "docs.ray.io/en/latest/cluster/kubernetes/user-guides/configuring-autoscaling",
        unpriced("kubernetes:ray.io/v1:RayCluster::it")),
    Idiom("a gateway asks each client for a valid certificate", (crd("gateway.networking.k8s.io/v1:Gateway", {
        "gatewayClassName": "envoy-internal", "infrastructure": {"annotations": {
            "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
            "service.beta.kubernetes.io/aws-load-balancer-internal": "true"}},
        "listeners": [{"name": "https", "port": 443, "protocol": "HTTPS", "hostname": "orders.example.ae",
                       "tls": {"mode": "Terminate", "certificateRefs": [{"name": "tls"}]},
                       "allowedRoutes": {"namespaces": {"from": "Same"}}}],
        "tls": {"frontend": {"default": {"validation": {"mode": "AllowValidOnly", "caCertificateRefs": [
            {"group": "", "kind": "ConfigMap", "name": "partners"}]}}}}}, "partners"),),
        "gateway-api.sigs.k8s.io/geps/gep-91",
        {"kubernetes": {"authenticated_gateways": {"team-a/partners": "partners show certificates"}},
         **unpriced("kubernetes:gateway.networking.k8s.io/v1:Gateway::it")}),
    Idiom("two clusters of one mesh find each other's services", (_in(
        "istio-system", "networking.istio.io/v1:Gateway", "cross-network", {
            "selector": {"istio": "eastwestgateway"}, "servers": [{
                "port": {"number": 15443, "name": "tls", "protocol": "TLS"}, "hosts": ["*.local"],
                "tls": {"mode": "AUTO_PASSTHROUGH"}}]}),),
        "istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network",
        doubt="the other cluster reaches each service by its name"),
    Idiom("a route asks for a token, and then a server of rights, or refuses", (crd(
        "gateway.envoyproxy.io/v1alpha1:SecurityPolicy", {
            "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "name": "chat"}],
            "jwt": {"optional": False, "providers": [{
                "name": "bank", "issuer": "https://login.example.ae/realms/bank", "remoteJWKS": {"uri": KEYS}}]},
            "extAuth": {"failOpen": False, "grpc": {"backendRefs": [{"name": "rights", "port": 9001}]}}}),),
        "gateway.envoyproxy.io/docs/tasks/security", SIGN_IN),
    Idiom("a gateway knows the core system by its name", (crd("gateway.envoyproxy.io/v1alpha1:Backend", {
        "endpoints": [{"fqdn": {"hostname": "core.example.ae", "port": 443}}],
        "tls": {"wellKnownCACertificates": "System"}}),), "gateway.envoyproxy.io/docs/tasks/traffic/backend",
        {"residency": {"known": {"core.example.ae": "the bank's core system in its data centre"}}}),
    Idiom("the console of Traefik asks for the bank's sign-in", (
        _in("edge", "traefik.io/v1alpha1:Middleware", "sign-in", {"forwardAuth": {
            "address": "http://oauth2-proxy.edge.svc.cluster.local:4180/oauth2/auth",
            "authResponseHeaders": ["X-Auth-Request-User"]}}),
        _in("edge", "traefik.io/v1alpha1:IngressRoute", "console", {
            "entryPoints": ["websecure"], "tls": {"secretName": "routes"}, "routes": [{
                "kind": "Rule", "match": "Host(`routes.example.ae`)", "middlewares": [{"name": "sign-in"}],
                "services": [{"kind": "TraefikService", "name": "api@internal"}]}]})),
        "doc.traefik.io/traefik/operations/dashboard"),
    Idiom("a route of Contour asks for sign-in, but for the probe", (_in(
        "team-a", "projectcontour.io/v1:HTTPProxy", "chat", {
            "ingressClassName": "contour-internal", "virtualhost": {
                "fqdn": "chat.example.ae", "tls": {"secretName": "chat", "minimumProtocolVersion": "1.2"},
                "authorization": {"extensionRef": {"name": "rights", "namespace": "edge"}}},
            "routes": [{"conditions": [{"prefix": "/"}], "services": [{"name": "chat", "port": 8080}]},
                       {"conditions": [{"exact": "/healthz"}], "authPolicy": {"disabled": True},
                        "services": [{"name": "chat", "port": 8080}]}]}),),
        "projectcontour.io/docs/main/guides/external-authorization"),
    Idiom("a policy of nginx asks partners for certificates", (crd("k8s.nginx.org/v1:Policy", {
        "ingressMTLS": {"clientCertSecret": "partners", "verifyClient": "on", "verifyDepth": 2}}),),
        "docs.nginx.com/nginx-ingress-controller/configuration/policy-resource"),
    Idiom("the page of sign-in itself asks for no sign-in", (_ingress(
        "sign-in", "chat.example.ae", "oauth2-proxy", **{"nginx.ingress.kubernetes.io/enable-global-auth": "false"}),),
        "kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations",
        doubt="the annotation lets everybody in wherever another service is behind it"),
)  # fmt: skip
