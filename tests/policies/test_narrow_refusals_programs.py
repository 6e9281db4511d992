"""Good programs and settings that a wide rule would refuse, beside the neighbours that it must refuse."""

import json

import pytest
from guardrails.engine.enforcement import Enforcement
from guardrails.engine.reading import Plain

from .blind import IMAGE, ME, aws, crd, k8s, meta, workload
from .harness import UNKNOWN, Given, Pack, blocking, rules

PACK = Pack()
OWN_STORE = "http://store.team-a.svc.cluster.local/in"
DIGEST = "@sha256:" + "a" * 64


def _refused(given: Given, pack: Pack = PACK) -> set[str]:
    return blocking(pack.evaluate_resource(given))


def _program(*arguments: str) -> Given:
    return workload("apps/v1:Deployment", {"args": list(arguments)})


def _file(text: str, name: str = "settings.py") -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {name: text}})


@pytest.mark.parametrize(("text", "is_refused"), [
    ('curl -X POST "$URL" -H "Authorization: Bearer $SECRET"', False),
    ('curl -d @b.json "$URL" -H "Authorization: Bearer $SECRET"', False),
    ('curl -u "svc:$SECRET" -T /d.csv store.team-a.svc.cluster.local/in', False),
    ('sshpass -p "$SECRET" rsync -a /data backup@store.team-a.svc.cluster.local:/in', False),
    ('curl "$URL" -d "$SECRET"', False), ("curl -d @b \"$URL\" -H 'X: '\"$SECRET\"", False),
    ('curl -sSH "X: $SECRET" -T /d "$URL"', False), ('http POST "$URL" "X-Token:$SECRET" a=$SECRET', False),
    ('curl -T /d "https://$SECRET:$PASSWORD@store.team-a.svc.cluster.local/in"', False),
    ('wget --header="X: $SECRET" --post-file=/d "$URL"', False), ("rsync -e 'ssh -p $SECRET' -a /d $URL", False),
    ('curl -T /d "$SECRET" -H "Referer: https://a.example.ae"', True), ('curl -sST /d "$SECRET"', True),
    ('nc -u "$SECRET" "$URL" < /d', True), ('curl -T /d -i "$SECRET"', True), ("curl -T /d --url=$SECRET", True),
    ('wget -r -nd "$SECRET"', False), ("rsync -P /d $SECRET", True), ("http -f POST $SECRET a=$URL", True),
    ('curl -T /d.csv "$SECRET" -H "X-Tenant: $URL"', True),
    ('curl -X POST "https://$URL/hooks?token=$SECRET"', False), ('http --form "$SECRET" file@/d', True),
    ('http --json "$SECRET" a=b', True), ('curl -x http://proxy:3128 -T /d "$SECRET"', True),
    ('curl --proxy http://proxy:3128 -T /d "$SECRET"', True), ('curl --proxy-user "$SECRET" -T /d "$URL"', False),
    ('curl -T /d.csv "https://$SECRET/in"', True), ("curl -T /d.csv https://${SECRET}/in", True),
])  # fmt: skip
def test_the_address_of_a_command_is_not_a_value_of_its_options(text: str, *, is_refused: bool) -> None:
    secret = {"name": "SECRET", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}}
    env = [secret, {"name": "URL", "value": OWN_STORE}]
    job = workload("apps/v1:Deployment", {"command": ["/bin/sh", "-c"], "args": [text], "env": env})
    assert ("FJ-RES-003" in _refused(job)) is is_refused


@pytest.mark.parametrize(("given", "is_refused"), [
    (_file("c.NotebookApp.token = ''\nc.NotebookApp.password = u''\n"), True),
    (_file("c.NotebookApp.token = ''\nc.NotebookApp.password = None\n"), True),
    (_file("c.NotebookApp.token=''\nc.NotebookApp.password=u''\n"), True),
    (_file("c.NotebookApp.token = ''\n# c.NotebookApp.password = 'x'\n"), True),
    (_file("c.ServerApp.token = u''\n"), True),
    (_file("c.ServerApp.password = 'argon2:x'\nc.ServerApp.token = ''\n"), False),
    (_file("c.PasswordIdentityProvider.hashed_password = 'argon2:x'\nc.IdentityProvider.token = ''\n"), False),
    (_program("--ServerApp.token=", "--ServerApp.password=argon2:x"), False),
    (_program("--ServerApp.password=argon2:x", "--ServerApp.token="), False),
    (_program("--ServerApp.token=''", "--ServerApp.password=argon2:x"), False),
    (_program("jupyter lab --ServerApp.token='' --ServerApp.password=argon2:x"), False),
    (_program("--ServerApp.token=", "--ServerApp.password="), True),
    (_program("--ServerApp.token=''", "--ServerApp.password=''"), True),
])  # fmt: skip
@pytest.mark.parametrize("rule", ["FJ-IDN-308", "FJ-IDN-313"])
def test_notebooks_without_a_token_have_a_password(given: Given, rule: str, *, is_refused: bool) -> None:
    assert (rule in _refused(given)) is is_refused


def test_the_password_of_another_container_is_not_asked() -> None:
    pod = k8s("core/v1:Pod", {"metadata": meta(), "spec": {"containers": [
        {"name": "a", "image": IMAGE, "args": ["--ServerApp.token="]},
        {"name": "b", "image": IMAGE, "args": ["--ServerApp.password=argon2:x"]}]}})  # fmt: skip
    assert "FJ-IDN-308" in _refused(pod)


def test_a_password_beside_the_containers_is_of_all() -> None:
    """A file of the object that no container has for itself."""
    container = {"name": "a", "image": IMAGE, "args": ["--ServerApp.token="]}
    settings = "c.ServerApp.password = 'argon2:x'"
    pod = {
        "metadata": meta(annotations={"notebooks.example.ae/settings": settings}),
        "spec": {"containers": [container]},
    }
    assert "FJ-IDN-308" not in _refused(k8s("core/v1:Pod", pod))
    unset = {**pod, "metadata": meta(annotations={"notebooks.example.ae/settings": "c.ServerApp.password = ''"})}
    assert "FJ-IDN-308" in _refused(k8s("core/v1:Pod", unset))


@pytest.mark.parametrize(("given", "is_refused"), [
    (_program("--cluster-resource-namespace=$(POD_NAMESPACE)"), False),
    (_program("--cluster-resource-namespace=team-a"), True),
    (_program("--cluster-issuer-ambient-credentials=true"), False),
    (_program("--cluster-issuer-ambient-credentials"), False),
    (_program("--issuer-ambient-credentials=true"), True), (_program("--issuer-ambient-credentials"), True),
    (_program("--disable-tokenizer-batch-decode"), False), (_program("--disable-token-metadata"), False),
    (_program("--disable-token"), True), (_program("--disable-token-au"), True),
    (_program("--disable-token-authorization"), True), (_program("--disable_token_auth"), True),
    (_program("--provider=oidc", "--email-domain=*", "--oidc-issuer-url=https://sso.example.ae/realms/x",
              "--banner=see https://gitlab.com/acme/handbook"), False),
    (_program("--provider=oidc", "--email-domain=*", "--oidc-issuer-url=https://accounts.google.com"), True),
    (_program("--provider=oidc", "--email-domain=*", "--oidc-issuer-url=https://gitlab.com/"), True),
    (_program("--provider=oidc", "--email-domain=*",
              "--oidc-issuer-url=https://login.microsoftonline.com/common/v2.0"), True),
])  # fmt: skip
def test_switches_that_share_the_beginning_of_a_name(given: Given, *, is_refused: bool) -> None:
    assert ("FJ-IDN-313" in _refused(given)) is is_refused


@pytest.mark.parametrize(("fields", "is_refused"), [
    ({}, True), ({"env": [{"name": "LANGFLOW_AUTO_LOGIN", "value": "false"}]}, False),
    ({"env": [{"name": "LANGFLOW_AUTO_LOGIN", "value": "true"}]}, True),
    ({"env": [{"name": "LANGFLOW_AUTO_LOGIN", "valueFrom": {"configMapKeyRef": {"name": "s", "key": "a"}}}]}, False),
    ({"env": [{"name": "OTHER", "valueFrom": {"configMapKeyRef": {"name": "s", "key": "LANGFLOW"}}}]}, True),
    ({"envFrom": [{"configMapRef": {"name": "s"}}]}, False),
])  # fmt: skip
def test_a_variable_from_another_object_is_set(fields: dict[str, object], *, is_refused: bool) -> None:
    image = f"{ME}.dkr.ecr.me-central-1.amazonaws.com/langflowai/langflow:1.0{DIGEST}"
    assert ("FJ-IDN-313" in _refused(workload("apps/v1:Deployment", {"image": image, **fields}))) is is_refused


@pytest.mark.parametrize(("name", "is_refused"), [("LANGFLOW_AUTO_LOGIN", False), ("OTHER", True)])
def test_a_variable_from_a_secret_of_the_cloud_is_set(name: str, *, is_refused: bool) -> None:
    image = f"{ME}.dkr.ecr.me-central-1.amazonaws.com/langflowai/langflow:1.0{DIGEST}"
    secret = {"name": name, "valueFrom": f"arn:aws:secretsmanager:me-central-1:{ME}:secret:a"}
    task = aws("ecs/TaskDefinition", {"family": "a", "containerDefinitions": json.dumps([
        {"name": "a", "image": image, "secrets": [secret]}])})  # fmt: skip
    assert ("FJ-IDN-313" in _refused(task)) is is_refused


AGENTS = Pack(Enforcement.model_validate({
    "default": {"all": "mandatory"},
    "kubernetes": {"privileged_namespaces": {"monitoring": "agents read figures and logs of the node"}},
}))  # fmt: skip


@pytest.mark.parametrize(("directory", "reads", "writes"), [
    ("/", False, True), ("/proc", False, True), ("/sys", False, False),
    ("/var/lib/docker/containers", False, True), ("/var/log", False, False), ("/dev", False, False),
    ("/var/lib/kubelet/device-plugins", False, False), ("/var/lib/kubelet/plugins/ebs.csi.aws.com/", False, False),
    ("/var/lib/kubelet/plugins_registry/", False, False), ("/var/lib/kubelet/pod-resources", False, False),
    ("//var/lib/kubelet", True, True), ("/var/lib/./kubelet", True, True), ("/var//lib/etcd", True, True),
    ("/var/lib/kubelet/device-plugins/../pods", True, True), ("/var/lib/kubelet/pods", True, True),
    ("/var/lib/kubelet/pki", True, True), ("/var/lib/kubelet/kubeconfig", True, True),
    ("/var/lib/containers/storage", True, True), ("/var/lib/docker", True, True),
    ("/var/lib/docker/overlay2", True, True),
    ("/var/lib/kubelet/seccomp/operator", False, False), ("/var/lib/kubelet/config.yaml", False, True),
    ("/proc/1/root", True, True), ("/var/lib/kubelet/plugins/kubernetes.io/csi", True, True),
    ("/run//docker.sock", True, True), ("/etc/", True, True),
])  # fmt: skip
def test_directories_of_nodes_that_agents_may_have(directory: str, *, reads: bool, writes: bool) -> None:
    for read_only, is_refused in ((True, reads), (False, writes)):
        mount = {"name": "v", "mountPath": "/host", "readOnly": read_only}
        spec = {"containers": [{"name": "c", "image": IMAGE, "volumeMounts": [mount]}],
                "volumes": [{"name": "v", "hostPath": {"path": directory}}]}  # fmt: skip
        agent = k8s("apps/v1:DaemonSet", {"metadata": meta("d", "monitoring"), "spec": {"template": {"spec": spec}}})
        assert ("FJ-EXP-304" in _refused(agent, AGENTS)) is is_refused


@pytest.mark.parametrize(("condition", "is_refused"), [
    ({"regex": "/health/.*|/.*"}, True), ({"regex": "/login/?|/.*"}, True), ({"regex": "/health/../[^x].*"}, True),
    ({"regex": "/healthz"}, False), ({"regex": "^/static/.*$"}, False), ({"regex": "/health.*"}, True),
    ({"prefix": "/healthz"}, False), ({"prefix": "/api"}, True),
])  # fmt: skip
def test_routes_of_nobody(condition: dict[str, str], *, is_refused: bool) -> None:
    route = {"conditions": [condition], "authPolicy": {"disabled": True}}
    assert ("FJ-IDN-308" in _refused(crd("projectcontour.io/v1:HTTPProxy", {"routes": [route]}))) is is_refused


STRANGER, OWNER = "b" * 64, "a" * 64
LOG_DELIVERY = "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0"
ACCOUNTS = Pack(Enforcement.model_validate({
    "default": {"all": "mandatory"},
    "identity": {"trusted": dict.fromkeys((ME, OWNER), "owned by the platform")},
}))  # fmt: skip


@pytest.mark.parametrize(("user", "is_refused"), [(STRANGER, True), (OWNER, False), (LOG_DELIVERY, False)])
def test_canonical_users_in_the_lists_of_buckets(user: str, *, is_refused: bool) -> None:
    entries = [{"grantee": {"id": name, "type": "CanonicalUser"}, "permission": "READ"} for name in (OWNER, user)]
    policy = {"bucket": "b", "accessControlPolicy": {"owner": {"id": OWNER}, "grants": entries}}
    grants = {"grants": [{"id": user, "type": "CanonicalUser", "permissions": ["READ"]}]}
    for kind, props in (("s3/BucketAcl", policy), ("s3/BucketAclV2", policy), ("s3/Bucket", grants),
                        ("s3/BucketV2", grants)):  # fmt: skip
        assert ("FJ-IDN-116" in _refused(aws(kind, props), ACCOUNTS)) is is_refused, kind


@pytest.mark.parametrize(("key", "value", "is_refused"), [
    ("SSL_PROTOCOLS", "all -SSLv3 -TLSv1 -TLSv1.1", False), ("ssl_protocols", "!SSLv3 !TLSv1 TLSv1.2", False),
    ("disabled_tls_protocols", "TLSv1,TLSv1.1", False), ("excluded.ssl.protocols", "SSLv3", False),
    ("ssl_protocols", "TLSv1,TLSv1.2", True), ("ssl_protocols", "all -SSLv3 TLSv1", True),
    ("ssl_protocols", "all -SSLv3 -TLSv1", True), ("ssl_protocols", "all -SSLv3", True),
    ("ssl_protocols", "+TLSv1 +TLSv1.2", True), ("ssl_protocols", "[TLSv1.1]", True),
])  # fmt: skip
def test_lists_that_leave_old_protocols_out(key: str, value: str, *, is_refused: bool) -> None:
    program = workload("apps/v1:Deployment", {"env": [{"name": key, "value": value}]})
    assert ("FJ-ENC-425" in _refused(program)) is is_refused


def _mirror(namespace: Plain, to: Plain) -> Given:
    target = {"name": "s", "namespace": to, "port": 80}
    filters = [{"type": "RequestMirror", "requestMirror": {"backendRef": target}}]
    metadata = {"name": "x"} if namespace is None else meta() | {"namespace": namespace}
    return k8s("gateway.networking.k8s.io/v1:HTTPRoute", {"metadata": metadata, "spec": {"rules": [
        {"filters": filters}]}})  # fmt: skip


@pytest.mark.parametrize(("namespace", "is_reported", "is_refused"), [
    ("team-a", False, False), ("team-b", True, True), (None, True, False), (UNKNOWN, True, False),
])  # fmt: skip
def test_copies_of_requests(namespace: Plain, *, is_reported: bool, is_refused: bool) -> None:
    reports = PACK.evaluate_resource(_mirror(namespace, "team-a"))
    assert ("FJ-IDN-314" in rules(reports)) is is_reported
    assert ("FJ-IDN-314" in blocking(reports)) is is_refused


@pytest.mark.parametrize("key", ["registryMirrors", "imageMirror", "mirrorRepository"])
def test_mirrors_of_registries_copy_no_requests(key: str) -> None:
    secret = {"credentials": {"secretRef": {"namespace": "infra"}}}
    assert "FJ-IDN-314" not in rules(PACK.evaluate_resource(crd("example.io/v1:X", {key: [secret]})))


@pytest.mark.parametrize("name", ["[\\s\\S]*", "\\w*", "(?s:.*)", "[^/]+", ".{1,}", "^.*$"])
def test_expressions_that_every_name_matches(name: str) -> None:
    def found(name: str) -> Given:
        return crd("external-secrets.io/v1:ExternalSecret", {
            "secretStoreRef": {"kind": "ClusterSecretStore", "name": "s"},
            "dataFrom": [{"find": {"name": {"regexp": name}}}]})  # fmt: skip

    assert "FJ-IDN-314" in _refused(found(name))
    assert "FJ-IDN-314" not in _refused(found("team-a" + name))


@pytest.mark.parametrize(("spec", "is_refused"), [
    ({"workerPool": {"queue": {"maxSize": 10_000}}}, False), ({"nodeGroup": {"disk": {"maxSize": 500}}}, False),
    ({"machineSet": {"logs": {"maxSize": 1000}}}, False),
    ({"instanceSets": [{"volumes": {"maxCount": "100"}}]}, False),
    ({"nodeGroup": {"disk": {"size": {"max": 500}}}}, False),
    ({"nodeGroups": [{"minSize": 51}]}, True), ({"nodePool": {"autoscaling": {"maxSize": 100}}}, True),
    ({"nodeGroups": {"blue": {"scalingConfig": {"maxSize": 100}}}}, True), ({"nodePool": {"maxSize": 100}}, True),
    ({"nodeGroups": {"cache": {"maxSize": 100}}}, True), ({"instanceGroup": {"dialog": {"maxSize": 100}}}, True),
    ({"nodePools": [{"requestScaling": {"maxSize": 100}}]}, True),
    ({"managedNodeGroups": {"x": {"cacheNodes": {"maxSize": 100}}}}, True),
    ({"nodePool": {"autoscaling": {"maxSize": 50}}}, False), ({"node_groups": {"blue": {"max_size": 100}}}, True),
])  # fmt: skip
def test_sizes_of_what_groups_of_machines_have(spec: dict[str, object], *, is_refused: bool) -> None:
    assert ("FJ-COST-126" in _refused(crd("example.io/v1:X", spec))) is is_refused
