"""Attacks beside the nineteenth set on clusters: debuggers, what programs write into logs, and servers that ask nobody,
in other spellings.

Settings as in the sources of the rows in `program_switches.csv` and `vendor_words.csv` that refuse them.
"""

import json

from ..blind import TAGS, k8s, meta
from ..harness import Given
from . import Attack
from .nineteenth_clu_c import program, text

SWITCH = ("FJ-IDN-313",)
SIGN_IN = ("FJ-IDN-308", "FJ-IDN-313")
VENDOR = ("FJ-RES-120",)


def _file(name: str, content: str) -> tuple[Given, ...]:
    return text("settings", "team-a", {name: content})


def _repository(kind: str, **values: str) -> tuple[Given, ...]:
    """Returns a Secret of Argo CD."""
    return (k8s("core/v1:Secret", {
        "metadata": {"name": "repo", "namespace": "argocd", "labels": {
            **TAGS, "argocd.argoproj.io/secret-type": kind}}, "stringData": values}, "repo"),)  # fmt: skip


def _realm(**properties: object) -> tuple[Given, ...]:
    """Returns a realm in a file that Keycloak imports."""
    realm = {"realm": "bank", "enabled": True, "sslRequired": "all", "bruteForceProtected": True, **properties}
    return _file("realm.json", json.dumps(realm))


def _guarded(guard: str) -> str:
    return f"""model_list:
- model_name: bank
  litellm_params: {{model: hosted_vllm/falcon, api_base: "https://falcon.models.svc:8443/v1"}}
guardrails:
- guardrail_name: prompts
  litellm_params: {{guardrail: {guard}, mode: post_call, api_key: os.environ/KEY, default_on: true}}
"""


ATTACKS = (
    Attack("a debugger of Go waits for whoever calls, argument by argument", SIGN_IN, program(
        "app", "dlv", "exec", "/app", "--headless", "--listen=:2345", "--accept-multiclient"), "critical"),
    Attack("a debugger of Ruby waits for whoever calls", SIGN_IN, program(
        "app", "rdbg", "--open", "--host", "app.team-a.svc", "--port", "1234", "-c", "--", "rails"), "critical"),
    Attack("a debugger of compiled programs waits for whoever calls", SIGN_IN, program(
        "app", "gdbserver", ":1234", "/app"), "critical"),
    Attack("a debugger for LLDB waits for whoever calls", SIGN_IN, program(
        "app", "lldb-server", "platform", "--listen", "*:1234", "--server"), "critical"),
    Attack("frames of HTTP/2 stand in a log by a command", SWITCH, program(
        "app", "sh", "-c", "GODEBUG=gctrace=0,http2debug=1 exec /app"), "major"),
    Attack("plaintext of TLS stands in a log by an argument", SWITCH, program(
        "app", "java", "-Djavax.net.debug=ssl,plaintext", "-jar", "/app.jar"), "major"),
    Attack("what opens TLS stands in a log by an argument", SWITCH, program(
        "app", "java", "-Djavax.net.debug=ssl:handshake:keygen", "-jar", "/app.jar"), "major"),
    Attack("keys of TLS are written into a file by an argument of Node", SWITCH, program(
        "app", "node", "--tls-keylog=/data/keys.log", "/app/main.js"), "critical"),
    Attack("keys of TLS are written into a file by a command", SWITCH, program(
        "app", "sh", "-c", "export SSLKEYLOGFILE=/data/keys.log; exec /app"), "critical"),
    Attack("keys of TLS are written into a file by a program of Python", SWITCH, _file(
        "main.py", "context = ssl.create_default_context()\ncontext.keylog_filename = '/data/keys.log'\n"), "critical"),
    Attack("whole records of calls stand in the log of a collector's file", SWITCH, _file(
        "config.yaml", "exporters:\n  debug/all: {verbosity: detailed}\nservice:\n  pipelines:\n    logs:\n"
        "      exporters: [debug/all]\n"), "major"),
    Attack("a file lets visitors of a page name the server of databases", SWITCH, _file(
        "config.user.inc.php", "<?php\n$cfg['AllowArbitraryServer'] = true;\n"), "minor"),
    Attack("a server of containers takes commands of whoever calls", SIGN_IN, program(
        "docker", "dockerd", "-H", "tcp://0.0.0.0:2375"), "critical"),
    Attack("a server of containers without a daemon takes commands of whoever calls", SIGN_IN, program(
        "podman", "podman", "system", "service", "--time=0", "tcp://0.0.0.0:8888"), "critical"),
    Attack("a file lets whoever calls build images", SIGN_IN, _file(
        "buildkitd.toml", '[grpc]\n  address = ["unix:///run/buildkit/buildkitd.sock", "tcp://0.0.0.0:1234"]\n'),
        "critical"),
    Attack("a file lets whoever calls start containers", SIGN_IN, _file(
        "daemon.json", '{"hosts": ["unix:///var/run/docker.sock", "tcp://0.0.0.0:2375"]}'), "critical"),
    Attack("whoever calls a proxy rewrites its file of JSON", SIGN_IN, _file(
        "caddy.json", '{"admin": {"listen": "0.0.0.0:2019"}, "apps": {}}'), "critical"),
    Attack("whoever calls a proxy rewrites its file, by each address", SIGN_IN, _file(
        "Caddyfile", "{\n\tadmin :2019 {\n\t\torigins admin.example.ae\n\t}\n}\n"), "critical"),
    Attack("whoever calls a proxy rewrites its file, by a variable", SIGN_IN, program(
        "caddy", CADDY_ADMIN="0.0.0.0:2019"), "critical"),
    Attack("whoever calls Apache writes files", SIGN_IN, _file(
        "httpd.conf", "<Location /data>\n  Dav On\n</Location>\n"), "major"),
    Attack("guests write into a share that is public", SIGN_IN, _file(
        "smb.conf", "[global]\n  security = user\n[data]\n  path = /data\n  public = yes\n"), "critical"),
    Attack("files are fetched from ProFTPD without a name", SIGN_IN, _file(
        "proftpd.conf", "<Anonymous /data>\n  User ftp\n</Anonymous>\n"), "critical"),
    Attack("whoever calls a server of rsync writes files", SIGN_IN, _file(
        "rsyncd.conf", "[data]\n  path = /data\n  read only = false\n"), "critical"),
    Attack("whoever calls a server of NFS writes files", SIGN_IN, _file(
        "exports", "/data *(rw,sync,no_subtree_check)\n"), "critical"),
    Attack("a guard abroad reads each answer of a model", VENDOR, _file("config.yaml", _guarded("pangea")), "critical"),
    Attack("Argo CD takes charts from whoever answers, by a template of its access", SIGN_IN, _repository(
        "repo-creds", type="helm", url="https://charts.example.ae", insecure="true"), "critical"),
    Attack("Argo CD takes charts in plaintext", SIGN_IN, _repository(
        "repository", type="helm", url="oci://registry.example.ae/charts", enableOCI="true",
        insecureOCIForceHttp="true"), "critical"),
    Attack("Argo CD gives its token to whoever answers for a cluster", ("FJ-ENC-425",), _repository(
        "cluster", name="prod", server="https://kubernetes.dc1.example.ae:6443",
        config='{"bearerToken": "$token", "tlsClientConfig": {"insecure": true}}'), "critical"),
    Attack("each user of a realm in a file administers it", SWITCH, _realm(defaultRole={
        "name": "default-roles-bank", "composite": True,
        "composites": {"client": {"realm-management": ["manage-users"]}}}), "critical"),
    Attack("each user of a realm is its administrator by a list", SWITCH, _realm(
        defaultRoles=["offline_access", "admin"]), "critical"),
    Attack("a token of a realm in a file is valid for a year", SWITCH, _realm(accessTokenLifespan=31536000), "major"),
    Attack("the token of a client is valid for a year", SWITCH, _realm(clients=[{
        "clientId": "portal", "attributes": {"access.token.lifespan": "31536000"}}]), "major"),
    Attack("news of customers are put into words by a model abroad", VENDOR, (
        k8s("dapr.io/v1alpha1:Component", {"metadata": meta("words"), "spec": {
            "type": "conversation.anthropic", "version": "v1", "metadata": [
                {"name": "key", "secretKeyRef": {"name": "model", "key": "key"}}]}}, "words"),), "critical"),
    Attack("one copy of a namespace is kept in another cloud", VENDOR, (
        k8s("k8up.io/v1:Backup", {"metadata": meta("copy"), "spec": {"backend": {
            "repoPasswordSecretRef": {"name": "copies", "key": "password"},
            "gcs": {"bucket": "bank-copies", "projectIDSecretRef": {"name": "copies", "key": "project"},
                    "accessTokenSecretRef": {"name": "copies", "key": "token"}}}}}, "copy"),), "critical"),
)  # fmt: skip
