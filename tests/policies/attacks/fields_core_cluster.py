"""Attacks by fields and annotations of services, namespaces, accounts and the cluster's own objects (2026-11-29).

Each passed the pack before it was mended. Sources, read 2026-11-29: kubernetes/api 10b39a39, kubernetes/website
3842a284 and kubernetes-sigs/aws-load-balancer-controller 225f4456 (docs/guide); others as known.
"""

import json
from dataclasses import replace

from ..blind import ME, TAGS, THEIR_SUB, k8s, meta
from ..harness import Given
from . import Attack
from .fields_core_pods import API, MONEY, OPEN, SITE, thing

Things = tuple[Given, ...]
TAGGED = ("FJ-TAG-",)
_LBC = "aws-load-balancer-controller 225f4456 docs/guide"
_NLB, _AZURE = "service.beta.kubernetes.io/aws-load-balancer-", "service.beta.kubernetes.io/azure-"
_ALB = "alb.ingress.kubernetes.io/"
_SITE_POOL = {"metallb.io/address-pool": "site"}


def _on(server: str, things: Things) -> Things:
    config = json.dumps({"clusters": [{"name": "c", "cluster": {"server": server}}]})
    return tuple(replace(given, provider={"kubeconfig": config}) for given in things)


def _on_eks(things: Things) -> Things:
    return _on("https://ABC.gr7.me-central-1.eks.amazonaws.com", things)


def _on_aks(things: Things) -> Things:
    return _on("https://x.hcp.uaenorth.azmk8s.io:443", things)


def _service(annotations: dict[str, str], **spec: object) -> Things:
    return thing("core/v1:Service", {"spec": {"type": "LoadBalancer", "selector": {"app": "x"},
                                              "ports": [{"name": "https", "port": 443}], **spec}},
                 annotations=annotations)  # fmt: skip


def _nlb(name: str, value: str) -> Things:
    return _on_eks(_service({f"{_NLB}internal": "true", f"{_NLB}type": "external", f"{_NLB}scheme": "internal",
                             f"{_NLB}{name}": value}))  # fmt: skip


def _azure(name: str, value: str) -> Things:
    return _on_aks(_service({f"{_AZURE}load-balancer-internal": "true", f"{_AZURE}{name}": value}))


def _alb(name: str, value: str) -> Things:
    backend = {"service": {"name": "x", "port": {"number": 443}}}
    return _on_eks(thing("networking.k8s.io/v1:Ingress", {"spec": {
        "ingressClassName": "alb", "tls": [{"hosts": ["x.example.ae"]}], "rules": [{
            "host": "x.example.ae", "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": backend}]}}]}},
        annotations={f"{_ALB}scheme": "internal", f"{_ALB}listen-ports": '[{"HTTPS":443}]',
                     f"{_ALB}certificate-arn": f"arn:aws:acm:me-central-1:{ME}:certificate/1",
                     f"{_ALB}ssl-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06", f"{_ALB}backend-protocol": "HTTPS",
                     f"{_ALB}target-type": "ip", f"{_ALB}{name}": value}))  # fmt: skip


def _named(host: str) -> Things:
    return (k8s("core/v1:Service", {"metadata": meta(), "spec": {"type": "ExternalName", "externalName": host}}),)


def _space(annotations: dict[str, str] | None = None, /, **labels: str) -> Things:
    return (k8s("core/v1:Namespace", {"metadata": {
        "name": "team-a", "labels": {**TAGS, "pod-security.kubernetes.io/enforce": "restricted", **labels},
        "annotations": annotations or {}}}),)  # fmt: skip


def _account(annotation: str, value: str) -> Things:
    return thing("core/v1:ServiceAccount", {"automountServiceAccountToken": False}, name="app", annotations={
        "eks.amazonaws.com/role-arn": f"arn:aws:iam::{ME}:role/x", annotation: value})  # fmt: skip


def _map(name: str, namespace: str, **data: str) -> Things:
    return thing("core/v1:ConfigMap", {"data": data}, namespace, name)


def _defaults(**limits: object) -> Things:
    return thing("core/v1:LimitRange", {"spec": {"limits": [{"type": "Container", **limits}]}})


def _quota(name: str, value: str) -> Things:
    return thing("core/v1:ResourceQuota", {"spec": {"hard": {name: value}}})


_EVERY_TAINT = '[{"operator":"Exists"}]'

ATTACKS = (
    Attack("a network load balancer has the tag of another environment", TAGGED, _nlb(
        "additional-resource-tags", "environment=dev"), "major", f"it is on the bill of development ({_LBC})"),
    Attack("a public address of Azure has the tag of another environment", TAGGED, _azure(
        "pip-tags", "environment=dev"), "major", "it is on the bill of development (cloud-provider-azure, as known)"),
    Attack("an application load balancer has the tag of another environment", TAGGED, _alb("tags", "environment=dev"),
           "major", f"it is on the bill of development ({_LBC})"),
    Attack("a network load balancer reserves a million units", MONEY, _nlb(
        "minimum-load-balancer-capacity", "CapacityUnits=1500000"),
        "major", f"capacity is charged by the hour whether it is used or not ({_LBC})"),
    Attack("an application load balancer reserves fifteen hundred units", MONEY, _alb(
        "minimum-load-balancer-capacity", "CapacityUnits=1500"),
        "major", f"capacity is charged by the hour whether it is used or not ({_LBC})"),
    Attack("an application load balancer sends callers to plain text", OPEN, _alb(
        "actions.x", '{"type":"redirect","redirectConfig":{"protocol":"HTTP","statusCode":"HTTP_301"}}'),
        "major", f"whoever is in between reads requests ({_LBC})"),
    *(Attack(f"a service on premises is published by the class {name}", OPEN, _service(
        _SITE_POOL, loadBalancerClass=name), "critical", f"callers of the internet reach it ({source})")
      for name, source in (("tailscale", "tailscale/tailscale de9ec7ee cmd/k8s-operator"), ("ngrok", "as known"))),
    Attack("a load balancer on premises has a public address", OPEN, _service(
        _SITE_POOL, loadBalancerIP="20.196.8.4"), "major", f"everybody reaches it (core/v1 ServiceSpec, {API})"),
    Attack("a load balancer of Azure has a public address", OPEN, _on_aks(_service(
        {f"{_AZURE}load-balancer-internal": "true"}, loadBalancerIP="20.196.8.4")),
        "major", f"everybody reaches it (core/v1 ServiceSpec.loadBalancerIP, {API})"),
    Attack("the private link of a service is approved for a stranger", OPEN, _azure(
        "pls-auto-approval", THEIR_SUB.rpartition("/")[2]),
        "critical", "a stranger's network reaches it (cloud-provider-azure, 'Private Link Service', as known)"),
    Attack("public addresses of machines are published for a service", OPEN, _service(
        {"external-dns.alpha.kubernetes.io/access": "public"}, type="ClusterIP"),
        "major", "callers find the machines (kubernetes-sigs/external-dns 2bf1bf8a, annotations)"),
    Attack("a service of one team is another name of one of payments", OPEN, _named(
        "ledger.payments.svc.cluster.local"),
        "major", f"entries of team-a lead to payments (core/v1 ServiceSpec.externalName, {API})"),
    Attack("a service of one team is another name of the API server", OPEN, _named("kubernetes.default.svc"),
           "major", f"entries of team-a lead to the API server (core/v1 ServiceSpec.externalName, {API})"),
    Attack("whoever writes in a team's namespace configures each ingress of a class", OPEN, (k8s(
        "networking.k8s.io/v1:IngressClass", {"metadata": {"name": "c"}, "spec": {
            "controller": "example.ae/c", "parameters": {"apiGroup": "x.example.ae", "kind": "P", "name": "p",
                                                         "scope": "Namespace", "namespace": "team-a"}}}),),
        "critical", f"hosts of others are routed by it (networking/v1 IngressClassParametersReference, {API})"),
    *(Attack(f"services get addresses of {cidr}", OPEN, thing("networking.k8s.io/v1:ServiceCIDR", {
        "spec": {"cidrs": [cidr]}}, ""),
        "critical", f"what is for these addresses goes to pods of the cluster (networking/v1 ServiceCIDRSpec, {API})")
      for cidr in ("20.196.8.0/24", "0.0.0.0/0")),
    Attack("an address of services is taken by hand", OPEN, thing("networking.k8s.io/v1:IPAddress", {"spec": {
        "parentRef": {"resource": "services", "namespace": "team-a", "name": "x"}}}, "", "10.96.0.10"),
        "minor", f"the name server of the cluster gets no address (networking/v1 IPAddressSpec, {API})"),
    Attack("a policy of the network has every port and no source", OPEN, thing("networking.k8s.io/v1:NetworkPolicy", {
        "spec": {"podSelector": {"matchLabels": {"app": "x"}}, "policyTypes": ["Ingress"],
                 "ingress": [{"ports": [{"port": 1, "endPort": 65535}]}]}}),
        "major", f"everybody reaches each port (networking/v1 NetworkPolicyPort.endPort, {API})"),
    Attack("pods of a namespace tolerate every taint", OPEN, _space({
        "scheduler.alpha.kubernetes.io/defaultTolerations": _EVERY_TAINT}),
        "critical", f"they stand beside the API server ('Well-Known Annotations', {SITE})"),
    Attack("pods of a namespace may tolerate every taint", OPEN, _space({
        "scheduler.alpha.kubernetes.io/tolerationsWhitelist": _EVERY_TAINT}),
        "major", f"they stand beside the API server ('Well-Known Annotations', {SITE})"),
    Attack("programs of a namespace of OpenShift are root", OPEN, _space({"openshift.io/sa.scc.uid-range": "0/10000"}),
           "critical", "each pod writes as root (OpenShift, 'Managing security context constraints', as known)"),
    Attack("programs of a namespace of OpenShift have the group of root", OPEN, _space({
        "openshift.io/sa.scc.supplemental-groups": "0/10000"}),
        "major", "they write what that group may (OpenShift, 'Managing security context constraints', as known)"),
    Attack("no constraint of OpenShift is for a namespace", OPEN, _space(**{"openshift.io/run-level": "0"}),
           "critical", "each pod may be privileged (OpenShift, 'run-level', as known)"),
    Attack("pods ask for their credentials in another country", OPEN, _account(
        "eks.amazonaws.com/sts-regional-endpoints", "false"),
        "major", "tokens leave the country (aws/amazon-eks-pod-identity-webhook, as known)"),
    Attack("the token of a pod for AWS is valid for a year", OPEN, _account(
        "eks.amazonaws.com/token-expiration", "31536000"),
        "major", "whoever copied it has the role (aws/amazon-eks-pod-identity-webhook, as known)"),
    Attack("a proxy of a stranger names the users of each API", OPEN, _map(
        "extension-apiserver-authentication", "kube-system", **{"requestheader-client-ca-file": "-----BEGIN"}),
        "critical", "it is every user of the cluster (Kubernetes, 'Configure the Aggregation Layer', as known)"),
    Attack("pods take a stranger for the API server", OPEN, _map("kube-root-ca.crt", "team-a", **{"ca.crt": "--BEGIN"}),
           "critical", f"they send it their tokens (core/v1 ConfigMap; 'Root CA', {SITE})"),
    Attack("new machines obey a server of a stranger", OPEN, _map(
        "cluster-info", "kube-public", kubeconfig="clusters: []"),
        "critical", "it runs what it likes on them (Kubernetes, 'kubeadm join', as known)"),
    Attack("volumes of a cluster are the root of their machines", OPEN, _map(
        "local-path-config", "local-path-storage", **{
        "config.json": '{"nodePathMap":[{"node":"DEFAULT_PATH_FOR_NON_LISTED_NODES","paths":["/"]}]}'}),
        "critical", "a claim has the files of the node (rancher/local-path-provisioner 9fa2a62e README.md)"),
    Attack("a release of Helm is written by hand", OPEN, (k8s("core/v1:Secret", {
        "metadata": {"name": "sh.helm.release.v1.x.v9", "namespace": "team-a", "labels": {"owner": "helm"}},
        "type": "helm.sh/release.v1", "stringData": {"release": "SDRzSUFBQUFBQUFDLzE="}}),),
        "critical", "a roll-back applies what nobody evaluated (helm/helm, storage driver of secrets, as known)"),
    Attack("a machine of a stranger is a node", OPEN, thing("core/v1:Node", {"spec": {
        "providerID": "aws:///me-central-1a/i-0123456789abcdef0"}}, "", "n9"),
        "critical", f"pods and their secrets go there (core/v1 NodeSpec.providerID, {API})"),
    Attack("a machine is never given back", MONEY, (k8s("core/v1:NodePatch", {"metadata": {
        "name": "n1", "annotations": {"cluster-autoscaler.kubernetes.io/scale-down-disabled": "true"}}}),),
        "minor", "it is paid for without pods (kubernetes/autoscaler 55c37cd5, cluster-autoscaler FAQ)"),
    Attack("a certificate of a machine is asked for by an object", OPEN, thing(
        "certificates.k8s.io/v1:CertificateSigningRequest", {"spec": {
            "request": "LS0t", "signerName": "kubernetes.io/kubelet-serving", "usages": ["server auth"]}}, ""),
        "critical", f"whoever has the key is that machine for the API server (certificates/v1, {API})"),
    Attack("a pod of monitoring answers for claims of devices", OPEN, thing("apiregistration.k8s.io/v1:APIService", {
        "spec": {"group": "resource.k8s.io", "version": "v1", "groupPriorityMinimum": 20000, "versionPriority": 100,
                 "caBundle": "x", "service": {"name": "x", "namespace": "monitoring"}}}, ""),
        "critical", f"it says which pod has which GPU ('APIService', {SITE})"),
    Attack("each container gets eight GPUs unasked", MONEY, _defaults(
        default={"nvidia.com/gpu": "8"}, defaultRequest={"nvidia.com/gpu": "8"}),
        "critical", f"an autoscaler of another stack buys the machines (core/v1 LimitRangeItem, {API})"),
    Attack("each container gets two tebibytes of memory unasked", MONEY, _defaults(
        default={"memory": "2Ti"}, defaultRequest={"memory": "2Ti"}),
        "major", f"an autoscaler of another stack buys the machines (core/v1 LimitRangeItem, {API})"),
    *(Attack(f"a namespace may have {value} of {name}", MONEY, _quota(name, value),
             severity, f"nothing stops a mistake (core/v1 ResourceQuotaSpec.hard, {API})")
      for name, value, severity in (
          ("gpu.nvidia.com.deviceclass.resource.k8s.io/devices", "90000", "major"),
          ("requests.memory", "9000Ti", "minor"), ("requests.storage", "90000Ti", "minor"))),
)  # fmt: skip
