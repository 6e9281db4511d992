"""Good idioms of clusters: networks, namespaces, delivery and plain programs that no other has (set 18, blind)."""

from ..blind import TAGS, k8s, meta
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside, secret_variable
from .eleventh_cluster import DNS, top
from .fifteenth_work import SCRATCH, SCRATCH_MOUNTS
from .sixteenth_stores import owned, password, reached
from .thirteenth_cluster_access import account, within
from .twelfth_charts import LARGE, MIRROR, POD, image, ours

ANTREA, RATIFY, PROMOTER = "crd.antrea.io/v1beta1", "config.ratify.deislabs.io/v1beta1", "promoter.argoproj.io/v1alpha1"
HNC, KPACK = "hnc.x-k8s.io/v1alpha2", "kpack.io/v1alpha2"
TEAMS = [{"namespaceSelector": {"matchLabels": {"tier": "team"}}}]
PROBE = {"path": "/ready", "port": 8443, "scheme": "HTTPS"}
SIGNER = """-----BEGIN CERTIFICATE-----
QmFuayBzaWduZXIgb2YgaW1hZ2VzLCBleGFtcGxlIG9mIGEgY2VydGlmaWNhdGU=
-----END CERTIFICATE-----
"""
ENFORCED = {f"pod-security.kubernetes.io/{mode}": "restricted" for mode in ("enforce", "audit", "warn")}
SPREAD = [{"maxSkew": 1, "topologyKey": "topology.kubernetes.io/zone", "whenUnsatisfiable": "DoNotSchedule",
           "labelSelector": {"matchLabels": {"app": "transfers"}}}]  # fmt: skip


def ruled(action: str, name: str, **peers: object) -> dict[str, object]:
    """Returns a rule of Antrea; what it drops is written to the log of the node."""
    return {"action": action, "name": name, "enableLogging": action != "Allow", **peers}


IDIOMS: tuple[Idiom, ...] = (
    owned("namespaces of teams see only themselves, the gateway and names, and no pod reads the machine's metadata", (
        top(f"{ANTREA}:Tier", "guard", {"priority": 10, "description": "Rules of the platform that no team changes"}),
        top(f"{ANTREA}:ClusterGroup", "gateway", {"namespaceSelector": {"matchLabels": {
            "kubernetes.io/metadata.name": "gateway"}}}),
        top(f"{ANTREA}:ClusterNetworkPolicy", "metadata", {
            "priority": 1, "tier": "guard", "appliedTo": [{"namespaceSelector": {}}], "egress": [
                ruled("Drop", "no-metadata", to=[{"ipBlock": {"cidr": "169.254.169.254/32"}}])]}),
        top(f"{ANTREA}:ClusterNetworkPolicy", "teams", {
            "priority": 5, "tier": "baseline", "appliedTo": TEAMS, "ingress": [
                ruled("Allow", "from-own", **{"from": [{"namespaces": {"match": "Self"}}]}),
                ruled("Allow", "from-gateway", **{"from": [{"namespaceSelector": {"matchLabels": {
                    "kubernetes.io/metadata.name": "gateway"}}}]}, ports=[{"protocol": "TCP", "port": 8443}]),
                ruled("Drop", "from-others")], "egress": [
                ruled("Allow", "to-own", to=[{"namespaces": {"match": "Self"}}]),
                ruled("Allow", "to-names", to=[{"namespaceSelector": {"matchLabels": {
                    "kubernetes.io/metadata.name": "kube-system"}}}], ports=[
                        {"protocol": "UDP", "port": 53}, {"protocol": "TCP", "port": 53}]),
                ruled("Drop", "to-others")]})),
        "antrea-io/antrea, docs/antrea-network-policy.md", "crd.antrea.io"),
    owned("pods start only from images that the bank's signer signed, which Ratify tells Gatekeeper over TLS", (
        top(f"{RATIFY}:Store", "mirror", {"name": "oras", "version": "1.0.0", "parameters": {
            "cosignEnabled": False, "useHttp": False, "authProvider": {"name": "k8Secrets", "serviceAccountName":
                                                                       "ratify-admin"}}}),
        top(f"{RATIFY}:KeyManagementProvider", "signer", {"type": "inline", "parameters": {
            "contentType": "certificate", "value": SIGNER}}),
        top(f"{RATIFY}:Verifier", "signatures", {
            "name": "notation", "version": "1.0.0", "artifactTypes": "application/vnd.cncf.notary.signature",
            "parameters": {"verificationCertStores": {"ca": {"signers": ["signer"]}}, "trustPolicyDoc": {
                "version": "1.0", "trustPolicies": [{
                    "name": "apps", "registryScopes": [f"{MIRROR}/apps"], "trustStores": ["ca:signers"],
                    "trustedIdentities": ["x509.subject: C=AE, O=Bank, CN=images"], "signatureVerification": {
                        "level": "strict"}}]}}}),
        top(f"{RATIFY}:Policy", "ratify-policy", {"type": "configpolicy", "parameters": {
            "artifactVerificationPolicies": {"application/vnd.cncf.notary.signature": "all", "default": "all"}}}),
        top("externaldata.gatekeeper.sh/v1beta1:Provider", "ratify-provider", {
            "url": "https://ratify.gatekeeper-system.svc.cluster.local:6001/ratify/gatekeeper/v2/verify", "timeout": 5,
            "caBundle": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t"}),
        reached("ratify", "gatekeeper-system", {"app": "ratify"}, 6001, "gatekeeper-system")),
        "ratify-project/ratify, docs/reference/crds; open-policy-agent.github.io/gatekeeper, externaldata",
        "config.ratify.deislabs.io", "externaldata.gatekeeper.sh"),
    owned("a change goes from the test to production after a day and the agreement of somebody else", (
        password("promoter", "payments", "token", "webhookSecret"),
        inside(f"{PROMOTER}:ScmProvider", "bank", {
            "secretRef": {"name": "promoter"}, "gitlab": {"domain": "git.bank.ae"}, "inboundWebhookVerification":
            "RequireVerification"}, "payments"),
        inside(f"{PROMOTER}:GitRepository", "deploy", {
            "gitlab": {"name": "deploy", "namespace": "payments", "projectId": 4711}, "scmProviderRef": {
                "kind": "ScmProvider", "name": "bank"}}, "payments"),
        inside(f"{PROMOTER}:TimedCommitStatus", "payments", {
            "promotionStrategyRef": {"name": "payments"}, "environments": [
                {"branch": "environment/test", "duration": "24h"}]}, "payments"),
        inside(f"{PROMOTER}:ArgoCDCommitStatus", "payments", {
            "promotionStrategyRef": {"name": "payments"}, "applicationSelector": {"matchLabels": {
                "app": "payments"}}}, "payments"),
        inside(f"{PROMOTER}:PromotionStrategy", "payments", {
            "gitRepositoryRef": {"name": "deploy"}, "activeCommitStatuses": [
                {"key": "argocd-health"}, {"key": "timer"}], "proposedCommitStatuses": [{"key": "security-scan"}],
            "environments": [{"branch": "environment/test", "autoMerge": True},
                             {"branch": "environment/prod", "autoMerge": False}]}, "payments")),
        "argoproj-labs/gitops-promoter, docs/crd-specs.md", "promoter.argoproj.io"),
    owned("the mesh is kept by the Sail operator: mutual TLS everywhere, and no way out that nobody registered", (
        top("sailoperator.io/v1:Istio", "default", {
            "version": "v1.28.1", "namespace": "istio-system", "updateStrategy": {
                "type": "RevisionBased", "inactiveRevisionDeletionGracePeriodSeconds": 3600, "updateWorkloads": False},
            "values": {
                "global": {"logAsJson": True, "proxy": {"image": image("istio/proxyv2"), "privileged": False,
                                                        "resources": SMALL}},
                "meshConfig": {
                    "trustDomain": "bank.ae", "enableAutoMtls": True, "outboundTrafficPolicy": {
                        "mode": "REGISTRY_ONLY"}, "meshMTLS": {"minProtocolVersion": "TLSV1_3"}, "accessLogFile":
                    "/dev/stdout", "accessLogEncoding": "JSON"},
                "pilot": {"image": image("istio/pilot"), "autoscaleMin": 2, "podLabels": TAGS, "resources": LARGE,
                          "cni": {"enabled": True}}}}),
        inside("security.istio.io/v1:PeerAuthentication", "default", {"mtls": {"mode": "STRICT"}}, "istio-system"),
        inside("security.istio.io/v1:AuthorizationPolicy", "nothing", {}, "istio-system"),
        inside("networking.istio.io/v1:ServiceEntry", "desk", {
            "hosts": ["desk.bank.ae"], "location": "MESH_EXTERNAL", "resolution": "DNS", "exportTo": ["."], "ports": [
                {"number": 443, "name": "tls", "protocol": "TLS"}]}, "payments")),
        "istio-ecosystem/sail-operator, README.md; istio.io/latest/docs/ops/best-practices/security",
        "sailoperator.io"),
    owned("a department makes namespaces of its own under one sum of machines, and rules of the parent hold in all", (
        top(f"{HNC}:HNCConfiguration", "config", {"resources": [
            {"resource": "secrets", "mode": "Ignore"}, {"resource": "limitranges", "mode": "Propagate"},
            {"group": "networking.k8s.io", "resource": "networkpolicies", "mode": "Propagate"}]}),
        inside(f"{HNC}:HierarchyConfiguration", "hierarchy", {"allowCascadingDeletion": False}, "payments"),
        inside(f"{HNC}:HierarchicalResourceQuota", "payments", {"hard": {
            "requests.cpu": "40", "limits.memory": "160Gi", "requests.storage": "2Ti", "services.loadbalancers": "0",
            "services.nodeports": "0", "pods": "200"}}, "payments"),
        inside(f"{HNC}:SubnamespaceAnchor", "payments-test", {"labels": [
            {"key": "pod-security.kubernetes.io/enforce", "value": "restricted"}]}, "payments"),
        k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta("closed", "payments"), "spec": {
            "podSelector": {}, "policyTypes": ["Ingress", "Egress"], "ingress": [{"from": [{"podSelector": {}}]}],
            "egress": [*DNS, {"to": [{"podSelector": {}}]}]}}, "closed"),
        within("view", "payments-staff", "payments")),
        "kubernetes-sigs/hierarchical-namespaces, docs/user-guide", "hnc.x-k8s.io"),
    owned("images of programs are built by kpack from the bank's own buildpacks, and go to the bank's registry alone", (
        k8s("core/v1:ServiceAccount", {
            "metadata": meta("builder", "builds"), "automountServiceAccountToken": False, "secrets": [
                {"name": "registry"}, {"name": "git"}], "imagePullSecrets": [{"name": "registry"}]}, "builder"),
        top(f"{KPACK}:ClusterStore", "bank", {
            "serviceAccountRef": {"name": "builder", "namespace": "builds"}, "sources": [
                {"image": image("buildpacks/python")}, {"image": image("buildpacks/java")}]}),
        top(f"{KPACK}:ClusterStack", "jammy", {
            "id": "io.buildpacks.stacks.jammy", "serviceAccountRef": {"name": "builder", "namespace": "builds"},
            "buildImage": {"image": image("buildpacks/build-jammy")}, "runImage": {"image": image(
                "buildpacks/run-jammy-tiny")}}),
        inside(f"{KPACK}:Builder", "bank", {
            "tag": f"{MIRROR}/builders/bank", "serviceAccountName": "builder", "stack": {
                "kind": "ClusterStack", "name": "jammy"}, "store": {"kind": "ClusterStore", "name": "bank"}, "order": [
                    {"group": [{"id": "paketo-buildpacks/python"}]}, {"group": [{"id": "paketo-buildpacks/java"}]}]},
            "builds"),
        inside(f"{KPACK}:Image", "scores", {
            "tag": f"{MIRROR}/apps/scores", "serviceAccountName": "builder", "builder": {
                "kind": "Builder", "name": "bank"}, "source": {"git": {
                    "url": "https://git.bank.ae/risk/scores.git", "revision":
                    "9d5ccef278218dea4caa903bb6abb9ed974a1d90"}},
            "cache": {"volume": {"size": "5Gi", "storageClassName": "encrypted"}}, "successBuildHistoryLimit": 5,
            "failedBuildHistoryLimit": 5, "imageTaggingStrategy": "BuildNumber", "build": {"resources": LARGE}},
            "builds")),
        "buildpacks-community/kpack, docs/builders.md; docs/image.md", "kpack.io"),
    Idiom("transfers run in pods of their own user namespace, with a helper beside them that ships their records", (
        k8s("core/v1:Namespace", {"metadata": {"name": "transfers", "labels": {**TAGS, **ENFORCED, "tier": "team"}}},
            "transfers"),
        k8s("core/v1:ResourceQuota", {"metadata": meta("transfers", "transfers"), "spec": {"hard": {
            "requests.cpu": "16", "limits.memory": "64Gi", "services.loadbalancers": "0"}}}, "quota"),
        k8s("core/v1:LimitRange", {"metadata": meta("transfers", "transfers"), "spec": {"limits": [{
            "type": "Container", "default": {"cpu": "500m", "memory": "512Mi"}, "defaultRequest": {
                "cpu": "100m", "memory": "256Mi"}, "max": {"cpu": "4", "memory": "8Gi"}}]}}, "limits"),
        account("transfers", "transfers"),
        k8s("apps/v1:Deployment", {"metadata": meta("transfers", "transfers"), "spec": {
            "replicas": 3, "selector": {"matchLabels": {"app": "transfers"}}, "strategy": {"rollingUpdate": {
                "maxUnavailable": 0, "maxSurge": 1}}, "template": {
                    "metadata": {"labels": {**TAGS, "app": "transfers"}}, "spec": {
                        "serviceAccountName": "transfers", "automountServiceAccountToken": False, "hostUsers": False,
                        "enableServiceLinks": False, "securityContext": POD, "topologySpreadConstraints": SPREAD,
                        "terminationGracePeriodSeconds": 60, "initContainers": [{
                            "name": "records", "image": image("fluent/fluent-bit"), "restartPolicy": "Always",
                            "resources": SMALL, "securityContext": CLOSED, "volumeMounts": SCRATCH_MOUNTS}],
                        "containers": [{
                            "name": "transfers", "image": image("apps/transfers"), "resources": LARGE,
                            "securityContext": CLOSED, "ports": [{"containerPort": 8443}], "env": [
                                secret_variable("DATABASE_PASSWORD", "transfers", "password")],
                            "readinessProbe": {"httpGet": PROBE}, "startupProbe": {
                                "httpGet": PROBE, "failureThreshold": 30}, "volumeMounts": SCRATCH_MOUNTS}],
                        "volumes": SCRATCH}}}}, "transfers"),
        k8s("core/v1:Service", {"metadata": meta("transfers", "transfers"), "spec": {
            "type": "ClusterIP", "trafficDistribution": "PreferSameZone", "selector": {"app": "transfers"}, "ports": [
                {"port": 443, "targetPort": 8443, "appProtocol": "https"}]}}, "service"),
        k8s("autoscaling/v2:HorizontalPodAutoscaler", {"metadata": meta("transfers", "transfers"), "spec": {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "transfers"}, "minReplicas": 3,
            "maxReplicas": 6, "metrics": [{"type": "ContainerResource", "containerResource": {
                "name": "cpu", "container": "transfers", "target": {
                    "type": "Utilization", "averageUtilization": 70}}}]}}, "scale"),
        k8s("policy/v1:PodDisruptionBudget", {"metadata": meta("transfers", "transfers"), "spec": {
            "maxUnavailable": 1, "unhealthyPodEvictionPolicy": "AlwaysAllow", "selector": {"matchLabels": {
                "app": "transfers"}}}}, "budget"),
        k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta("transfers", "transfers"), "spec": {
            "podSelector": {}, "policyTypes": ["Ingress", "Egress"], "egress": [*DNS, {
                "to": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "ledger"}}}],
                "ports": [{"port": 5432, "protocol": "TCP"}]}], "ingress": [{
                "from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "gateway"}}}],
                "ports": [{"port": 8443, "protocol": "TCP"}]}]}}, "network")),
        "kubernetes.io/docs/concepts/workloads/pods/sidecar-containers; kubernetes.io/docs, user-namespaces", ours()),
)  # fmt: skip
