"""Attacks by families that passed although their rule was there: other objects that install a chart, other forms of a
setting, and what a driver makes by itself (2026-11-29).

Sources: fluxcd/helm-controller (HelmRelease v2, `chartRef` and `valuesFrom`), Jenkins "Matrix Authorization Strategy"
and "Role-based Authorization Strategy", kubernetes-sigs/azurefile-csi-driver and blob-csi-driver
(docs/driver-parameters.md), kubernetes-sigs/gateway-api (ListenerSet), as known; kubernetes/ingress-nginx dbb11b92
(charts/ingress-nginx/values.yaml, tcp and udp) and bitnami/charts 5165628a (bitnami/minio/values.yaml), read
2026-11-29.
"""

from ..blind import TAGS, crd, k8s, meta
from ..chart_values import release
from ..harness import Given
from . import Attack

ADDRESS = "oci://registry.dc1.example.ae/charts"
FLUX = "helm.toolkit.fluxcd.io/v2:HelmRelease"
REFERENCE = {"kind": "OCIRepository", "name": "tool"}


def artifact(chart: str) -> Given:
    """Returns an artifact of Flux with a chart."""
    return k8s("source.toolkit.fluxcd.io/v1:OCIRepository", {
        "metadata": meta("tool"), "spec": {"url": f"{ADDRESS}/{chart}", "interval": "1h"}}, "artifact")  # fmt: skip


def values_in_map(text: str) -> Given:
    """Returns a config map with a file of values."""
    return k8s("core/v1:ConfigMap", {"metadata": meta("chosen"), "data": {"values.yaml": text}}, "chosen")


def from_map(chart: str) -> Given:
    """Returns a release of Flux whose values are in a config map."""
    return crd(FLUX, {
        "chart": {"spec": {"chart": chart, "sourceRef": {"kind": "HelmRepository", "name": "charts"}}},
        "valuesFrom": [{"kind": "ConfigMap", "name": "chosen"}]})  # fmt: skip


def jenkins(strategy: object) -> Given:
    """Returns a release of Jenkins with a strategy of rights in a script of Configuration as Code."""
    return release("jenkins", {"controller": {"JCasC": {"configScripts": {
        "rights": {"jenkins": {"authorizationStrategy": strategy}}}}}})  # fmt: skip


def volume_class(provisioner: str, **parameters: str) -> Given:
    """Returns a class of volumes of a driver of Azure."""
    tags = ",".join(f"{key}={value}" for key, value in TAGS.items())
    return k8s("storage.k8s.io/v1:StorageClass", {
        "metadata": {"name": "shared", "labels": TAGS}, "provisioner": provisioner, "reclaimPolicy": "Retain",
        "parameters": {"skuName": "Premium_ZRS", "tags": tags, **parameters}})  # fmt: skip


def listeners(**listener: object) -> Given:
    """Returns a set of listeners that a team adds to the gateway of the platform."""
    return crd("gateway.networking.k8s.io/v1:ListenerSet", {
        "parentRef": {"name": "shared", "namespace": "gateway"}, "listeners": [{
            "name": "a", "port": 443, "protocol": "HTTPS", "tls": {"certificateRefs": [{"name": "tls"}]},
            **listener}]})  # fmt: skip


ADMINISTERS = ["Overall/Administer"]
ATTACKS = (
    Attack("an artifact of Flux has a chart with a weak default", ("FJ-IDN-313",), (
        artifact("qdrant"), crd(FLUX, {"chartRef": REFERENCE, "values": {"replicaCount": 3}}))),
    Attack("an artifact of Flux has a chart with a refused value", ("FJ-ESC-124",), (
        artifact("velero"), crd(FLUX, {"chartRef": REFERENCE, "values": {"cleanUpCRDs": True}}))),
    Attack("an artifact of Flux has a chart that nobody reviewed", ("FJ-ESC-123",), (
        artifact("jenkins-x"), crd(FLUX, {"chartRef": REFERENCE}))),
    Attack("a release of Flux names an artifact that nobody shows", ("FJ-ESC-123",), (
        crd(FLUX, {"chartRef": {**REFERENCE, "name": "nowhere"}}),)),
    Attack("an artifact of Flux has a chart that tells its vendor", ("FJ-RES-120",), (
        artifact("longhorn"), crd(FLUX, {"chartRef": REFERENCE}))),
    Attack("a config map has a refused value of a release of Flux", ("FJ-ESC-124",), (
        values_in_map("cleanUpCRDs: true\n"), from_map("velero"))),
    Attack("a config map leaves a weak default of a release of Flux", ("FJ-IDN-313",), (
        values_in_map("replicaCount: 3\n"), from_map("qdrant"))),
    Attack("everybody who signs in administers Jenkins by an entry", ("FJ-IDN-313",), (
        jenkins({"globalMatrix": {"entries": [{"group": {"name": "authenticated", "permissions": ADMINISTERS}}]}}),)),
    Attack("everybody who signs in administers Jenkins by a role", ("FJ-IDN-313",), (
        jenkins({"roleBased": {"roles": {"global": [
            {"name": "admin", "permissions": ADMINISTERS, "entries": [{"group": "authenticated"}]}]}}}),)),
    Attack("everybody who signs in administers Jenkins by an assignment", ("FJ-IDN-313",), (
        jenkins({"roleBased": {"roles": {"global": [
            {"name": "admin", "permissions": ADMINISTERS, "assignments": ["authenticated"]}]}}}),)),
    Attack("nobody signs in to change jobs of Jenkins", ("FJ-IDN-313",), (
        jenkins({"globalMatrix": {"permissions": ["USER:Job/Configure:anonymous"]}}),)),
    Attack("a port of ingresses in a release of Flux is a database", ("FJ-IDN-314",), (
        crd(FLUX, {"chart": {"spec": {"chart": "ingress-nginx"}}, "values": {"tcp": {
            "5432": "data/postgres:5432"}}}),)),
    Attack("a port of ingresses in values of Argo CD is a database", ("FJ-IDN-314",), (
        crd("argoproj.io/v1alpha1:Application", {"source": {
            "chart": "ingress-nginx", "helm": {"values": "udp:\n  5353: data/names:53\n"}}}),)),
    Attack("a port of ingresses is a service of Kubernetes itself", ("FJ-IDN-314",), (
        k8s("core/v1:ConfigMap", {"metadata": meta("udp-services", "ingress"), "data": {
            "53": "kube-system/kube-dns:53"}}),)),
    Attack("shares of files are reached from each network", ("FJ-EXP-317",), (
        volume_class("file.csi.azure.com", protocol="smb"),)),
    Attack("containers of blobs are reached from each network", ("FJ-EXP-317",), (
        volume_class("blob.csi.azure.com", protocol="nfs3"),)),
    Attack("shares of the old driver are reached from each network", ("FJ-EXP-317",), (
        volume_class("kubernetes.io/azure-file"),)),
    Attack("a team listens for every host of the bank's gateway", ("FJ-IDN-314",), (listeners(),)),
    Attack("a team listens for every name of the bank's domain", ("FJ-IDN-314",), (
        listeners(hostname="*.example.ae"),)),
    Attack("a mirror has Bitnami's chart under another's name, with its image", ("FJ-ESC-123",), (
        release("minio", {"existingSecret": "m", "image": {"repository": "bitnamilegacy/minio"}}),)),
    Attack("a mirror has Bitnami's chart under another's name, with its switch", ("FJ-ESC-123",), (
        release("harbor", {"global": {"security": {"allowInsecureImages": True}}}),)),
)  # fmt: skip
