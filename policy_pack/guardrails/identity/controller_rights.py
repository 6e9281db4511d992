"""Objects of a cluster by which a controller acts with its own rights for whoever writes them.

A controller does what its objects say, with the rights of its own account, which are mostly those of the cluster's
administrator. So permission to write the objects is permission for what the controller does. In a team's namespace
that is most often confined to it; it is not in the namespaces of controllers, or by a role of every namespace.

Groups and kinds by datreeio/CRDs-catalog 7b1e26ef, openshift/api 2a3d7391, karmada-io/karmada f8fdd02d,
kubeflow/trainer 8c0f5059, kubewarden/kubewarden-controller 3460bb71, rancher/rancher 59bd052e and tektoncd/pipeline
3ee1745a, read 2026-11-29, and by the definitions in openkruise/kruise 07169cf, volcano ed72c7c, jobset 08dfbdf, lws
060ab4d, kuberay feeaf72, appwrapper b47a99e, pulumi-kubernetes-operator 475dbc6, hcp-terraform-operator 6c975cb,
kapp-controller e4b4822, kubevela 5a44b5f, kubesphere 04a29b5, kernel-module-management de3f8c9, Mellanox/
network-operator b06827e (SR-IOV too), cluster-node-tuning-operator d2394aa, security-profiles-operator a2e4c4b,
camel-k 4782ebd, kanister 534f152, fission 920a4df, dask-kubernetes 1daa175, nuclio 9e837f6, faas-netes 662ce9c,
seldon-core 7b77f8b, stashed/apimachinery 8bddb4d, chaos-mesh 608b61e, litmuschaos/chaos-operator af8244e,
spire-controller-manager 430567c, consul-k8s a507b1d, cilium/tetragon 4fbfe2d, metacontroller 175eac0, hierarchical-
namespaces edf6ade, cloud-on-k8s 7b93383, ROCm/gpu-operator 6df13c1, intel-device-plugins-for-kubernetes 94a91bc,
redpanda-operator 0ab8019, harbor-operator b369ee6, milvus-operator a6dcc63, mongodb-kubernetes 67a9299,
opensearch-k8s-operator ef6502a, aibrix e3e10f9, ome 17b77ed, llmaz 3c13ff3, kaito 056b828, vllm-project/
production-stack a6c01db, KubeArmor 510cee3, linkerd2 b24cd40, dapr d845074, metallb 7938d3f, calico 87c1590 and
trust-manager fc1b53d, read 2026-11-30; inspektor-gadget aeac857 has its group in examples only. That pods of operators,
and programs that one runs, have accounts, images or directories of their writer's choice is by the same schemas
(`serviceAccountName`, `containers`, `hostPath`, `image`, `brokerPodSpec`, `moverServiceAccount`; only images of the
nodes for Eraser, values of its chart for GitLab, and nothing for Kanister), and that backups run commands in pods by
velero d2241ad pkg/apis/velero/v1/backup_types.go (ExecHook). What a controller does, with whose rights: argo-cd 37ee009
docs/operator-manual/app-sync-using-impersonation.md, fluxcd/website 6da0f38 content/en/flux/installation/configuration/
multitenancy.md, karpenter-provider-aws 1d92708 website/content/en/docs/concepts/nodeclasses.md, kyverno/website
7c0814a src/content/docs/docs/policy-types/cluster-policy/generate.md, external-secrets cc5bfbc docs/guides/
security-best-practices.md, trust-manager README.md, gateway-api apis/v1beta1/referencegrant_types.go, istio/api
b8f8791 networking/v1alpha3/envoy_filter.pb.go, helm-controller of K3s pkg/app/app.go and node-feature-discovery 76e6cc8
docs/usage/customization-guide.md, read 2026-11-30. What the others do is by the projects' documentation, as known on
2026-11-29; the text beside each right says it. Operators of databases and brokers, and those that bring secrets from a
vault with an identity of their own, are the groups of their kind in datreeio/CRDs-catalog 7b1e26ef, and SecretExport of
secretgen-controller as found in public repositories; read 2026-12-01. A Certificate names the Secret that cert-manager
writes, and an Issuer signs for its namespace (cert-manager/cert-manager 02d90248 pkg/apis/certmanager/v1,
types_certificate.go, and the description of Issuer in its CRD, found as a string); a Gateway says for which hosts and
with which Secret its listeners answer (kubernetes-sigs/gateway-api 00068f38 apis/v1/gateway_types.go); read 2026-12-01.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from ..engine.lazy_regex import lazy_regex
from ..readers.shared_namespaces import CONTROLLER_NAMESPACES

CHANGES = frozenset({"create", "update", "patch"})
"""Verbs that write an object. A changed template runs what a new one does."""
_REMOVALS = frozenset({"delete", "update", "patch"})
_EVERY_KIND = frozenset[str]()
_EVERY_GROUP = lazy_regex(r".*")


class Where(Enum):
    """Where a role must be for a permission to reach beyond its team."""

    CLUSTER = auto()
    """A role of every namespace."""
    CONTROLLER = auto()
    """A role of every namespace, or one in the namespace of a controller."""
    ANYWHERE = auto()
    """Any role: the controller reads its objects in its own namespace only, and acts in all."""


@dataclass(frozen=True, slots=True)
class Right:
    """A permission on objects of controllers, and what it grants."""

    grants: str
    """What whoever has the permission gets, for the message."""
    groups: re.Pattern[str] = _EVERY_GROUP
    """API groups of the objects."""
    kinds: frozenset[str] = _EVERY_KIND
    """Kinds in the plural and lower case; empty if all kinds of the groups count."""
    verbs: frozenset[str] = CHANGES
    """Verbs of which one is enough."""
    where: Where = Where.CLUSTER
    """Where the role must be."""

    def is_in(self, groups: frozenset[str], kinds: frozenset[str], verbs: frozenset[str]) -> bool:
        """Returns whether a rule of a role has this permission; parts of objects, such as their status, do not count
        where all kinds do."""
        if not verbs & self.verbs or not any(map(self.groups.fullmatch, groups or {""})):
            return False
        return bool(kinds & self.kinds) if self.kinds else any("/" not in kind for kind in kinds)


def _groups(*names: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?:.+\.)?{re.escape(name)}" for name in names))


RIGHTS: tuple[Right, ...] = (
    Right("deployments of any object by Argo CD", _groups("argoproj.io"),
          frozenset({"applications", "applicationsets", "appprojects"}), where=Where.CONTROLLER),
    Right("pods of operators with any account, in every namespace", _groups(
        "actions.github.com", "apps.kruise.io", "apps.openshift.io", "argoproj.io", "batch.volcano.sh",
        "flink.apache.org", "jobset.x-k8s.io", "kubeflow.org", "kubevirt.io", "leaderworkerset.x-k8s.io", "ray.io",
        "serving.knative.dev", "serving.kserve.io", "sparkoperator.k8s.io", "tekton.dev", "trainer.kubeflow.org",
        "workload.codeflare.dev", "disaggregatedset.x-k8s.io", "flow.volcano.sh", "gateway-operator.konghq.com",
        "inference.llmaz.io", "kaito.sh", "ollama.ayaka.io", "ome.io", "orchestration.aibrix.ai",
        "production-stack.vllm.ai", "serving.yatai.ai", "sinks.knative.dev")),
    Right("pods of operators with any account, in every namespace", _groups("keda.sh"), frozenset({"scaledjobs"})),
    Right("deployments of any object by a controller", _groups(
        "app.terraform.io", "auto.pulumi.com", "cnrm.cloud.google.com", "fleet.cattle.io",
        "clustersecret.io", "core.oam.dev", "fluxcd.controlplane.io", "helm.cattle.io", "kappctrl.k14s.io",
        "kargo.akuity.io", "kluctl.io", "metacontroller.k8s.io", "open-cluster-management.io", "packaging.carvel.dev",
        "projectsveltos.io", "pulumi.com"),
          where=Where.CONTROLLER),
    Right("deployments of any object by a controller", _groups("catalog.cattle.io", "kubesphere.io"), frozenset({
        "applicationreleases", "clusterrepos", "extensions", "extensionversions", "installplans", "uiplugins"}),
          where=Where.CONTROLLER),
    Right("the settings of the cluster itself, its operators and its machines", _groups(
        "config.openshift.io", "operator.openshift.io", "operator.tigera.io", "operator.karmada.io",
        "provisioning.cattle.io", "rke.cattle.io")),
    Right("who signs in to the cluster", _groups("pinniped.dev"), frozenset({
        "activedirectoryidentityproviders", "federationdomains", "githubidentityproviders", "jwtauthenticators",
        "ldapidentityproviders", "oidcidentityproviders", "webhookauthenticators"}), where=Where.CONTROLLER),
    Right("roles and memberships that a controller or an authorizer grants", _groups(
        "authorization.openshift.io", "iam.kubesphere.io", "management.cattle.io", "rbacmanager.reactiveops.io",
        "security.openshift.io", "user.openshift.io"), where=Where.ANYWHERE),
    Right("programs with the rights of their node", _groups(
        "akri.sh", "amd.com", "intel.com", "kmm.sigs.x-k8s.io", "mellanox.com", "metal3.io", "nvidia.com",
        "performance.openshift.io", "security-profiles-operator.x-k8s.io", "sriovnetwork.openshift.io", "talos.dev",
        "tinkerbell.org", "tuned.openshift.io", "tuppr.home-operations.com", "upgrade.cattle.io")),
    Right("labels, taints and resources of nodes, by which pods find them", _groups("nfd.k8s-sigs.io")),
    Right("programs that an operator runs for whoever writes its objects, in every namespace", _groups(
        "actions.summerwind.dev", "apps.gitlab.com", "awx.ansible.com", "camel.apache.org", "cr.kanister.io",
        "eraser.sh", "fission.io", "fluent.io", "gadget.kinvolk.io", "job.min.io", "k6.io", "k8up.io",
        "kubernetes.dask.org", "logging.banzaicloud.io", "nuclio.io", "openfaas.com", "opentelemetry.io",
        "operator.victoriametrics.com", "renovate-operator.mogenius.com", "seldon.io", "sources.knative.dev",
        "stash.appscode.com", "temporal.io", "testkube.io", "volsync.backube", "jaegertracing.io", "k8s.elastic.co",
        "logging-extensions.banzaicloud.io", "sailoperator.io")),
    Right("programs that an operator runs for whoever writes its objects, in every namespace",
          _groups("monitoring.coreos.com"), frozenset({
              "alertmanagers", "prometheusagents", "prometheuses", "scrapeconfigs", "thanosrulers"})),
    Right("databases, brokers and boards of others, their users and their programs", kinds=frozenset({
        "elasticsearches", "grafanadatasources", "grafanas", "grafanaserviceaccounts", "kafkabridges",
        "kafkaconnectors", "kafkaconnects", "kafkamirrormaker2s", "kafkamirrormakers", "kafkanodepools", "kafkas",
        "kafkausers", "keycloakrealmimports", "keycloaks", "mongodbcommunity", "operatorconfigurations",
        "policybindings", "postgresqls", "postgresteams", "rabbitmqclusters", "stackconfigpolicies", "strimzipodsets",
        "teleportroles", "teleportusers"})),
    Right("databases, brokers and boards of others, their users and their programs", _groups("postgresql.cnpg.io"),
          frozenset({"clusters", "databaseroles", "databases", "poolers", "publications", "subscriptions"})),
    Right("databases, brokers and boards of others, their users and their programs", _groups(
        "app.redislabs.com", "apps.emqx.io", "clickhouse.altinity.com", "clickhouse.com", "cluster.redpanda.com",
        "databases.spotahome.com", "dragonflydb.io", "druid.apache.org", "goharbor.io", "hivemq.com",
        "jetstream.nats.io", "k8s.mariadb.com", "milvus.io", "minio.min.io", "mongodb.com", "mysql.oracle.com",
        "mysql.presslabs.org", "opensearch.opster.io", "opensearch.org", "percona.com", "pingcap.com",
        "platform.confluent.io", "postgres-operator.crunchydata.com", "redis.redis.opstreelabs.in",
        "redpanda.vectorized.io", "scylla.scylladb.com", "valkey.io")),
    Right("databases, brokers and boards of others, their users and their programs", _groups("rabbitmq.com"),
          frozenset({"federations", "operatorpolicies", "permissions", "policies", "shovels", "topicpermissions",
                     "users"})),
    Right("volumes and backups of others, by a controller of storage", _groups("longhorn.io", "ceph.rook.io")),
    Right("programs of others that are stopped, and calls of theirs that are read, in the kernel", kinds=frozenset({
        "kubearmorclusterpolicies", "kubearmorhostpolicies", "kubearmornetworkpolicies", "kubearmorpolicies",
        "tracingpolicies", "tracingpoliciesnamespaced"})),
    Right("failures of the programs of others", _groups("chaos-mesh.org", "litmuschaos.io")),
    Right("the authorities that pods of every namespace trust", _groups("trust.cert-manager.io", "trust-manager.io"),
          frozenset({"bundles", "clusterbundles"})),
    Right("programs and settings of the proxies of others", kinds=frozenset({
        "apisixglobalrules", "apisixpluginconfigs", "ciliumclusterwideenvoyconfigs", "ciliumenvoyconfigs",
        "envoyextensionpolicies", "envoyfilters", "envoypatchpolicies", "envoyproxies", "httproutefilters",
        "kongclusterplugins", "kongplugins", "middlewares", "middlewaretcps", "proxyconfigs", "proxydefaults",
        "serviceprofiles", "sidecars", "trafficextensions", "wasmplugins"}), where=Where.CONTROLLER),
    Right("programs and settings of the proxies of others", _groups(
        "dapr.io", "ingress.v1.haproxy.org", "ingress.v3.haproxy.org", "kuma.io"), where=Where.CONTROLLER),
    Right("who signs in to the services of others, and who calls them", _groups(
        "dex.coreos.com", "k8s.keycloak.org", "resources.teleport.dev", "v1.edp.epam.com")),
    Right("who signs in to the services of others, and who calls them", kinds=frozenset({
        "apisixconsumers", "authservices", "backendtlspolicies", "clienttrafficpolicies", "extensionservices",
        "kongconsumergroups", "kongconsumers", "meshtlsauthentications", "networkauthentications",
        "requestauthentications", "securitypolicies", "serverauthorizations", "serviceintentions"})),
    Right("names of hosts, at which others are found", _groups("externaldns.k8s.io", "externaldns.nginx.org"),
          frozenset({"dnsendpoints", "dnsrecords"})),
    Right("the network of every node and pod", kinds=frozenset({
        "bgpadvertisements", "bgpconfigurations", "bgpfilters", "bgppeers", "frrconfigurations", "ipaddresspools",
        "l2advertisements", "tiers", "ciliumegressgatewaypolicies", "ciliumendpoints",
        "ciliumendpointslices", "ciliumidentities", "ciliumlocalredirectpolicies", "ciliumnodes", "eniconfigs",
        "felixconfigurations", "globalnetworksets", "hostendpoints", "ippools", "kubecontrollersconfigurations",
        "network-attachment-definitions", "securitygrouppolicies", "targetgroupbindings"})),
    Right("processors and memory of the pods of others", _groups("autoscaling.k8s.io"),
          frozenset({"verticalpodautoscalers"})),
    Right("secrets that a controller reads for whoever asks, in every namespace", kinds=frozenset({
        "azurekeyvaultsecrets", "clusterexternalsecrets", "clusterpushsecrets", "csisecrets", "dopplersecrets",
        "externalsecrets", "hcpvaultsecretsapps", "infisicaldynamicsecrets", "infisicalpushsecrets",
        "infisicalsecrets", "kafkaaccesses", "onepassworditems", "pushsecrets", "secretexports", "secretimports",
        "secretproviderclasses", "vaultdynamicsecrets", "vaultstaticsecrets"})),
    Right("what a backup holds of every namespace, and where backups go", _groups("velero.io"),
          frozenset({"backups", "backupstoragelocations", "deletebackuprequests", "downloadrequests",
                     "podvolumerestores", "restores", "schedules"}),
          where=Where.ANYWHERE),
    Right("removal of the policies that separate tenants", verbs=_REMOVALS, kinds=frozenset({
        "networkpolicies", "ciliumnetworkpolicies", "authorizationpolicies", "peerauthentications"})),
    Right("policies by which a controller creates and changes objects of others", _groups("kyverno.io"), frozenset({
        "cleanuppolicies", "clustercleanuppolicies", "clusterpolicies", "deletingpolicies", "generatingpolicies",
        "globalcontextentries", "imagevalidatingpolicies", "mutatingpolicies", "namespaceddeletingpolicies",
        "namespacedgeneratingpolicies", "namespacedimagevalidatingpolicies", "namespacedmutatingpolicies",
        "namespacedvalidatingpolicies", "policies", "updaterequests", "validatingpolicies"}),
          CHANGES | _REMOVALS, Where.CONTROLLER),
    Right("control of admission policies",
          _groups("gatekeeper.sh", "policies.kubewarden.io", "policy.sigstore.dev"),
          verbs=CHANGES | _REMOVALS, where=Where.CONTROLLER),
    Right("deployments of any object by Flux", _groups("fluxcd.io"), where=Where.CONTROLLER),
    Right("objects and cloud resources that a controller creates with its own rights",
          _groups("crossplane.io", "kro.run", "upbound.io", "services.k8s.aws", "azure.com", "operators.coreos.com"),
          where=Where.CONTROLLER),
    Right("objects of others, by tenants, hierarchies and propagation",
          _groups("capsule.clastix.io", "config.karmada.io", "hnc.x-k8s.io", "policy.karmada.io", "work.karmada.io")),
    Right("identities of all others", _groups("spire.spiffe.io"), where=Where.CONTROLLER),
    Right("the vaults from which secrets come, and to which they go",
          _groups("external-secrets.io", "secrets.hashicorp.com"), frozenset({
              "clustergenerators", "clustersecretstores", "secretstores", "vaultauths", "vaultconnections",
              "vaultauthglobals", "vaultpkisecrets"})),
    Right("the vaults from which secrets come, and to which they go", _groups("vault.banzaicloud.com")),
    Right("the authorities that sign for every namespace", _groups("cert-manager.io"), frozenset({"clusterissuers"})),
    Right("certificates in the names of others, and the secrets in which they lie", _groups("cert-manager.io"),
          frozenset({"certificaterequests", "certificaterequests/approval", "certificaterequests/status",
                     "certificates", "issuers"})),
    Right("what each new node runs when it starts", _groups("karpenter.k8s.aws", "karpenter.azure.com",
          "eks.amazonaws.com", "cluster.x-k8s.io", "machineconfiguration.openshift.io", "machine.openshift.io"),
          where=Where.CONTROLLER),
    Right("the ceilings of machines, processors and GPUs", _groups("autoscaling.x-k8s.io", "karpenter.sh",
          "kueue.x-k8s.io", "scheduling.run.ai", "scheduling.volcano.sh"), frozenset({
              "admissionchecks", "bindrequests", "capacitybuffers", "capacityquotas", "clusterqueues", "cohorts",
              "multikueueclusters", "nodeclaims", "nodeoverlays", "nodepools", "queues", "resourceflavors",
              "workloadpriorityclasses"}),
          CHANGES | {"deletecollection"}),
    Right("control of policies of the whole cluster", verbs=CHANGES | _REMOVALS, where=Where.ANYWHERE, kinds=frozenset({
        "adminnetworkpolicies", "baselineadminnetworkpolicies", "ciliumclusterwidenetworkpolicies",
        "clusternetworkpolicies", "globalnetworkpolicies", "policyexceptions"})),
    Right("volumes of other namespaces, by the handle of a snapshot", verbs=frozenset({"create"}), where=Where.ANYWHERE,
          kinds=frozenset({"volumegroupsnapshotcontents", "volumesnapshotcontents"})),
    Right("the requests that others receive", kinds=frozenset({
        "apisixroutes", "backendtlspolicies", "destinationrules", "envoyextensionpolicies", "envoyfilters",
        "envoypatchpolicies", "externalworkloads", "gateways", "grpcroutes", "httpproxies", "httproutes", "ingresses",
        "ingressroutes", "ingressroutetcps", "ingressrouteudps", "listenersets", "referencegrants", "routegroups",
        "routes", "serviceentries", "serviceresolvers", "servicerouters", "servicesplitters", "tcpingresses",
        "tcproutes", "tlsroutes", "transportservers", "udpingresses", "udproutes", "virtualserverroutes",
        "virtualservers", "virtualservices", "workloadentries"})),
)  # fmt: skip
"""Permissions on kinds of others than Kubernetes itself that reach beyond the team that has them."""


def granted_by(
    *, groups: frozenset[str], kinds: frozenset[str], verbs: frozenset[str], in_cluster: bool, namespace: object
) -> Iterator[str]:
    """Yields what a rule of a role without names of objects grants by controllers. `in_cluster`: whether the role is of
    every namespace; `namespace`: that of the role otherwise."""
    in_controllers = isinstance(namespace, str) and CONTROLLER_NAMESPACES.fullmatch(namespace) is not None
    reached = {
        Where.CLUSTER: in_cluster,
        Where.CONTROLLER: in_cluster or in_controllers,
        Where.ANYWHERE: True,
    }
    yield from (right.grants for right in RIGHTS if reached[right.where] and right.is_in(groups, kinds, verbs))
