"""Attacks on objects and charts whose API groups or charts a team lists: TLS off, open doors, wide rights.

Written on 2026-11-30 after the good idioms of the sixteenth set, each of which has one protection less here; sources
are those of the rows that refuse them. Some come closest to what passes since then: a token that is no reference to a
Secret, an account of Flux with rights of another namespace, mail that rests abroad.
"""

from ..blind import RG, TAGS, az, crd, k8s, meta, release
from ..harness import Given
from . import Attack

SWITCH, TLS, RIGHTS = ("FJ-ESC-115",), ("FJ-ENC-425",), ("FJ-IDN-",)
RBAC = "rbac.authorization.k8s.io"
LISTENER = {"tls": {"enabled": True}, "authentication": {"type": "mtls"}}
CLICKHOUSE, SEAWEED, VALKEY = "clickhouse.com/v1alpha1", "seaweed.seaweedfs.com/v1", "valkey.io/v1alpha1"
TELEPORT, EMISSARY = "resources.teleport.dev/v1", "getambassador.io/v3alpha1"


def _of(kind: str, spec: object) -> tuple[Given, ...]:
    assert isinstance(spec, dict)
    return (crd(kind, spec),)


def _kafka(**listeners: object) -> tuple[Given, ...]:
    return _of("platform.confluent.io/v1beta1:Kafka", {
        "authorization": {"type": "rbac"}, "listeners": {"internal": LISTENER, **listeners}})  # fmt: skip


def _valkey(**user: object) -> tuple[Given, ...]:
    return _of(f"{VALKEY}:ValkeyCluster", {
        "shards": 3, "networking": {"tls": {"certificate": {"secretName": "rates-tls"}}}, "users": [{
            "name": "pricing", "commands": {"allow": ["@read"]}, **user}]})  # fmt: skip


def _assign(location: str, value: object) -> tuple[Given, ...]:
    return _of("mutations.gatekeeper.sh/v1:Assign", {
        "applyTo": [{"groups": [""], "versions": ["v1"], "kinds": ["Pod"]}], "match": {"scope": "Namespaced"},
        "location": location, "parameters": {"assign": {"value": value}}})  # fmt: skip


def _kiali(auth: dict[str, object]) -> tuple[Given, ...]:
    return release("kiali-server", "2.18.0", {
        "auth": {"strategy": "openid"}, "external_services": {"prometheus": {"auth": {"type": "bearer", **auth}}}},
        "istio-system")  # fmt: skip


def _openfga(**values: object) -> tuple[Given, ...]:
    return release("openfga", "0.2.44", {
        "authn": {"method": "oidc"}, "playground": {"enabled": False}, **values}, "access")  # fmt: skip


VALUES: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("cerbos", "whoever knows the password of upstream's source changes every policy", {
        "cerbos": {"config": {"server": {"adminAPI": {"enabled": True}}, "telemetry": {"disabled": True}}}}),
    ("kiali-server", "whoever reaches the page sees the mesh with the rights of Kiali", {
        "auth": {"strategy": "anonymous"}}),
    ("lakefs", "records of all versions lie in a trial database that is lost with its pod", {"useDevPostgres": True}),
    ("openfga", "pages of strangers call the server", {"http": {"corsAllowedOrigins": ["*"]}}),
    ("openfga", "whoever reaches the port reads the memory of the server", {"profiler": {"enabled": True}}),
)  # fmt: skip
"""Chart, harm of a row of `chart_values.csv`, and values that the row refuses."""
ATTACKS: tuple[Attack, ...] = (
    # What comes closest to what passes.
    Attack("Kiali's token is text after the word of a reference", ("FJ-ESC-107",), _kiali({
        "token": "secret:kiali:Zx81kQmP2v"}), "critical", "whoever reads the program has the token"),
    Attack("Kiali's password has the word of a reference and no key", ("FJ-ESC-107",), _kiali({
        "password": "secret:aGVsbG8xMjM0NTY3"}), "critical", "whoever reads the program has the password"),
    Attack("Kiali shows the mesh to everybody", ("FJ-ESC-124",), release("kiali-server", "2.18.0", {
        "auth": {"strategy": "anonymous"}}, "istio-system"), "critical", "no sign-in, with the rights of Kiali"),
    Attack("Flux deploys for tenants by its own account", ("FJ-IDN-313",),
        _of("fluxcd.controlplane.io/v1:FluxInstance", {
        "distribution": {"version": "2.7.3"}, "cluster": {
            "multitenant": True, "tenantDefaultServiceAccount": "kustomize-controller"}}), "critical",
        "an object without an account deploys with the rights of Flux"),
    Attack("Flux's account of a tenant administers another namespace", RIGHTS, (
        k8s(f"{RBAC}/v1:RoleBinding", {
            "metadata": meta("flux", "payments"), "roleRef": {
                "apiGroup": RBAC, "kind": "ClusterRole", "name": "admin"},
            "subjects": [{"kind": "ServiceAccount", "name": "flux", "namespace": "team-a"}]}),), "critical",
        "who writes an object in team-a deploys to payments"),
    Attack("Flux's controllers are open to every pod", SWITCH, _of("fluxcd.controlplane.io/v1:FluxInstance", {
        "distribution": {"version": "2.7.3"}, "cluster": {"networkPolicy": False}}), "major",
        "networkPolicy is true by default"),
    Attack("mail of customers rests in Europe", ("FJ-RES-206",), (
        az("communication:EmailService", {
            **RG, "emailServiceName": "mail-bank", "location": "global", "dataLocation": "Europe", "tags": TAGS}),),
        "critical", "what is sent rests abroad"),
    Attack("a login of the vault goes to a registry of strangers", ("FJ-ESC-116",), (
        az("containerregistry:CredentialSet", {
            **RG, "registryName": "crbank", "credentialSetName": "mirror", "loginServer": "registry.images.example",
            "authCredentials": [{"name": "Credential1", "usernameSecretIdentifier":
                                 "https://kv-bank.vault.azure.net/secrets/user"}]}),), "critical",
        "the password of the vault is sent there, and images come from there"),
    # TLS off.
    Attack("ClickHouse has no TLS", SWITCH, _of(f"{CLICKHOUSE}:ClickHouseCluster", {"replicas": 2, "settings": {}}),
           "critical", "tls.enabled is false by default"),
    Attack("ClickHouse keeps its ports without TLS", SWITCH, _of(f"{CLICKHOUSE}:ClickHouseCluster", {
        "replicas": 2, "settings": {"tls": {"enabled": True, "serverCertSecret": {"name": "tls"}}}}), "major",
        "tls.required is false by default"),
    Attack("Redpanda speaks in plain text", TLS, _of("cluster.redpanda.com/v1alpha2:Redpanda", {
        "clusterSpec": {"tls": {"enabled": False}, "external": {"enabled": False}}}), "critical",
        "passwords and messages"),
    Attack("Redpanda is reached at ports of the nodes", SWITCH, _of("cluster.redpanda.com/v1alpha2:Redpanda", {
        "clusterSpec": {"tls": {"enabled": True}}}), "major", "external is on and a NodePort by default"),
    Attack("a listener of Confluent has no TLS", TLS, _kafka(internal={
        "tls": {"enabled": False}, "authentication": {"type": "mtls"}}), "critical", "messages and passwords"),
    Attack("a listener of Confluent lets everybody in", SWITCH, _kafka(internal={
        "tls": {"enabled": True}, "authentication": {"type": "none"}}), "critical", "who reaches it reads and writes"),
    Attack("an external listener of Confluent asks for nothing", SWITCH, _kafka(external={"tls": {"enabled": True}}),
           "critical", "without authentication there is none"),
    Attack("SeaweedFS has no TLS between its parts", SWITCH, _of(f"{SEAWEED}:Seaweed", {"master": {"replicas": 3}}),
           "critical", "whoever reaches a filer reads and writes every file"),
    Attack("Valkey has no TLS", SWITCH, _of(f"{VALKEY}:ValkeyCluster", {"shards": 3}), "major", "keys and passwords"),
    Attack("a part of some operator's program has no TLS", TLS, _of("store.example.com/v1:Store", {
        "query": {"replicas": 2, "tls": {"enabled": False}}}), "major", "whatever the kind is called"),
    Attack("Elastic's server of traces has no TLS", SWITCH, _of("apm.k8s.elastic.co/v1:ApmServer", {
        "version": "8.19.5", "http": {"tls": {"selfSignedCertificate": {"disabled": True}}}}), "major",
        "tokens and traces cross the network in plain text"),
    Attack("services of Lattice are called in plain text", SWITCH, _of(
        "application-networking.k8s.aws/v1alpha1:TargetGroupPolicy", {
            "targetRef": {"group": "", "kind": "Service", "name": "rates"}, "protocol": "HTTP"}), "major",
        "calls behind the service network"),
    Attack("volumes of LINSTOR have the switch of encryption and no layer of LUKS", ("FJ-ENC-301",), (
        k8s("storage.k8s.io/v1:StorageClass", {
            "metadata": {"name": "triple", "labels": TAGS}, "provisioner": "linstor.csi.linbit.com", "parameters": {
                "linstor.csi.linbit.com/layerList": "drbd storage", "linstor.csi.linbit.com/encryption": "true"}}),),
        "critical", "the parameter is read and not used"),
    Attack("EMQX takes plain MQTT and allows what no rule names", SWITCH, _of("apps.emqx.io/v2beta1:EMQX", {
        "config": {"data": "listeners.tcp.default.enable = true\nauthorization.no_match = allow\n"}}), "critical",
        "whoever reaches the port sends as every machine"),
    Attack("Emissary asks its service of sign-in in plain text", SWITCH, _of(f"{EMISSARY}:AuthService", {
        "auth_service": "http://authz.sign-in.svc.cluster.local:8080", "proto": "grpc"}), "major", "tokens of callers"),
    Attack("secrets of Infisical come in plain text", SWITCH, _of("secrets.infisical.com/v1alpha1:InfisicalSecret", {
        "hostAPI": "http://secrets.bank.ae/api"}), "critical", "whoever is in between reads them"),
    Attack("records of an OpenShift go out in plain text", SWITCH, _of("logging.openshift.io/v1:ClusterLogForwarder", {
        "outputs": [{"name": "loki", "type": "loki", "url": "http://loki.bank.ae:3100"}]}), "major", "audits too"),
    # Open doors.
    Attack("a user of Valkey needs no password", SWITCH, _valkey(nopass=True), "critical",
        "who reaches it is the user"),
    Attack("a user of Valkey may do everything", SWITCH, _valkey(commands={"allow": ["@all"]}), "critical",
           "he changes the server and its users"),
    Attack("a user of Valkey gets all by the text of a rule", SWITCH, _valkey(permissions="~* +@all nopass"),
        "critical",
           "the text is added as it stands"),
    Attack("a bucket of SeaweedFS is read by everybody", SWITCH, _of(f"{SEAWEED}:Bucket", {
        "clusterRef": {"name": "papers"}, "anonymousRead": True}), "critical", "objects are fetched without a key"),
    Attack("a bucket of SeaweedFS is listed by everybody", SWITCH, _of(f"{SEAWEED}:Bucket", {
        "clusterRef": {"name": "papers"}, "access": [{"user": "anonymous", "actions": ["List"]}]}), "critical",
        "the user anonymous is who has no key"),
    Attack("an API of Gravitee needs no key", SWITCH, _of("gravitee.io/v1alpha1:ApiV4Definition", {
        "name": "quotes", "plans": {"open": {"name": "open", "security": {"type": "KEY_LESS"}}}}), "critical",
        "whoever reaches the gateway calls it"),
    Attack("Gravitee believes whoever answers", SWITCH, _of("gravitee.io/v1alpha1:ApiV4Definition", {
        "name": "quotes", "endpointGroups": [{"name": "quotes", "ssl": {"trustAll": True}}]}), "major",
        "whoever is in between answers"),
    Attack("tools are called without a token", SWITCH, _of("agentgateway.dev/v1alpha1:AgentgatewayPolicy", {
        "traffic": {"jwtAuthentication": {"mode": "Permissive"}}}), "critical", "requests are never rejected"),
    Attack("agentgateway believes whoever answers for a tool", SWITCH, _of(
        "agentgateway.dev/v1alpha1:AgentgatewayBackend", {"mcp": {"targets": [{"name": "accounts", "static": {
            "host": "accounts.tools.svc.cluster.local", "policies": {"tls": {"insecureSkipVerify": "All"}}}}]}}),
        "major",
        "whoever is in between reads tokens"),
    Attack("Emissary routes plain HTTP", SWITCH, _of(f"{EMISSARY}:Host", {
        "hostname": "rates.bank.ae", "requestPolicy": {"insecure": {"action": "Route"}}}), "critical",
        "passwords in plain text"),
    Attack("Emissary holds every port for insecure", SWITCH, _of(f"{EMISSARY}:Listener", {
        "port": 8443, "protocol": "HTTP", "securityModel": "INSECURE"}), "major", "requests in plain text"),
    Attack("a way of Emissary passes the service of sign-in by", SWITCH, _of(f"{EMISSARY}:Mapping", {
        "prefix": "/", "service": "https://rates", "bypass_auth": True}), "critical", "nobody is asked who he is"),
    Attack("Emissary takes TLS 1.0", TLS, _of(f"{EMISSARY}:Host", {
        "hostname": "rates.bank.ae", "tls": {"min_tls_version": "v1.0"}}), "major", "broken ciphers"),
    Attack("OpenFGA asks nobody who he is", ("FJ-IDN-313",), _openfga(authn={"method": "none"}), "critical",
           "whoever reaches it writes who may do what"),
    Attack("OpenFGA has its default sign-in: none", ("FJ-IDN-313",), release("openfga", "0.2.44", {
        "playground": {"enabled": False}}, "access"), "critical", "authn.method is empty"),
    Attack("OpenFGA serves its playground", ("FJ-IDN-313",), release("openfga", "0.2.44", {
        "authn": {"method": "oidc"}}, "access"), "major", "it is on by default"),
    Attack("Prefect has no password", ("FJ-IDN-313",), release("prefect-server", "2025.11.24", {
        "server": {"replicaCount": 2}}, "flows"), "critical", "basicAuth is off by default"),
    Attack("Cerbos' admin API has the password of its source", ("FJ-ESC-124",), release("cerbos", "0.47.0", {
        "cerbos": {"config": {"server": {"adminAPI": {"enabled": True}}, "telemetry": {"disabled": True}}}}, "access"),
        "critical", "cerbos with the password cerbosAdmin"),
    Attack("lakeFS keeps its records in a trial database", ("FJ-ESC-124",), release("lakefs", "1.5.14", {
        "useDevPostgres": True}, "lake"), "major", "they go with the pod"),
    # Rights.
    Attack("RBAC Manager binds cluster-admin", SWITCH, (k8s("rbacmanager.reactiveops.io/v1beta1:RBACDefinition", {
        "metadata": {"name": "all", "labels": TAGS}, "rbacBindings": [{
            "name": "all", "subjects": [{"kind": "Group", "name": "staff"}], "clusterRoleBindings": [
                {"clusterRole": "cluster-admin"}]}]}),), "critical", "every right in the cluster"),
    Attack("RBAC Manager names everybody", SWITCH, (k8s("rbacmanager.reactiveops.io/v1beta1:RBACDefinition", {
        "metadata": {"name": "all", "labels": TAGS}, "rbacBindings": [{
            "name": "all", "subjects": [{"kind": "Group", "name": "system:authenticated"}], "roleBindings": [
                {"clusterRole": "edit", "namespace": "team-a"}]}]}),), "critical", "each account of the cluster"),
    Attack("a role of Teleport does everything with pods", SWITCH, _of(f"{TELEPORT}:TeleportRoleV7", {
        "allow": {"kubernetes_resources": [{"kind": "pod", "namespace": "*", "name": "*", "verbs": ["*"]}]}}),
        "critical",
        "exec too"),
    Attack("a role of Teleport is in the group of masters", SWITCH, _of(f"{TELEPORT}:TeleportRoleV7", {
        "allow": {"kubernetes_groups": ["system:masters"]}}), "critical", "every right in the cluster"),
    Attack("a token of Teleport stands in the program", SWITCH,
        _of("resources.teleport.dev/v2:TeleportProvisionToken", {
        "roles": ["Node"], "join_method": "token"}), "critical", "its name is the secret"),
    Attack("an app administers MinIO", SWITCH, _of("sts.min.io/v1beta1:PolicyBinding", {
        "application": {"namespace": "reports", "serviceaccount": "reports"}, "policies": ["consoleAdmin"]}),
        "critical",
        "every bucket and user"),
    Attack("a user of Redpanda reads every topic", SWITCH, _of("cluster.redpanda.com/v1alpha2:User", {
        "authorization": {"acls": [{"type": "allow", "resource": {"type": "topic", "name": "*"},
        "operations": ["Read"]}]}}),
        "critical", "what every team has"),
    Attack("keys that open the vault lie in a Secret beside it", SWITCH, _of("vault.banzaicloud.com/v1alpha1:Vault", {
        "size": 3, "unsealConfig": {"options": {"storeRootToken": False}, "kubernetes": {"secretNamespace": "vault"}}}),
        "critical", "whoever reads the namespace opens the vault"),
    Attack("the root token of the vault is kept", SWITCH, _of("vault.banzaicloud.com/v1alpha1:Vault", {
        "size": 3, "unsealConfig": {"aws": {"kmsKeyId": "alias/vault"}}}), "critical",
        "storeRootToken is true by default"),
    Attack("auditors of Elastic are superusers", SWITCH,
        _of("stackconfigpolicy.k8s.elastic.co/v1alpha1:StackConfigPolicy", {
        "elasticsearch": {"securityRoleMappings": {"auditors": {"enabled": True, "roles": ["superuser"]}}}}),
        "critical",
        "everything with all records"),
    # Others.
    Attack("Gatekeeper takes the seccomp profile away", SWITCH, _assign(
        "spec.securityContext.seccompProfile.type", "Unconfined"), "critical", "in the pods of every team"),
    Attack("Gatekeeper mounts tokens into every pod", SWITCH, _assign("spec.automountServiceAccountToken", True),
           "critical", "in the pods of every team"),
    Attack("Gatekeeper makes every container privileged", SWITCH, _assign(
        'spec.containers[name:*].securityContext', {"privileged": True}), "critical", "in the pods of every team"),
    Attack("figures of a load test go to the vendor", SWITCH, _of("k6.io/v1alpha1:TestRun", {
        "parallelism": 2, "arguments": "--no-usage-report --out cloud"}), "major", "addresses and figures go abroad"),
    Attack("Atlas drops tables by itself", SWITCH, _of("db.atlasgo.io/v1alpha1:AtlasMigration", {
        "protectedFlows": {"migrateDown": {"allow": True, "autoApprove": True}}}), "major", "nobody is asked"),
    Attack("networks outside the hub meet through the circuit", SWITCH, (az("network:ExpressRouteGateway", {
        **RG, "expressRouteGatewayName": "er", "location": "uaenorth", "allowNonVirtualWanTraffic": True,
        "virtualHub": {
            "id": "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/virtualHubs/hub"}, "tags": TAGS}),),
        "major", "past the firewall of the hub"),
    Attack("sessions of Spark bring packages of their own", SWITCH, (az("synapse:BigDataPool", {
        **RG, "workspaceName": "syn", "bigDataPoolName": "risk", "location": "uaenorth",
        "sessionLevelPackagesEnabled": True,
        "tags": TAGS}),), "major", "nobody reviewed them"),
)  # fmt: skip
