"""Good idioms close to the rules of the nineteenth set on clusters: debuggers and administration of the own machine,
servers that ask who calls, collectors that count, realms with short tokens, guards of models in the cluster.

Written on 2026-11-30 beside those rules.
"""

import json

from ..attacks.nineteenth_clu_c import program, text
from ..blind import ME, TAGS, k8s, meta
from ..harness import Given
from . import Idiom

IMAGE = f"{ME}.dkr.ecr.me-central-1.amazonaws.com/otelcol@sha256:" + "e" * 64
RESOURCES = {"requests": {"cpu": "500m", "memory": "2Gi"}, "limits": {"cpu": "1", "memory": "2Gi"}}


def _file(name: str, content: str) -> tuple[Given, ...]:
    return text("settings", "team-a", {name: content})


NGINX = """server {
  listen 8443 ssl;
  ssl_certificate /tls/tls.crt;
  ssl_certificate_key /tls/tls.key;
  location /models/ {
    auth_basic "models";
    auth_basic_user_file /auth/users;
    root /data;
    dav_methods PUT DELETE MKCOL;
  }
}
"""
APACHE = """<Location /models>
  Dav On
  AuthType Basic
  AuthName models
  AuthUserFile /auth/users
  Require valid-user
</Location>
"""
SAMBA = """[global]
  server min protocol = SMB3
  server signing = mandatory
  map to guest = never
[datasets]
  path = /data
  read only = no
  guest ok = no
  valid users = @analysts
"""
FTP = """listen=YES
anonymous_enable=NO
local_enable=YES
write_enable=YES
ssl_enable=YES
force_local_logins_ssl=YES
force_local_data_ssl=YES
"""
RSYNC = """[data]
  path = /data
  read only = false
  auth users = copies
  secrets file = /auth/rsyncd.secrets
"""
CADDY = """{
	admin localhost:2019
}
https://claims.example.ae:8443 {
	tls /tls/tls.crt /tls/tls.key
	reverse_proxy https://claims.team-a.svc:8443
}
"""
COLLECTOR = {
    "mode": "deployment", "replicas": 2, "image": IMAGE, "resources": RESOURCES, "config": {
        "receivers": {"otlp": {"protocols": {"grpc": {
            "endpoint": "0.0.0.0:4317", "tls": {"cert_file": "/tls/tls.crt", "key_file": "/tls/tls.key"}}}}},
        "exporters": {"debug": {"verbosity": "basic"}, "otlp": {"endpoint": "tempo.monitoring.svc:4317"}},
        "service": {"pipelines": {"traces": {"receivers": ["otlp"], "exporters": ["otlp", "debug"]}}}}}  # fmt: skip
MODELS = """model_list:
- model_name: bank
  litellm_params: {model: hosted_vllm/falcon, api_base: "https://falcon.models.svc:8443/v1"}
guardrails:
- guardrail_name: names
  litellm_params: {guardrail: presidio, mode: pre_call, default_on: true}
- guardrail_name: prompts
  litellm_params:
    guardrail: lakera_v2
    mode: pre_call
    api_base: https://lakera.guard.svc:8443
    default_on: true
general_settings:
  master_key: os.environ/MASTER_KEY
"""
REALM = {
    "realm": "bank", "enabled": True, "sslRequired": "all", "bruteForceProtected": True, "accessTokenLifespan": 300,
    "defaultRole": {"name": "default-roles-bank", "composite": True, "composites": {
        "realm": ["offline_access", "uma_authorization"], "client": {"account": ["view-profile", "manage-account"]}}},
    "clients": [{"clientId": "portal", "attributes": {"access.token.lifespan": "900"}}]}  # fmt: skip

IDIOMS = (
    Idiom("a debugger of Python waits for its own machine", program(
        "scores", "python", "-m", "debugpy", "--listen", "127.0.0.1:5678", "-m", "scores.serve"),
        "microsoft/debugpy, --listen"),
    Idiom("a program of Go resolves names by itself and writes no frames", program(
        "app", GODEBUG="netdns=go,http2debug=0"), "net/http, GODEBUG"),
    Idiom("a program of Java writes how handshakes went", program(
        "app", JDK_JAVA_OPTIONS="-Djavax.net.debug=ssl:handshake"), "Java, 'Debugging TLS connections'"),
    Idiom("a program writes no keys of its connections", program("app", SSLKEYLOGFILE=""), "NSS, SSLKEYLOGFILE"),
    Idiom("a page for databases is for one server", program(
        "phpmyadmin", PMA_HOST="orders-rw.team-a.svc", PMA_ARBITRARY="0", PMA_SSL="1"), "phpMyAdmin, PMA_HOST"),
    Idiom("images are built by whoever has a certificate", program(
        "buildkit", "--addr=tcp://0.0.0.0:1234", "--tlscacert=/tls/ca.crt", "--tlscert=/tls/tls.crt",
        "--tlskey=/tls/tls.key", port=1234), "moby/buildkit, README, 'Expose BuildKit as a TCP service'"),
    Idiom("a store of keys and values asks for certificates", program(
        "etcd", ALLOW_NONE_AUTHENTICATION="yes", ETCD_CLIENT_CERT_AUTH="true", ETCD_TRUSTED_CA_FILE="/tls/ca.crt",
        ETCD_CERT_FILE="/tls/tls.crt", ETCD_KEY_FILE="/tls/tls.key",
        ETCD_ADVERTISE_CLIENT_URLS="https://etcd.team-a.svc:2379"), "bitnami/etcd"),
    Idiom("a proxy is administered from its own machine", _file("Caddyfile", CADDY), "Caddy, 'Global options', admin"),
    Idiom("models are written by users of a server of files", _file("nginx.conf", NGINX), "ngx_http_dav_module"),
    Idiom("models are written by users of Apache", _file("httpd.conf", APACHE), "mod_dav"),
    Idiom("data sets are shared with analysts by name", _file("smb.conf", SAMBA), "smb.conf, valid users"),
    Idiom("files are fetched with a name and TLS", _file("vsftpd.conf", FTP), "vsftpd.conf"),
    Idiom("copies are left with a password", _file("rsyncd.conf", RSYNC), "rsyncd.conf, auth users"),
    Idiom("files are shared with machines that prove themselves", _file(
        "exports", "/data *(rw,sync,sec=krb5p)\n/models 10.20.0.0/16(ro,sync,root_squash)\n"), "exports, sec"),
    Idiom("a collector writes how many spans came", (
        k8s("opentelemetry.io/v1beta1:OpenTelemetryCollector", {"metadata": meta("traces"), "spec": COLLECTOR}),),
        "opentelemetry-collector, debugexporter"),
    Idiom("guards of models run in the cluster", _file("config.yaml", MODELS), "LiteLLM, 'Guardrails'"),
    Idiom("users of a realm see their own account, with tokens of minutes", _file("realm.json", json.dumps(REALM)),
          "keycloak/keycloak, RealmRepresentation"),
    Idiom("Argo CD takes sources from a forge that proves itself", (
        k8s("core/v1:Secret", {"metadata": {"name": "repo", "namespace": "argocd", "labels": {
            **TAGS, "argocd.argoproj.io/secret-type": "repository"}}, "stringData": {
                "type": "git", "url": "https://git.example.ae/platform/apps.git", "insecure": "false"}}, "repo"),),
        "Argo CD, Declarative Setup, 'Repositories'"),
)  # fmt: skip
