"""Attacks by plug-ins, extensions and modules that a program loads from where nobody has listed, or without a checksum.

Written on 2026-11-30 from the schemas of 4,235 kinds (datreeio/CRDs-catalog 7b1e26ef), whose fields with these words
and an address as value are few, and from values of charts; read on that day.
"""

from ..blind import ME, crd, k8s, meta, release, workload
from ..harness import Given
from . import Attack

LOADED, KAFKA = ("FJ-ESC-111",), "kafka.strimzi.io/v1"
OWN = "https://artifacts.dc1.internal"


def _of(kind: str, spec: dict[str, object]) -> tuple[Given, ...]:
    return (crd(kind, spec),)


def _file(kind: str, name: str, data: dict[str, str]) -> tuple[Given, ...]:
    return (k8s(f"core/v1:{kind}", {"metadata": meta(name), "data": data}),)


def _program(env: list[dict[str, object]], *args: str) -> tuple[Given, ...]:
    return (workload("apps/v1:Deployment", {"env": env, "args": list(args)}),)


NAMED = ("FJ-IDN-313",)
MAPS = (
    Attack("an agent of nodes takes callers without a name, by a map of its arguments", NAMED, _of(
        "bootstrap.cluster.x-k8s.io/v1beta2:EKSConfig", {"kubeletExtraArgs": {"anonymous-auth": "true"}}),
        "critical", "whoever reaches a node runs programs in its pods (kubelet, --anonymous-auth)"),
    Attack("documents are anybody's by a map of the server's settings", NAMED, _of(
        "mongodbcommunity.mongodb.com/v1:MongoDBCommunity", {"additionalMongodConfig": {
            "security.disableAuthorization": "true"}}), "critical", "no right is asked"),
    Attack("the store of files lets in clients without a name, by a map of its settings", NAMED, _of(
        "ceph.rook.io/v1:CephCluster", {"cephConfig": {"global": {"auth_allow_anonymous": "true"}}}),
        "critical", "whoever reaches it reads"),
    Attack("a bucket's gateway has its sign-in off by a map of its settings", NAMED, _of(
        "ceph.rook.io/v1:CephObjectStore", {"gateway": {"rgwConfig": {"rgw_disable_authentication": "true"}}}),
        "critical", "whoever reaches it reads"),
)  # fmt: skip
PROGRAMS: tuple[Attack, ...] = (
    Attack("a connector of Kafka comes from a host without a checksum", LOADED, _of(f"{KAFKA}:KafkaConnect", {
        "replicas": 2, "bootstrapServers": "events-kafka-bootstrap:9093", "build": {
            "output": {"type": "docker", "image": f"{ME}.dkr.ecr.me-central-1.amazonaws.com/connect:1"},
            "plugins": [{"name": "sink", "artifacts": [{"type": "jar", "url": f"{OWN}/sink.jar"}]}]}}),
        "major", "whoever writes the file runs with the certificate of the workers"),
    Attack("an extension of HiveMQ comes from a host without a checksum", LOADED, _of("hivemq.com/v1:HiveMQCluster", {
        "extensions": [{"name": "auth", "extensionUri": f"{OWN}/auth.zip", "enabled": True}]}),
        "critical", "it says who signs in to the broker (HiveMQCluster, extensions.extensionUri)"),
    Attack("a plug-in of Argo Rollouts comes from a host without a checksum", LOADED, _file(
        "ConfigMap", "argo-rollouts-config", {
            "trafficRouterPlugins": f"- name: bank/router\n  location: {OWN}/router\n"}),
        "major", "it runs with the rights of the controller (argo-rollouts, docs/plugins.md)"),
    Attack("a filter of a proxy comes from a host without a checksum", LOADED, _of(
        "gateway.envoyproxy.io/v1alpha1:EnvoyExtensionPolicy", {
            "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "web"}],
            "wasm": [{"name": "f", "code": {"type": "HTTP", "http": {"url": f"{OWN}/filter.wasm"}}}]}),
        "critical", "it reads every request"),
    Attack("a module of Pulsar comes from a host without a checksum", LOADED, _of(
        "compute.functionmesh.io/v1alpha1:Function", {"java": {"jar": "f.jar", "extraDependenciesDir": "x",
                                                               "packageURL": f"{OWN}/function.jar"}}),
        "major", "it reads every message"),
    Attack("a board loads a plug-in from a host without a checksum", LOADED, release("grafana", "9.0.0", {
        "plugins": [f"{OWN}/panel.zip;bank-panel"]}), "major", "it runs in the browser of whoever looks"),
    Attack("a scanner loads a plug-in from a host without a checksum", LOADED, release("sonarqube", "10.0.0", {
        "plugins": {"install": [f"{OWN}/rules.jar"]}}), "major", "it reads the programs of the bank"),
    Attack("a store of records installs a plug-in from a host", LOADED, _of("opensearch.org/v1:OpenSearchCluster", {
        "general": {"serviceName": "records", "version": "3.1.0", "pluginsList": [f"{OWN}/plugin.zip"]}}),
        "critical", "it runs in the server that has the records"),
    Attack("a gateway builds a module of a stranger", LOADED, release("traefik", "37.0.0", {
        "experimental": {"plugins": {"geo": {"moduleName": "github.com/somebody/geoblock", "version": "v0.2.1"}}}}),
        "critical", "it reads each request (Traefik, experimental.plugins)"),
    Attack("a gateway builds a module of a stranger by an argument", LOADED, _program(
        [], "--experimental.plugins.geo.modulename=github.com/somebody/geoblock",
        "--experimental.plugins.geo.version=v0.2.1"), "critical", "the same"),
    Attack("a board loads a plug-in by a variable from a host", LOADED, _program(
        [{"name": "GF_INSTALL_PLUGINS", "value": f"{OWN}/panel.zip;bank-panel"}]), "major", "as above"),
    Attack("an extension of the pages of Argo CD comes from a host", LOADED, _program(
        [{"name": "EXTENSION_URL", "value": f"{OWN}/extension.tar.gz"}]),
        "critical", "it acts in the name of each administrator who looks (argocd-extension-installer)"),
    Attack("a portal loads a plug-in of a stranger without a checksum", LOADED, _file(
        "ConfigMap", "dynamic-plugins", {
            "dynamic-plugins.yaml": "plugins:\n- package: '@somebody/backstage-plugin@1.2.0'\n  disabled: false\n"}),
        "critical", "it runs with the tokens of the portal (Red Hat Developer Hub, dynamic plugins, integrity)"),
    Attack("a database loads a module by an address in its settings", LOADED, release("redis", "22.0.0", {
        "master": {"extraModules": [{"name": "search", "downloadUrl": f"{OWN}/search.so"}]}}),
        "critical", "it runs in the server"),
    Attack("a script that starts nodes comes from a host", LOADED, _of("spark.bank.ae/v1:Notebook", {
        "initScripts": [{"url": f"{OWN}/start.sh"}]}), "major", "it runs on each node"),
)  # fmt: skip
ATTACKS: tuple[Attack, ...] = (*MAPS, *PROGRAMS)
