"""Attacks on objects whose API groups a team lists: rights on everything, and sign-in without a question.

Written on 2026-11-30 after the seventeenth set. A team that lists a group says that its kinds are known, not that a
protection may be off: no attack here counts as refused because nobody has reviewed its kind. Fields as in the CRDs of
datreeio/CRDs-catalog 7b1e26ef, unless a source says otherwise; all read on that day.
"""

from ..blind import ME, crd, k8s, meta
from ..harness import Given
from . import Attack

SWITCH, NAMED = ("FJ-ESC-115",), ("FJ-IDN-313",)
MIRROR = f"{ME}.dkr.ecr.me-central-1.amazonaws.com"
DIGEST = "@sha256:" + "d" * 64
CONSUL, KUMA, CEPH = "consul.hashicorp.com/v1alpha1", "kuma.io/v1alpha1", "ceph.rook.io/v1"
KGATEWAY, CAPSULE, SPIRE = "gateway.kgateway.dev/v1alpha1", "capsule.clastix.io/v1beta2", "spire.spiffe.io/v1alpha1"
MARIADB, PXC, VM = "k8s.mariadb.com/v1alpha1", "pxc.percona.com/v1", "operator.victoriametrics.com/v1beta1"
APISIX, ARGOCD = "apisix.apache.org/v2", "argoproj.io/v1beta1:ArgoCD"
EVERYBODY = "system:authenticated"


def _of(kind: str, spec: dict[str, object], **top: object) -> tuple[Given, ...]:
    given = crd(kind, spec)
    return (Given(given.type, {**given.props, **top}, given.name),)


def _bare(kind: str, **top: object) -> tuple[Given, ...]:
    """Returns an object without a spec."""
    return (k8s(kind, {"metadata": meta("x"), **top}, "x"),)


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
ATTACKS: tuple[Attack, ...] = (*MESHES, *RIGHTS, *DOORS)
