"""Good idioms that come closest to what the rows after the sixteenth set refuse, with sources read on 2026-11-30."""

from ..blind import RG, TAGS, az, k8s, meta
from . import Idiom
from .eleventh_charts import SMALL, inside, stored
from .eleventh_cluster import top
from .fourth import LEARN
from .fourth_kubernetes import AZURE_BUDGET
from .sixteenth_stores import owned
from .twelfth_azure_platform import SYSTEM
from .twelfth_charts import LARGE, MIRROR, image, mirrored, ours

PODS = [{"groups": [""], "versions": ["v1"], "kinds": ["Pod"]}]
NOT_SYSTEM = {"matchExpressions": [{"key": "kubernetes.io/metadata.name", "operator": "NotIn", "values": [
    "kube-system", "gatekeeper-system", "falaj-system"]}]}  # fmt: skip
EMQX = """listeners {
  tcp.default { enable = false }
}
listeners.tcp.default {
  enable = false
}
authorization {
  no_match = deny
}
"""


IDIOMS: tuple[Idiom, ...] = (
    Idiom("Kiali takes the password of Grafana and the key of its sessions from Secrets that it names", (
        mirrored("kiali-server", "2.18.0", {
            "auth": {"strategy": "openid", "openid": {
                "client_id": "kiali", "issuer_uri": "https://login.bank.ae/realms/staff", "disable_rbac": False}},
            "login_token": {"signing_key": "secret:kiali-sessions:signing-key"}, "deployment": {
                "image_name": f"{MIRROR}/kiali/kiali", "image_version": "c" * 64, "image_digest": "sha256",
                "view_only_mode": True, "pod_labels": TAGS, "extra_labels": TAGS, "resources": SMALL, "service_type":
                "ClusterIP", "secret_name": "kiali", "ingress": {"enabled": False}},
            "external_services": {"grafana": {
                "enabled": True, "internal_url": "https://grafana.monitoring:3000", "auth": {
                    "type": "basic", "username": "secret:kiali-grafana:username", "password":
                    "secret:kiali-grafana:password"}}, "tracing": {"enabled": False}}}, "istio-system"),),
        "kiali/helm-charts, kiali-server/templates/_helpers.tpl", ours(), charts=("kiali-server",)),
    owned("Flux deploys for tenants by an account of each namespace with a name of the platform", (
        inside("fluxcd.controlplane.io/v1:FluxInstance", "flux", {
            "distribution": {"version": "2.7.3", "registry": f"{MIRROR}/fluxcd"}, "components": [
                "source-controller", "kustomize-controller", "helm-controller"], "cluster": {
                    "type": "kubernetes", "multitenant": True, "networkPolicy": True, "tenantDefaultServiceAccount":
                    "flux-reconciler"}}, "flux-system"),),
        "controlplaneio-fluxcd/flux-operator, api/v1/fluxinstance_types.go", "fluxcd.controlplane.io"),
    owned("records of apps of an OpenShift go to the bank's Loki, but for those of two namespaces", (
        inside("observability.openshift.io/v1:ClusterLogForwarder", "bank", {
            "serviceAccount": {"name": "forwarder"}, "inputs": [{
                "name": "apps", "type": "application", "application": {
                    "excludes": [{"namespace": "tests"}], "includes": [
                        {"namespace": "payments"}, {"namespace": "cards"}]}}],
            "outputs": [{"name": "loki", "type": "loki", "loki": {"url": "https://loki.bank.ae:3100"}}], "pipelines": [
                {"name": "apps", "inputRefs": ["apps"], "outputRefs": ["loki"]}]}, "openshift-logging"),),
        "openshift/cluster-logging-operator, ClusterLogForwarder, inputs", "observability.openshift.io"),
    Idiom("images of another registry of the bank come through the cache with a login of the vault", (
        AZURE_BUDGET,
        az("containerregistry:CredentialSet", {
            **RG, "registryName": "crbank", "credentialSetName": "inner", "loginServer": "registry.bank.ae", **SYSTEM,
            "authCredentials": [{"name": "Credential1", "usernameSecretIdentifier":
                                 "https://kv-bank.vault.azure.net/secrets/user", "passwordSecretIdentifier":
                                 "https://kv-bank.vault.azure.net/secrets/password"}]}, "inner")),
        f"{LEARN}/container-registry/artifact-cache-credentials", {
            "escape": {"image_publishers": {"registry.bank.ae": "our own registry"}}}),
    owned("Gatekeeper closes containers that say nothing: no root, no writes, a profile of the runtime", (
        *(top("mutations.gatekeeper.sh/v1:Assign", name, {
            "applyTo": PODS, "match": {"scope": "Namespaced", "namespaceSelector": NOT_SYSTEM, "kinds": [
                {"apiGroups": [""], "kinds": ["Pod"]}]}, "location": location, "parameters": {
                    "assign": {"value": value}}})
          for name, location, value in (
              ("not-root", "spec.securityContext.runAsNonRoot", True),
              ("profile", "spec.securityContext.seccompProfile", {"type": "RuntimeDefault"}),
              ("files", "spec.containers[name:*].securityContext.readOnlyRootFilesystem", True),
              ("user", "spec.securityContext.runAsUser", 1000))),),
        "open-policy-agent/gatekeeper, website/docs/mutation.md", "mutations.gatekeeper.sh"),
    owned("volumes of a site are sealed by LUKS on one machine, by the short names of the parameters", (
        k8s("storage.k8s.io/v1:StorageClass", {
            "metadata": {"name": "sealed", "labels": TAGS}, "provisioner": "linstor.csi.linbit.com", "reclaimPolicy":
            "Retain", "volumeBindingMode": "WaitForFirstConsumer", "allowVolumeExpansion": True, "parameters": {
                "storagePool": "thin", "layerlist": "LUKS storage"}}, "sealed"),),
        "piraeusdatastore/linstor-csi, pkg/volume/parameter.go"),
    owned("machines report to EMQX by TLS alone, by settings in the form of blocks", (
        inside("apps.emqx.io/v2beta1:EMQX", "branches", {
            "image": image("emqx/emqx-enterprise"), "config": {"mode": "Merge", "data": EMQX}, "coreTemplate": {
                "spec": {"replicas": 3, "resources": LARGE, "volumeClaimTemplates": stored("20Gi")["spec"]}}},
            "branches"),), "docs.emqx.com, listeners and authorization", "apps.emqx.io"),
    owned("a store of the bank's own kind has TLS, but for a part that is off and an entry that a gateway serves", (
        inside("store.bank.ae/v1:Store", "papers", {
            "tls": {"enabled": True, "secretName": "papers-tls"}, "replica": {"enabled": False, "tls": {
                "enabled": False}}, "ingress": {"enabled": False, "tls": {"enabled": False}}, "authentication": {
                    "type": "mtls"}}, "papers"),
        k8s("core/v1:ServiceAccount", {"metadata": meta("papers", "papers"), "automountServiceAccountToken": False},
            "account")), "a kind of a team's own", "store.bank.ae"),
    owned("a team's group may change its namespace by RBAC Manager, and an operator reads by the role of viewers", (
        k8s("rbacmanager.reactiveops.io/v1beta1:RBACDefinition", {
            "metadata": {"name": "cards", "labels": TAGS}, "rbacBindings": [
                {"name": "team", "subjects": [{"kind": "Group", "name": "cards-engineers"}], "roleBindings": [
                    {"clusterRole": "admin", "namespace": "cards"}]},
                {"name": "readers", "subjects": [{"kind": "Group", "name": "cards-readers"}], "clusterRoleBindings": [
                    {"clusterRole": "view"}]}]}, "cards"),),
        "FairwindsOps/rbac-manager, pkg/apis/rbacmanager/v1beta1/rbacdefinition_types.go",
        "rbacmanager.reactiveops.io"),
)  # fmt: skip
