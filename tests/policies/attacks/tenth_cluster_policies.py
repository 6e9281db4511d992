"""Attacks on clusters by policies that select nothing and by values of charts (2026-11-28, tenth set).

Custom resources, charts and annotations by their projects' documentation, as known.
"""

from ..blind import KUBE, TAGS, crd, k8s, meta, pod
from ..harness import Given
from . import Attack

ESC = ("FJ-ESC-", "FJ-EXP-", "FJ-IDN-")
OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
MONEY = ("FJ-COST-", "FJ-ESC-")
PODS = {"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"], "resources": ["pods"]}
EVERY = {key: ["*"] for key in ("apiGroups", "apiVersions", "operations", "resources")}
NOT_ROOT = {"expression": "object.spec.securityContext.runAsNonRoot", "message": "Do not run as root"}
NOTHING = "the policy is there, and evaluates no pod"
JETSTACK, ISTIO = "https://charts.jetstack.io", "https://istio-release.storage.googleapis.com/charts"
COREFILE = """.:53 {
  errors
  ready
  rewrite name exact vault.vault.svc.cluster.local collect.team-a.svc.cluster.local
  kubernetes cluster.local in-addr.arpa ip6.arpa
  cache 30
}
"""
ENVOY = {
    "services": [{"name": "api", "namespace": "payments", "listener": "turn"}],
    "backendServices": [{"name": "collect", "namespace": "team-a"}],
    "resources": [{
        "@type": "type.googleapis.com/envoy.config.listener.v3.Listener", "name": "turn",
        "filterChains": [{"filters": [{
            "name": "envoy.filters.network.tcp_proxy", "typedConfig": {
                "@type": "type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy",
                "statPrefix": "turn", "cluster": "team-a/collect"}}]}]}],
}  # fmt: skip
CONTROLLER = """securityContext:
  privileged: true
  runAsUser: 0
"""
PLUGINS = """- name: someone/router
  location: https://github.com/someone/router/releases/download/v1.0.0/router-linux-amd64
"""


def _top(kind: str, name: str, spec: object, **metadata: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS, **metadata}, "spec": spec}, name)


def _admission(spec: dict[str, object]) -> tuple[Given, ...]:
    base = {"failurePolicy": "Fail", "matchConstraints": {"resourceRules": [PODS]}, "validations": [NOT_ROOT]}
    return (_top("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy", "user", {**base, **spec}),)


def _release(chart: str, repository: str, version: str, values: object) -> tuple[Given, ...]:
    return (Given("kubernetes:helm.sh/v3:Release", {
        "chart": chart, "version": version, "namespace": chart, "values": values,
        "repositoryOpts": {"repo": repository}}, chart, provider=KUBE),)  # fmt: skip


def _config(name: str, namespace: str, **data: str) -> tuple[Given, ...]:
    return (k8s("core/v1:ConfigMap", {"metadata": meta(name, namespace), "data": data}, name),)


ATTACKS = (
    Attack("a constraint of Gatekeeper is for objects that a template generates", ESC, (
        _top("constraints.gatekeeper.sh/v1beta1:K8sPSPPrivilegedContainer", "privileged", {
            "enforcementAction": "deny", "match": {"source": "Generated", "kinds": [
                {"apiGroups": [""], "kinds": ["Pod"]}]}}),),
        "critical", f"{NOTHING} that somebody creates (Gatekeeper, 'Validating Workload Resources', source)"),
    Attack("an admission policy takes every object out again", ESC, _admission({
        "matchConstraints": {"resourceRules": [PODS], "excludeResourceRules": [EVERY]}}),
        "critical", f"{NOTHING} (Kubernetes, ValidatingAdmissionPolicy, excludeResourceRules)"),
    Attack("an admission policy asks a variable that is always true", ESC, _admission({
        "variables": [{"name": "safe", "expression": "size(object.metadata.name) >= 0"}],
        "validations": [{"expression": "variables.safe", "message": "Do not run as root"}]}),
        "critical", "no pod is refused (CEL: the size of a text is never negative)"),
    Attack("an admission policy is for a version of pods that is not served", ESC, _admission({
        "matchConstraints": {"matchPolicy": "Exact", "resourceRules": [{**PODS, "apiVersions": ["v1beta1"]}]}}),
        "critical", f"{NOTHING} (Kubernetes, ValidatingAdmissionPolicy, matchPolicy)"),
    Attack("an exception of Kyverno is an expression that is true", ESC, (
        k8s("policies.kyverno.io/v1:PolicyException", {"metadata": meta("tools"), "spec": {
            "policyRefs": [{"name": "restricted", "kind": "ValidatingPolicy"}],
            "matchConditions": [{"name": "tools", "expression": "true"}]}}),),
        "critical", "the policy is evaluated for nobody (Kyverno, 'Policy Exceptions', matchConditions)"),
    Attack("a namespace is restricted by the rules of an old version", ESC, (k8s("core/v1:Namespace", {
        "metadata": {"name": "team-a", "labels": {
            **TAGS, "pod-security.kubernetes.io/enforce": "restricted",
            "pod-security.kubernetes.io/enforce-version": "v1.7"}}}),),
        "major", "pods keep every capability, escalate and have no seccomp profile (Kubernetes, 'Pod Security "
        "Standards', versions of the checks)"),
    Attack("the add-on of the network has its policies switched off by a map", OPEN, _config(
        "amazon-vpc-cni", "kube-system", **{"enable-network-policy-controller": "false",
                                            "enable-windows-ipam": "false"}),
        "critical", "every pod reaches every other (Amazon EKS, 'Limit Pod traffic with network policies')"),
    Attack("values of the mesh let every address past its proxies", OPEN, _release("istiod", ISTIO, "1.28.0", {
        "global": {"proxy": {"excludeIPRanges": "0.0.0.0/0"}}}),
        "critical", "calls between pods are in plain text, and no policy of the mesh is asked (Istio, "
        "'Global Mesh Options', excludeIPRanges)"),
    Attack("the mesh takes the identities of a stranger's mesh for its own", OPEN, _release("istiod", ISTIO, "1.28.0", {
        "meshConfig": {"trustDomain": "bank", "trustDomainAliases": ["someone.mesh"]}}),
        "critical", "whoever has an account of that name in the stranger's mesh is let in (Istio, 'Trust Domain "
        "Migration')"),
    Attack("keys of the cluster's issuers are read in the namespace of a team", OPEN, _release(
        "cert-manager", JETSTACK, "v1.19.1", {"crds": {"enabled": True}, "clusterResourceNamespace": "team-a"}),
        "critical", "the team writes the key with which each certificate is signed (cert-manager, "
        "'--cluster-resource-namespace')"),
    Attack("every load balancer offers TLS 1.0 by a value of their controller's chart", ("FJ-ENC-", "FJ-ESC-"),
        _release("aws-load-balancer-controller", "https://aws.github.io/eks-charts", "1.14.0", {
            "clusterName": "bank", "serviceAccount": {"create": False, "name": "alb"},
            "defaultSSLPolicy": "ELBSecurityPolicy-2016-08"}),
        "major", "clients speak TLS 1.0 (AWS Load Balancer Controller, 'default-ssl-policy')"),
    Attack("an autoscaler keeps three hundred machines by a value of its chart", MONEY, _release(
        "cluster-autoscaler", "https://kubernetes.github.io/autoscaler", "9.52.0", {
            "autoscalingGroups": [{"name": "gpu", "minSize": 300, "maxSize": 500}], "awsRegion": "me-central-1",
            "extraArgs": {"enforce-node-group-min-size": True}}),
        "critical", "300 machines with GPUs run day and night (Kubernetes autoscaler, 'enforce-node-group-min-size')"),
    Attack("Prometheus has the files of its machine by a value of its chart", OPEN, _release(
        "kube-prometheus-stack", "https://prometheus-community.github.io/helm-charts", "79.5.0", {
            "prometheus": {"prometheusSpec": {
                "volumes": [{"name": "host", "hostPath": {"path": "/"}}],
                "volumeMounts": [{"name": "host", "mountPath": "/host"}]}}}),
        "critical", "the files of the node are read and written from the pod (Prometheus Operator, PrometheusSpec)"),
    Attack("the names of the vault lead to a team's service", OPEN, _config(
        "coredns", "kube-system", Corefile=COREFILE),
        "critical", "clients send their tokens to the team (CoreDNS, 'rewrite')"),
    Attack("calls to payments end in a team's service by a listener of Envoy", OPEN, (
        _top("cilium.io/v2:CiliumClusterwideEnvoyConfig", "turn", ENVOY),),
        "critical", "the team reads what callers send to payments (Cilium, 'L7-Aware Traffic Management', services)"),
    Attack("each container of a workflow is privileged by the controller's settings", OPEN, _config(
        "workflow-controller-configmap", "argo", mainContainer=CONTROLLER),
        "critical", "root on the node (Argo Workflows, 'Workflow Controller ConfigMap', mainContainer)"),
    Attack("a controller of releases loads a program of a stranger", ("FJ-ESC-", "FJ-RES-"), _config(
        "argo-rollouts-config", "argo-rollouts", trafficRouterPlugins=PLUGINS),
        "critical", "the stranger's program has the rights of the controller (Argo Rollouts, 'Traffic Router "
        "Plugins')"),
    Attack("a driver of volumes gets tokens for the cluster from every pod", OPEN, (
        _top("storage.k8s.io/v1:CSIDriver", "share.csi.example.ae", {
            "attachRequired": False, "podInfoOnMount": True, "tokenRequests": [{"audience": ""}]}),),
        "critical", "the driver acts as each account whose pod mounts a volume (Kubernetes, CSIDriver, "
        "tokenRequests: an empty audience is that of the API server)"),
    Attack("a webhook of a team sees each secret that somebody writes", OPEN, (
        k8s("admissionregistration.k8s.io/v1:ValidatingWebhookConfiguration", {
            "metadata": {"name": "lengths", "labels": TAGS}, "webhooks": [{
                "name": "lengths.example.ae", "admissionReviewVersions": ["v1"], "sideEffects": "None",
                "failurePolicy": "Fail", "clientConfig": {"service": {"name": "lengths", "namespace": "team-a"}},
                "rules": [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"],
                           "resources": ["secrets"], "scope": "Namespaced"}]}]}),),
        "critical", "the team has the secrets of every namespace (Kubernetes, 'Dynamic Admission Control': the object "
        "is in the request)"),
    Attack("a step runs privileged beside the head of Ray by options of its autoscaler", OPEN, (
        crd("ray.io/v1:RayCluster", {
            "rayVersion": "2.49.0", "enableInTreeAutoscaling": True,
            "autoscalerOptions": {"securityContext": {"privileged": True, "runAsUser": 0}},
            "headGroupSpec": {"rayStartParams": {"num-cpus": "0", "dashboard-host": "127.0.0.1"},
                              "template": {"metadata": {"labels": TAGS}, "spec": pod({})}}}),),
        "critical", "root on the node (KubeRay, RayCluster, autoscalerOptions)"),
)  # fmt: skip
