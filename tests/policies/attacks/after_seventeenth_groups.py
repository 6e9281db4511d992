"""Attacks on objects whose API groups a team lists: rights on everything, sign-in without a question, modes that only
watch, credentials that are passed on, signatures of anybody.

Written on 2026-11-30 after the seventeenth set. A team that lists a group says that its kinds are known, not that a
protection may be off: no attack here counts as refused because nobody has reviewed its kind. Fields as in the CRDs of
datreeio/CRDs-catalog 7b1e26ef, unless a source says otherwise; all read on that day.
"""

from typing import cast

from ..blind import ME, TAGS, crd, k8s, meta, release, workload
from ..harness import Given
from . import Attack

SWITCH, NAMED = ("FJ-ESC-115",), ("FJ-IDN-313",)
MIRROR = f"{ME}.dkr.ecr.me-central-1.amazonaws.com"
DIGEST = "@sha256:" + "d" * 64
CONSUL, KUMA, CEPH = "consul.hashicorp.com/v1alpha1", "kuma.io/v1alpha1", "ceph.rook.io/v1"
KUBEWARDEN, FLUX, OPENSHIFT = "policies.kubewarden.io/v1", "source.toolkit.fluxcd.io/v1", "config.openshift.io/v1"
KGATEWAY, CAPSULE, SPIRE = "gateway.kgateway.dev/v1alpha1", "capsule.clastix.io/v1beta2", "spire.spiffe.io/v1alpha1"
MARIADB, PXC, VM = "k8s.mariadb.com/v1alpha1", "pxc.percona.com/v1", "operator.victoriametrics.com/v1beta1"
SIGSTORE, APISIX, ARGOCD = "policy.sigstore.dev/v1beta1", "apisix.apache.org/v2", "argoproj.io/v1beta1:ArgoCD"
EVERYBODY = "system:authenticated"


def _of(kind: str, spec: dict[str, object], **top: object) -> tuple[Given, ...]:
    given = crd(kind, spec)
    return (Given(given.type, {**given.props, **top}, given.name),)


def _bare(kind: str, **top: object) -> tuple[Given, ...]:
    """Returns an object without a spec."""
    return (k8s(kind, {"metadata": meta("x"), **top}, "x"),)


def _policy(kind: str, **spec: object) -> tuple[Given, ...]:
    """Returns a policy of Kubewarden."""
    return _of(f"{KUBEWARDEN}:{kind}", {
        "module": f"registry://{MIRROR}/pod-privileged{DIGEST}", "mutating": False, "settings": {}, "rules": [{
            "apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods"], "operations": ["CREATE"]}],
        **spec})  # fmt: skip


def _source(**verify: object) -> tuple[Given, ...]:
    """Returns a source of Flux that verifies a signature."""
    return _of(f"{FLUX}:OCIRepository", {
        "url": f"oci://{MIRROR}/apps", "interval": "5m", "verify": {"provider": "cosign", **verify}})  # fmt: skip


def _signed(glob: str, *authorities: object) -> tuple[Given, ...]:
    return _of(f"{SIGSTORE}:ClusterImagePolicy", {"images": [{"glob": glob}], "authorities": list(authorities)})


def _set(generator: dict[str, object], project: str = "payments", namespace: str = "payments") -> tuple[Given, ...]:
    """Returns an ApplicationSet with one generator."""
    return (k8s("argoproj.io/v1alpha1:ApplicationSet", {"metadata": meta("everything", "argocd"), "spec": {
        "goTemplate": True, "generators": [generator], "template": {
            "metadata": {"name": "{{ .repository }}"}, "spec": {
                "project": project, "source": {"repoURL": "{{ .url }}", "targetRevision": "{{ .sha }}", "path": "d"},
                "destination": {"server": "https://kubernetes.default.svc", "namespace": namespace}}}}},
        "everything"),)  # fmt: skip


def _found(**provider: object) -> dict[str, object]:
    return {"gitea": {"owner": "bank", "api": "https://git.git.svc", "allBranches": True}, **provider}


def _step(**step: object) -> tuple[Given, ...]:
    """Returns a task of Tekton with one step more than the release of an image."""
    closed = {"securityContext": {
        "runAsNonRoot": True, "runAsUser": 10001, "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]}, "seccompProfile": {"type": "RuntimeDefault"}},
        "computeResources": {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {
            "cpu": "1", "memory": "128Mi"}}}  # fmt: skip
    return (k8s("tekton.dev/v1:Task", {"metadata": meta("release", "builds"), "spec": {"steps": [
        {"image": f"{MIRROR}/tools{DIGEST}", **closed, **step},
        {"name": "promote", "image": f"{MIRROR}/crane{DIGEST}", **closed, "command": ["crane", "tag", "a", "b"]}]}},
        "release"),)  # fmt: skip


def _pool(**budget: object) -> tuple[Given, ...]:
    """Returns a pool of machines with one budget of disruption."""
    return (k8s("karpenter.sh/v1:NodePool", {"metadata": {"name": "services", "labels": TAGS}, "spec": {
        "limits": {"cpu": "128", "memory": "512Gi"}, "disruption": {
            "consolidationPolicy": "WhenEmptyOrUnderutilized", "consolidateAfter": "5m", "budgets": [budget]},
        "template": {"metadata": {"labels": TAGS}, "spec": {
            "expireAfter": "720h", "nodeClassRef": {
                "group": "karpenter.k8s.aws", "kind": "EC2NodeClass", "name": "bank"}, "requirements": [
                    {"key": "karpenter.sh/capacity-type", "operator": "In", "values": ["on-demand"]},
                    {"key": "kubernetes.io/arch", "operator": "In", "values": ["amd64"]},
                    {"key": "node.kubernetes.io/instance-type", "operator": "In", "values": ["m7i.2xlarge"]}]}}}},
        "services"),)  # fmt: skip


def _plugin(reference: str) -> tuple[Given, ...]:
    """Returns workers of Kafka with a plug-in in an image."""
    return _of("kafka.strimzi.io/v1:KafkaConnect", {
        "replicas": 2, "bootstrapServers": "events-kafka-bootstrap:9093", "groupId": "connect", "configStorageTopic":
        "configs", "offsetStorageTopic": "offsets", "statusStorageTopic": "status", "tls": {"trustedCertificates": [
            {"secretName": "events-cluster-ca-cert", "pattern": "*.crt"}]}, "plugins": [
                {"name": "sink", "artifacts": [{"type": "image", "reference": reference}]}]})  # fmt: skip


def _chart(chart: str, version: str, **values: object) -> tuple[Given, ...]:
    return release(chart, version, values)


MESHES = (
    Attack(
        "each path of each service of Consul is open to each other",
        SWITCH,
        _of(
            f"{CONSUL}:ServiceIntentions",
            {
                "destination": {"name": "*"},
                "sources": [{"name": "*", "permissions": [{"action": "allow", "http": {"pathPrefix": "/"}}]}],
            },
        ),
        "critical",
        "no right of the mesh is left",
    ),
    Attack(
        "a service of Consul takes callers without a certificate",
        SWITCH,
        _of(f"{CONSUL}:ServiceDefaults", {"protocol": "http", "mutualTLSMode": "permissive"}),
        "critical",
        "intentions are not enforced for them (consul-k8s a507b1d1e, servicedefaults_types.go)",
    ),
    Attack(
        "teams of Consul may take callers without a certificate",
        SWITCH,
        _of(f"{CONSUL}:Mesh", {"allowEnablingPermissiveMutualTLS": True}),
        "major",
        "the same, for whichever service (mesh_types.go)",
    ),
    Attack(
        "each service of Consul is shown to a partner",
        SWITCH,
        _of(f"{CONSUL}:ExportedServices", {"services": [{"name": "*", "consumers": [{"peer": "partner"}]}]}),
        "major",
        "new ones too",
    ),
    Attack(
        "each service of Kuma may call each other",
        SWITCH,
        _of(
            f"{KUMA}:MeshTrafficPermission",
            {"targetRef": {"kind": "Mesh"}, "from": [{"targetRef": {"kind": "Mesh"}, "default": {"action": "Allow"}}]},
        ),
        "critical",
        "no right of the mesh is left (kuma 348b6528b)",
    ),
    Attack(
        "rights of Kuma only write down whom they would refuse",
        SWITCH,
        _of(
            f"{KUMA}:MeshTrafficPermission",
            {"from": [{"targetRef": {"kind": "Mesh"}, "default": {"action": "AllowWithShadowDeny"}}]},
        ),
        "critical",
        "requests pass (kuma 348b6528b, AllowWithShadowDeny)",
    ),
    Attack(
        "a mesh of Kuma takes callers without a certificate",
        SWITCH,
        _of(
            f"{KUMA}:MeshTLS",
            {
                "targetRef": {"kind": "Mesh"},
                "from": [{"targetRef": {"kind": "Mesh"}, "default": {"mode": "Permissive"}}],
            },
        ),
        "major",
        "who reaches the pod is let in (kuma 348b6528b, meshtls.go)",
    ),
    Attack(
        "a team's Service says who is of the bank's trust domain",
        SWITCH,
        _of(
            f"{SPIRE}:ClusterFederatedTrustDomain",
            {
                "trustDomain": "bank.example.ae",
                "bundleEndpointURL": "https://bundle.team-b.svc:8443",
                "className": "s",
                "bundleEndpointProfile": {"type": "https_web"},
            },
        ),
        "critical",
        "its certificates are taken for the bank's",
    ),
    Attack(
        "each pod has an identity that makes others",
        SWITCH,
        _of(f"{SPIRE}:ClusterSPIFFEID", {"spiffeIDTemplate": "spiffe://bank/{{ .PodMeta.Name }}", "admin": True}),
        "critical",
        "the server's administrative API is open to it (clusterspiffeid_types.go, Admin)",
    ),
)
RIGHTS = (
    Attack("a client of Ceph has every pool", SWITCH, _of(f"{CEPH}:CephClient", {
        "caps": {"mon": "allow *", "osd": "allow *"}}), "critical", "volumes of each team are read and changed"),
    Attack("a user of buckets reads the keys of others", SWITCH, _of(f"{CEPH}:CephObjectStoreUser", {
        "store": "objects", "displayName": "team-a", "capabilities": {"users": "read, write"}}), "critical",
        "GET /admin/user shows keys (Ceph, 'Get user information')"),
    Attack("a user of queues administers the broker", SWITCH, _of("rabbitmq.com/v1beta1:User", {
        "tags": ["administrator"], "rabbitmqClusterReference": {"name": "events"}}), "critical", "each queue is his"),
    Attack("an application is superuser of Zalando's PostgreSQL", SWITCH, _of("acid.zalan.do/v1:postgresql", {
        "teamId": "a", "numberOfInstances": 2, "users": {"app": ["superuser", "createdb"]}}), "critical",
        "it runs programs on the server"),
    Attack("members of a team are superusers of its databases", SWITCH, _bare(
        "acid.zalan.do/v1:OperatorConfiguration", configuration={"teams_api": {"enable_team_superuser": True}}),
        "major", "rows are changed past each rule"),
    Attack("an application is superuser of Crunchy's PostgreSQL", SWITCH, _of(
        "postgres-operator.crunchydata.com/v1beta1:PostgresCluster", {
            "postgresVersion": 17, "users": [{"name": "app", "options": "CREATEDB SUPERUSER"}]}), "critical",
        "the same"),
    Attack("a user of MariaDB has each database", SWITCH, _of(f"{MARIADB}:Grant", {
        "mariaDbRef": {"name": "m"}, "privileges": ["ALL PRIVILEGES"], "username": "app"}), "critical",
        "database and table are * unless they are named"),
    Attack("a user of Percona's MySQL has each database", SWITCH, _of(f"{PXC}:PerconaXtraDBCluster", {
        "users": [{"name": "app", "hosts": ["%"], "grants": ["ALL PRIVILEGES"]}]}), "critical", "the same"),
    Attack("an application is root of MongoDB", SWITCH, _of("mongodbcommunity.mongodb.com/v1:MongoDBCommunity", {
        "members": 3, "type": "ReplicaSet", "version": "8.0.0", "security": {
            "authentication": {"modes": ["SCRAM"]}, "tls": {"enabled": True}}, "users": [
                {"name": "app", "db": "admin", "roles": [{"name": "root", "db": "admin"}]}]}), "critical",
        "every database and its users"),
    Attack("each account is a user of Capsule", SWITCH, _of(f"{CAPSULE}:CapsuleConfiguration", {
        "userGroups": [EVERYBODY]}), "major", "each account makes namespaces"),
    Attack("everybody owns a tenant of Capsule", SWITCH, _of(f"{CAPSULE}:Tenant", {
        "owners": [{"kind": "Group", "name": EVERYBODY}]}), "critical", "each account administers its namespaces"),
    Attack("an owner of a tenant administers the cluster", SWITCH, _of(f"{CAPSULE}:Tenant", {
        "owners": [{"kind": "Group", "name": "team-a", "clusterRoles": ["cluster-admin"]}]}), "critical", "as it says"),
    Attack("everybody starts pods that have their node", SWITCH, _bare(
        "security.openshift.io/v1:SecurityContextConstraints", allowPrivilegedContainer=True, users=[],
        groups=[EVERYBODY]), "critical", "each account is root of each node"),
    Attack("everybody administers Argo CD of an OpenShift", SWITCH, _of(ARGOCD, {
        "rbac": {"policy": "g, system:authenticated, role:admin\n"}}), "critical", "each account deploys anywhere"),
    Attack("whoever signs in to Argo CD administers it", SWITCH, _of(ARGOCD, {"rbac": {
        "defaultPolicy": "role:admin"}}), "critical", "argocd-operator cf5d1c023, argocd_types.go, DefaultPolicy"),
    Attack("routes of each namespace take paths of hosts of others", SWITCH, _of(
        "operator.openshift.io/v1:IngressController", {
            "routeAdmission": {"namespaceOwnership": "InterNamespaceAllowed"}}), "major", "and their cookies"),
    Attack("a machine of a team reads files of its node", SWITCH, _of("kubevirt.io/v1:KubeVirt", {"configuration": {
        "developerConfiguration": {"featureGates": ["HostDisk"]}}}), "critical", "CVE-2025-64324"),
    Attack("secrets of the cluster become events", SWITCH, _of("sources.knative.dev/v1:ApiServerSource", {
        "mode": "Resource", "resources": [{"apiVersion": "v1", "kind": "Secret"}],
        "sink": {"ref": {"apiVersion": "v1", "kind": "Service", "name": "x"}}}), "critical", "each listener has them"),
    Attack("each program sends events to the ledger", SWITCH, _of("eventing.knative.dev/v1alpha1:EventPolicy", {
        "from": [{"sub": "*"}], "to": [{"ref": {
            "apiVersion": "eventing.knative.dev/v1", "kind": "Broker", "name": "ledger"}}]}), "major", "from.sub"),
)  # fmt: skip
DOORS = (
    Attack("a page of Kibana signs in each visitor, by a path of names", NAMED, _of(
        "kibana.k8s.elastic.co/v1:Kibana", {"version": "9.2.0", "count": 2, "elasticsearchRef": {"name": "s"}, "config":
            {"xpack": {"security": {"authc": {"providers": {"anonymous": {"visitors": {"order": 0, "credentials": {
                "username": "visitor", "password": "${VISITOR}"}}}}}}}}}), "critical", "nobody is asked who he is"),
    Attack("whoever reaches Coroot administers it", SWITCH, _of("coroot.com/v1:Coroot", {
        "authAnonymousRole": "Admin"}), "critical", "traces, logs and profiles of each program"),
    Attack("whoever reaches the boards of Scylla is let in", SWITCH, _of(
        "scylla.scylladb.com/v1alpha1:ScyllaDBMonitoring", {"components": {"grafana": {"authentication": {
            "insecureEnableAnonymousAccess": True}}}}), "major", "by its name"),
    Attack("an operator that nobody knows lets in whoever comes", SWITCH, _of("store.example.com/v1:Store", {
        "api": {"disableAuthentication": True}}), "critical", "by its name"),
    Attack("some operator's program lets guests in", SWITCH, _of("board.example.com/v1:Board", {
        "server": {"anonymous": {"enabled": True}}}), "critical", "by its name"),
    Attack("root of MariaDB has no password", SWITCH, _of(f"{MARIADB}:MariaDB", {
        "rootEmptyPassword": True, "storage": {"size": "1Gi"}}), "critical", "each pod is root of the server"),
    Attack("Dragonfly asks for no password", SWITCH, _of("dragonflydb.io/v1alpha1:Dragonfly", {
        "replicas": 2, "tlsSecretRef": {"name": "t"}}), "critical", "each pod has each key"),
    Attack("Redis of opstree asks for no password", SWITCH, _of("redis.redis.opstreelabs.in/v1beta2:RedisCluster", {
        "clusterSize": 3, "kubernetesConfig": {"image": f"{MIRROR}/redis{DIGEST}"}, "TLS": {
            "ca": "ca.crt", "secret": {"secretName": "t"}}}), "critical", "each pod has each key"),
    Attack("tokens of a user of VictoriaMetrics are not verified", SWITCH, _of(f"{VM}:VMUser", {
        "jwt": {"skipVerify": True}, "targetRefs": [{"static": {"url": "https://vm.monitoring.svc:8480"}}]}),
        "critical", "who writes a token is whom it names"),
    Attack("callers without a name read figures of every team", SWITCH, _of(f"{VM}:VMAuth", {
        "unauthorizedUserAccessSpec": {"targetRefs": [{"static": {"url": "https://vm.monitoring.svc:8480"}}]}}),
        "critical", "no path is excepted"),
    Attack("an API of Kuadrant lets in whoever calls", SWITCH, _of("kuadrant.io/v1:AuthPolicy", {
        "targetRef": {"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "name": "a"},
        "rules": {"authentication": {"public": {"anonymous": {}}}}}), "critical", "and no rule of rights refuses him"),
    Attack("the plug-in of Kong that asks for a key is off", SWITCH, _bare(
        "configuration.konghq.com/v1:KongPlugin", plugin="key-auth", disabled=True), "major", "no key is asked for"),
    Attack("a route of APISIX has its sign-in off", SWITCH, _of(f"{APISIX}:ApisixRoute", {"http": [{
        "name": "a", "match": {"paths": ["/*"]}, "authentication": {"enable": False, "type": "jwtAuth"},
        "backends": [{"serviceName": "a", "servicePort": 8443}]}]}), "critical", "authentication.enable"),
    Attack("a plug-in of APISIX that asks for a token is off", SWITCH, _of(f"{APISIX}:ApisixRoute", {"http": [{
        "name": "a", "match": {"paths": ["/*"]}, "plugins": [{"name": "openid-connect", "enable": False}],
        "backends": [{"serviceName": "a", "servicePort": 8443}]}]}), "critical", "plugins.enable"),
    Attack("requests without a token pass a gateway of kgateway", SWITCH, _of(f"{KGATEWAY}:GatewayExtension", {
        "type": "JWT", "jwt": {"validationMode": "AllowMissing", "providers": []}}), "critical", "validationMode"),
    Attack("callers of kgateway need no certificate", SWITCH, _of(f"{KGATEWAY}:ListenerPolicy", {
        "default": {"clientCertificateValidation": {"mode": "Optional"}}}), "major", "mode Optional"),
    Attack("whoever reaches a collector of Fluentd writes records", SWITCH, _of(
        "fluentd.fluent.io/v1alpha1:ClusterInput", {"inputs": [{"forward": {
            "port": 24224, "security": {"allowAnonymousSource": "true"}}}]}), "major", "by its name"),
    Attack("a page of traces has no sign-in", SWITCH, _of("jaegertracing.io/v1:Jaeger", {
        "strategy": "production", "ingress": {"security": "none"}}), "major", "requests with what is in them"),
    Attack("whoever reaches Temporal starts work of every namespace", SWITCH, _of(
        "temporal.io/v1beta1:TemporalCluster", {"version": "1.24.3", "numHistoryShards": 512}), "critical", "no mTLS"),
    Attack("keys of SpiceDB cross the network in plain text", SWITCH, _of("authzed.com/v1alpha1:SpiceDBCluster", {
        "version": "v1.45.0", "secretName": "s", "config": {"datastoreEngine": "postgres", "replicas": 2}}), "major",
        "who reads one writes rights"),
    Attack("objects of a store of MinIO cross the network in plain text", SWITCH, _of("minio.min.io/v2:Tenant", {
        "requestAutoCert": False, "pools": []}), "major", "no certificate of others either"),
    Attack("Percona's MongoDB may go without TLS", SWITCH, _of("psmdb.percona.com/v1:PerconaServerMongoDB", {
        "unsafeFlags": {"tls": True}, "tls": {"mode": "disabled"}}), "critical", "passwords and documents"),
    Attack("programs get the passwords of users of Pinniped", SWITCH, _of(
        "idp.supervisor.pinniped.dev/v1alpha1:OIDCIdentityProvider", {
            "issuer": "https://sign-in.identity.svc", "authorizationConfig": {"allowPasswordGrant": True}}), "minor",
        "allowPasswordGrant"),
)  # fmt: skip
WATCHING = (
    Attack("a group of policies of Kubewarden only watches", SWITCH, _policy(
        "ClusterAdmissionPolicyGroup", mode="monitor"), "major", "privileged pods start and a line is written"),
    Attack("objects pass while a policy of Kubewarden does not answer", SWITCH, _policy(
        "AdmissionPolicy", failurePolicy="Ignore"), "major", "policy_types.go, FailurePolicy"),
    Attack("policies of Kubewarden come over plain text", SWITCH, _of(f"{KUBEWARDEN}:PolicyServer", {
        "image": f"{MIRROR}/policy-server{DIGEST}", "replicas": 2, "insecureSources": ["registry.bank.svc:5000"]}),
        "major", "whoever is in between decides what starts"),
    Attack("a policy on images only warns", SWITCH, _of(f"{SIGSTORE}:ClusterImagePolicy", {
        "mode": "warn", "images": [{"glob": "**"}], "authorities": [{"key": {"secretRef": {"name": "bank"}}}]}),
        "major", "images that nobody signed start"),
    Attack("a policy of NeuVector on pods only watches", SWITCH, _of("neuvector.com/v1:NvSecurityRule", {
        "target": {"policymode": "Monitor", "selector": {"name": "nv.x"}}, "ingress": [], "egress": []}), "major",
        "neuvector-helm 900de6f4a, charts/crd"),
    Attack("admission by NeuVector only watches", SWITCH, _of("neuvector.com/v1:NvAdmissionControlSecurityRule", {
        "config": {"mode": "monitor", "enable": True, "client_mode": "service"}, "rules": []}), "major", "the same"),
    Attack("a firewall of F5 is transparent", SWITCH, _of("appprotect.f5.com/v1beta1:APPolicy", {
        "policy": {"name": "x", "enforcementMode": "transparent"}}), "major", "attacks pass and are written down"),
    Attack("open-appsec only learns", SWITCH, _of("openappsec.io/v1beta1:Policy", {"default": {
        "mode": "detect-learn"}}), "major", "attacks pass and are written down"),
    Attack("a profile of seccomp only writes down", SWITCH, _of(
        "security-profiles-operator.x-k8s.io/v1beta1:SeccompProfile", {"defaultAction": "SCMP_ACT_LOG"}), "major",
        "programs call every function of the kernel"),
    Attack("a profile of SELinux is permissive", SWITCH, _of(
        "security-profiles-operator.x-k8s.io/v1:SelinuxProfile", {"mode": "Permissive"}), "major", "the same"),
    Attack("what is done in an OpenShift is recorded by nobody", SWITCH, _of(f"{OPENSHIFT}:APIServer", {
        "audit": {"profile": "None"}}), "critical", "openshift/api 2a3d73913, types_apiserver.go"),
    Attack("secrets of an OpenShift lie in plain text", SWITCH, _of(f"{OPENSHIFT}:APIServer", {
        "encryption": {"type": "identity"}}), "critical", "the same"),
    Attack("pages of everybody act in an OpenShift", SWITCH, _of(f"{OPENSHIFT}:APIServer", {
        "additionalCORSAllowedOrigins": ["(?i).*"]}), "major", "the same"),
    Attack("an OpenShift takes outdated TLS", SWITCH, _of(f"{OPENSHIFT}:APIServer", {
        "tlsSecurityProfile": {"type": "Old", "old": {}}}), "major", "TLS 1.0 and broken ciphers"),
    Attack("tokens of an OpenShift are valid for a year", SWITCH, _of(f"{OPENSHIFT}:OAuth", {
        "tokenConfig": {"accessTokenMaxAgeSeconds": 31536000}}), "major", "a copied token is as good"),
)  # fmt: skip
PASSED_ON = (
    Attack("the login of charts goes to each repository of Fleet", SWITCH, _of("fleet.cattle.io/v1alpha1:GitRepo", {
        "repo": "https://git.git.svc/apps", "branch": "main", "helmSecretName": "charts"}), "major",
        "without helmRepoURLRegex it is always used"),
    Attack("Sveltos hands the login of charts to each host", SWITCH, _of(
        "config.projectsveltos.io/v1beta1:ClusterProfile", {"helmCharts": [{"options": {"passCredentialsAll": True}}]}),
        "major", "passCredentialsAll"),
    Attack("a bucket of Flux is read in plain text", SWITCH, _of(f"{FLUX}:Bucket", {
        "bucketName": "b", "endpoint": "minio.flux-system.svc:9000", "insecure": True, "interval": "5m"}), "major",
        "what the cluster runs comes from there"),
    Attack("Flux runs what anybody signed", SWITCH, _source(), "critical", "neither a key nor a signer"),
    Attack("Flux runs what anybody of any issuer signed", SWITCH, _source(matchOIDCIdentity=[
        {"issuer": "^https://.*$", "subject": ".*"}]), "critical", "each subject is fine"),
    Attack("images that anybody signed start", SWITCH, _signed("**", {"keyless": {
        "identities": [{"issuerRegExp": ".*", "subjectRegExp": ".*"}]}}), "critical", "each subject is fine"),
    Attack("every image passes for signed", SWITCH, _signed("**", {"static": {"action": "pass"}}), "critical",
        "static"),
    Attack("a machine that joins believes whoever answers", SWITCH, _of(
        "bootstrap.cluster.x-k8s.io/v1beta1:KubeadmConfig", {"joinConfiguration": {"discovery": {"bootstrapToken": {
            "unsafeSkipCAVerification": True}}}}), "major", "its token too"),
    Attack("each proposal of a change is deployed into payments", ("FJ-ESC-",), _set({"pullRequest": {
        "github": {"owner": "bank", "repo": "pay", "api": "https://git.git.svc"}}}), "critical", "before a review"),
    Attack("branches are filtered by an expression that each has", SWITCH, _set({"scmProvider": _found(
        filters=[{"branchMatch": ".*"}])}), "critical", "as without a filter"),
    Attack("branches are found by a generator in another", SWITCH, _set({"matrix": {"generators": [
        {"list": {"elements": [{"a": "b"}]}}, {"scmProvider": _found()}]}}), "critical", "the same"),
    Attack("a repository chooses the project of its deployment", SWITCH, _set({"scmProvider": {
        "gitea": {"owner": "bank", "api": "https://git.git.svc"}}}, "{{ .repository }}", "apps-{{ .repository }}"),
        "critical", "argo-cd, applicationset/Security.md"),
    Attack("a sum that is wrong is of no account", SWITCH, _step(
        name="check", onError="continue", script="#!/bin/sh\nsha256sum -c /sums\n"), "major", "the next step runs"),
    Attack("a task that checks signatures may fail", SWITCH, (k8s("tekton.dev/v1:Pipeline", {
        "metadata": meta("release", "builds"), "spec": {"tasks": [
            {"name": "signatures", "onError": "continue", "taskRef": {"name": "verify-image"}},
            {"name": "promote", "taskRef": {"name": "promote"}, "runAfter": ["signatures"]}]}}, "release"),), "major",
        "the next task runs (tektoncd/pipeline, docs/pipelines.md)"),
    Attack("a workflow goes on after a wrong signature", SWITCH, (k8s("argoproj.io/v1alpha1:WorkflowTemplate", {
        "metadata": meta("release", "builds"), "spec": {"entrypoint": "main", "templates": [{"name": "main", "steps": [
            [{"name": "attestations", "template": "check", "continueOn": {"failed": True}}],
            [{"name": "promote", "template": "promote"}]]}]}}, "release"),), "major", "continueOn.failed"),
    Attack("a script goes on after a wrong signature", ("FJ-IDN-313",), _step(
        name="check", script="#!/bin/sh\ncosign verify --key /keys/a.pub $IMAGE || true\n"), "major", "|| true"),
    Attack("a program of a stranger's account is a plug-in of Kafka", ("FJ-ESC-116",), _plugin(
        "999988887777.dkr.ecr.me-central-1.amazonaws.com/sink:3.2"), "critical", "it runs with the workers' key"),
    Attack("a firewall of the web tells a team of each request", ("FJ-IDN-",), (
        k8s("k8s.nginx.org/v1:Policy", {"metadata": meta("waf", "payments"), "spec": {"waf": {
            "enable": True, "apPolicy": "strict", "securityLogs": [{"enable": True, "apLogConf": "all", "logDest":
                "syslog:server=tap.team-b.svc.cluster.local:514"}]}}}, "waf"),), "critical",
        "addresses, paths and bodies of customers"),
    Attack("machines are never given back, in percent", SWITCH, _pool(nodes="0%"), "minor", "and never renewed"),
    Attack("machines are never given back, for each reason", SWITCH, _pool(
        nodes="0", reasons=["Empty", "Drifted", "Underutilized"]), "minor", "the list has them all"),
    Attack("a program keeps questions for models beside its bills", NAMED, (
        cast("Given", workload("apps/v1:Deployment", {"image": f"{MIRROR}/litellm{DIGEST}", "env": [
            {"name": "STORE_PROMPTS_IN_SPEND_LOGS", "value": "True"}]})),), "major",
        "administrators of bills read them"),
    Attack("the memory of a vault is anybody's", NAMED, _chart("vault", "0.31.0", server={"standalone": {
        "enabled": True, "config": 'listener "tcp" {\n  address = "[::]:8200"\n  profiling {\n'
        '    unauthenticated_pprof_access = true\n  }\n}\n'}}), "critical", "profiles of the heap without a token"),
)  # fmt: skip
ATTACKS: tuple[Attack, ...] = (*MESHES, *RIGHTS, *DOORS, *WATCHING, *PASSED_ON)
