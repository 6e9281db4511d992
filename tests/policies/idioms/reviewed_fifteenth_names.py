"""Good idioms that a review found refused: roles, paths in a vault, stores and copies whose names are not those of a
namespace, and services of the platform by the names that their projects give (2026-11-29).
"""

import yaml

from ..attacks.fifteenth_cluster_a import KNOWN, _top
from ..attacks.fifteenth_cluster_b import TOKEN_FILE, _in, _text
from ..blind import GROUP, ME, k8s, meta, release
from ..harness import Given
from . import Idiom

R = "me-central-1"
ROLES = f"arn:aws:iam::{ME}:role"
ESO = "external-secrets.io/v1:SecretStore"
ECR = "generators.external-secrets.io/v1alpha1:ECRAuthorizationToken"
DYNAMIC = "generators.external-secrets.io/v1alpha1:VaultDynamicSecret"
SNAPSHOTS = f"{GROUP}/providers/Microsoft.Compute/snapshots"
COPY = "snapshot.storage.k8s.io/v1:VolumeSnapshotContent"
PROJECTS = (
    "rook-ceph", "logging", "opentelemetry", "tekton-pipelines", "node-feature-discovery", "metrics-server",
    "cloudnative-pg", "kuberay", "arc-systems", "kafka", "grafana", "harbor", "bookings")  # fmt: skip
"""Namespaces of projects, and one of which neither the plan nor the settings know."""
ALLOY = f"""loki.write "records" {{
  endpoint {{
    url = "https://logging-loki-gateway-http.openshift-logging.svc:8080/api/logs/v1/application/loki/api/v1/push"
    bearer_token_file = "{TOKEN_FILE}"
  }}
}}
"""
SERVICES = """services:
  orders:
    url: http://orders.orders.svc:8080
  users:
    url: http://users.team-b.svc:8080
"""
ROUTES = """_format_version: "3.0"
services:
- name: orders
  url: http://orders.orders.svc:80
"""


def _scraped(name: str, **targets: object) -> dict[str, object]:
    authorization = {"type": "Bearer", "credentials_file": TOKEN_FILE}
    return {"job_name": name, "scheme": "https", "authorization": authorization, **targets}


def _jobs(*jobs: dict[str, object]) -> tuple[Given, ...]:
    return (_text("prometheus", "monitoring", {"prometheus.yml": yaml.safe_dump({"scrape_configs": list(jobs)})}),)


def _reads(namespace: str, role: str, name: str) -> Given:
    account = {"jwt": {"serviceAccountRef": {"name": "app"}}}
    return k8s(ESO, {"metadata": meta(name, namespace), "spec": {"provider": {"aws": {
        "service": "SecretsManager", "region": R, "role": f"{ROLES}/{role}", "auth": account}}}}, name)  # fmt: skip


def _asks(path: str, name: str) -> Given:
    return k8s(DYNAMIC, {"metadata": meta(name, "shop"), "spec": {"path": path, "method": "GET", "provider": {
        "server": "https://vault.vault.svc:8200", "auth": {"kubernetes": {
            "mountPath": "kubernetes", "role": "shop", "serviceAccountRef": {"name": "app"}}}}}}, name)  # fmt: skip


def _copy(name: str, handle: str) -> Given:
    return _top(COPY, name, {
        "driver": "disk.csi.azure.com", "deletionPolicy": "Retain", "sourceVolumeMode": "Filesystem",
        "source": {"snapshotHandle": handle}, "volumeSnapshotRef": {"name": name, "namespace": "shop"}})  # fmt: skip


def _nightly(name: str, store: str, *namespaces: str) -> Given:
    return _in("velero", "velero.io/v1:Schedule", name, {"schedule": "0 1 * * *", "template": {
        "includedNamespaces": list(namespaces), "storageLocation": store, "ttl": "720h0m0s"}})  # fmt: skip


IDIOMS = (
    Idiom("programs name the services that they call", (
        _text("app", "shop", {"app.yaml": SERVICES}),
        _text("kong", "kong", {"kong.yml": ROUTES}),
        *release("homepage", "2.1.0", {"services": [
            {"url": "http://grafana.monitoring.svc:3000"}, {"url": "http://nexus.nexus.svc:8081"}]})),
        "docs.konghq.com/gateway/latest/production/deployment-topologies/db-less-and-declarative-config",
        charts=("homepage",)),
    Idiom("a program signs people in by Dex of the platform", release(
        "shop", "1.0.0", {"oidc": {"providerUrl": "http://dex.dex.svc:5556/dex"}}), "dexidp.io/docs/kubernetes",
        charts=("shop",)),
    Idiom("proxies get certificates of the bank's own authority", release(
        "istiod", "1.28.0", {"global": {"caAddress": "istio-csr.pki.svc:443"}}, "istio-system"),
        "cert-manager.io/docs/usage/istio-csr", charts=("istiod",)),
    Idiom("Open Policy Agent has its bundles from a store of the platform", release(
        "opa", "9.0.0", {"config": {
            "services": {"store": {"url": "https://minio.minio.svc.cluster.local:9000/bundles"}},
            "bundles": {"authz": {"service": "store", "resource": "bundle.tar.gz"}}}}),
        "openpolicyagent.org/docs/management-bundles", charts=("opa",)),
    Idiom("roles have the names of what they may do", (
        KNOWN,
        k8s("keda.sh/v1alpha1:TriggerAuthentication", {"metadata": meta("queue", "orders"), "spec": {
            "podIdentity": {"provider": "aws", "roleArn": f"{ROLES}/sqs-consumer"}}}, "queue"),
        k8s("keda.sh/v1alpha1:TriggerAuthentication", {"metadata": meta("figures", "orders"), "spec": {
            "podIdentity": {"provider": "aws", "roleArn": f"{ROLES}/cloudwatch-metrics-reader"}}}, "figures"),
        _reads("hr", "human-resources", "hr"), _reads("shop", "eks-parameter-reader", "shop"),
        _reads("pay", "payments-reader", "pay"), _reads("payments-dev", "payments-reader", "dev"),
        k8s(ECR, {"metadata": meta("images", "pay"), "spec": {
            "region": R, "role": f"{ROLES}/payments-pull", "auth": {"jwt": {"serviceAccountRef": {"name": "app"}}}}},
            "images")), "keda.sh/docs/latest/authentication-providers/aws"),
    Idiom("roles of the vault have the names of what they make", (KNOWN, *(_asks(path, name) for path, name in (
        ("/pki/issue/example-dot-com", "a"), ("pki_int/issue/server", "b"), ("database/creds/postgres-rw", "c"),
        ("rabbitmq/creds/producer", "d"), ("aws/sts/deploy", "e"), ("pki/sign/servers", "f"),
        ("database/static-creds/app/", "g")))), "openbao.org/docs/secrets/databases"),
    Idiom("Prometheus asks projects of the platform with its token", _jobs(
        *(_scraped(name, kubernetes_sd_configs=[{"role": "pod", "namespaces": {"names": [name]}}])
          for name in PROJECTS),
        _scraped("federate", static_configs=[
            {"targets": ["prometheus-k8s.openshift-monitoring.svc.cluster.local:9091"]}])),
        "docs.redhat.com/en/documentation/openshift_container_platform, 'Accessing metrics'"),
    Idiom("records go to the store of OpenShift", (_text("alloy", "monitoring", {"config.alloy": ALLOY}),),
        "docs.redhat.com/en/documentation/openshift_container_platform, 'Logging'"),
    Idiom("backups lie in stores with the names of teams and of all", (
        _nightly("a", "team-payments", "payments", "payments-db"), _nightly("b", "tenant-a", "a-web"),
        _nightly("c", "customer-data-dr", "*"), _nightly("d", "teams-default", "team-a"),
        _in("velero", "velero.io/v1:Schedule", "e", {"schedule": "0 2 * * *", "template": {
            "includedNamespaces": ["*"], "labelSelector": {"matchLabels": {"team": "a"}},
            "storageLocation": "team-a", "ttl": "720h0m0s"}})),
        "velero.io/docs/main/api-types/schedule"),
    Idiom("copies of disks have the names of what they are for", (
        KNOWN, _copy("a", f"{SNAPSHOTS}/before-upgrade"), _copy("b", "rbd-migration-2026"),
        _copy("c", f"{SNAPSHOTS}/orders-db-2026-11")),
        "kubernetes.io/docs/concepts/storage/volume-snapshots"),
    Idiom("stores and vaults of the platform are in namespaces of its own team", (
        *release("loki", "6.46.0", {"loki": {"storage": {"type": "s3", "bucketNames": {"chunks": "logs"}, "s3": {
            "endpoint": "https://minio.tenant-storage.svc:9000", "region": R}}}}, "observability"),
        k8s(ESO, {"metadata": meta("vault"), "spec": {"provider": {"vault": {
            "server": "https://vault.team-platform.svc:8200", "path": "kv", "version": "v2", "auth": {"kubernetes": {
                "mountPath": "kubernetes", "role": "team-a", "serviceAccountRef": {"name": "app"}}}}}}}, "vault")),
        "min.io/docs/minio/kubernetes/upstream", charts=("loki",)),
    Idiom("records of the agent of Azure Arc are left out", (
        _text("container-azm-ms-agentconfig", "kube-system", {"log-data-collection-settings": (
            "[log_collection_settings]\n[log_collection_settings.stdout]\nenabled = true\n"
            'exclude_namespaces = ["kube-system", "azure-arc", "gatekeeper-system"]\n')}),),
        "learn.microsoft.com/azure/azure-monitor/containers/container-insights-data-collection-configure"),
)  # fmt: skip
