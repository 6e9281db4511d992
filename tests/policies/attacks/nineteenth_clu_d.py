"""Attacks on clusters by programs, their files and kinds that are known (2026-11-30, nineteenth set, blind).

Written after the first three files had run, before a rule ran on these. Settings as in the sources named; 'as known'
what was not looked up.
"""

from ..blind import ME, TAGS, k8s, meta, pod
from ..harness import Given
from . import Attack
from .nineteenth_clu_c import program, text

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
KEPT = (*OPEN, "FJ-RSL-")
RESOURCES = {"requests": {"cpu": "500m", "memory": "2Gi"}, "limits": {"cpu": "1", "memory": "2Gi"}}


def _in(namespace: str, kind: str, name: str, spec: object, **more: object) -> Given:
    return k8s(kind, {"metadata": meta(name, namespace, **more), "spec": spec}, name)


def _image(name: str) -> str:
    """Returns the image of a program in the bank's registry, by its digest."""
    return f"{ME}.dkr.ecr.me-central-1.amazonaws.com/{name}@sha256:" + "e" * 64


NGINX = """server {
  listen 8443 ssl;
  ssl_certificate /tls/tls.crt;
  ssl_certificate_key /tls/tls.key;
  location /models/ {
    root /data;
    dav_methods PUT DELETE MKCOL;
    create_full_put_path on;
  }
}
"""
HAPROXY = """global
  stats socket ipv4@0.0.0.0:9999 level admin
defaults
  mode tcp
frontend orders
  bind :8443 ssl crt /tls/tls.pem ssl-min-ver TLSv1.3
  default_backend orders
backend orders
  server a orders-rw.team-a.svc:5432 check
"""
CADDY = """{
  admin 0.0.0.0:2019
}
https://claims.example.ae:8443 {
  tls /tls/tls.crt /tls/tls.key
  reverse_proxy https://claims.team-a.svc:8443
}
"""
SSHD = """Port 2222
PermitRootLogin yes
PasswordAuthentication yes
PermitEmptyPasswords yes
Subsystem sftp internal-sftp
"""
SAMBA = """[global]
  server min protocol = SMB3
  map to guest = Bad User
[datasets]
  path = /data
  read only = no
  guest ok = yes
"""
FTP = """listen=YES
anonymous_enable=YES
anon_upload_enable=YES
write_enable=YES
anon_root=/data/claims
ssl_enable=NO
"""
VECTOR = """sources:
  audit: {type: file, include: [/logs/audit/*.log]}
sinks:
  audit: {type: blackhole, inputs: [audit]}
"""
SERVED = {
    "serveConfigV2": "applications:\n- name: claims\n  import_path: claims.app:app\n  runtime_env:\n"
                     "    image_uri: ghcr.io/published-by-somebody/claims:latest\n",
    "rayClusterConfig": {"rayVersion": "2.52.0", "headGroupSpec": {
        "rayStartParams": {}, "template": {"metadata": {"labels": TAGS}, "spec": pod({"image": _image("ray")})}},
        "workerGroupSpecs": [{
            "groupName": "w", "replicas": 1, "minReplicas": 1, "maxReplicas": 2, "rayStartParams": {},
            "template": {"metadata": {"labels": TAGS}, "spec": pod({"image": _image("ray")})}}]}}  # fmt: skip
CLUSTER = SERVED["rayClusterConfig"]
SENT = {
    "entrypoint": "python /app/train.py",
    "shutdownAfterJobFinishes": True,
    "ttlSecondsAfterFinished": 600,
    "rayClusterSpec": CLUSTER,
    "submitterPodTemplate": {
        "metadata": {"labels": TAGS},
        "spec": pod(
            {"image": _image("ray"), "securityContext": {"privileged": True}}, restartPolicy="Never", hostPID=True
        ),
    },
}
MIRRORED = {
    "parentRefs": [{"name": "bank", "namespace": "gateways"}], "hostnames": ["claims.example.ae"], "rules": [{
        "matches": [{"path": {"type": "PathPrefix", "value": "/"}}],
        "filters": [{"type": "RequestMirror", "requestMirror": {
            "backendRef": {"name": "collector", "namespace": "team-b", "port": 8443}}}],
        "backendRefs": [{"name": "claims", "port": 8443}]}]}  # fmt: skip
COLLECTOR = {
    "mode": "deployment", "replicas": 2, "image": _image("otelcol"), "resources": RESOURCES, "config": {
        "receivers": {"otlp": {"protocols": {"grpc": {
            "endpoint": "0.0.0.0:4317", "tls": {"cert_file": "/tls/tls.crt", "key_file": "/tls/tls.key"}}}}},
        "exporters": {"debug": {"verbosity": "detailed", "sampling_initial": 1000000}},
        "service": {"pipelines": {"traces": {"receivers": ["otlp"], "exporters": ["debug"]}}}}}  # fmt: skip
DATABASE = {
    "instances": 3, "imageName": _image("postgresql"), "enableSuperuserAccess": False,
    "storage": {"size": "100Gi", "storageClass": "encrypted"}, "inheritedMetadata": {"labels": TAGS},
    "resources": RESOURCES, "postgresql": {"parameters": {
        "log_min_duration_statement": "0", "log_parameter_max_length": "-1"}}}  # fmt: skip

ATTACKS = (
    Attack("a debugger of Python waits for whoever calls", OPEN, program(
        "scores", "python", "-m", "debugpy", "--listen", "0.0.0.0:5678", "-m", "scores.serve"),
        "critical", "each pod runs programs in the server (microsoft/debugpy, README.md, --listen, as known)"),
    Attack("headers with tokens stand in the log of a program of Go", OPEN, program("app", GODEBUG="http2debug=2"),
        "major", "whoever reads logs acts as each caller (Go, net/http, GODEBUG=http2debug=2, as known)"),
    Attack("a program of Java loads classes from wherever a directory says", OPEN, program(
        "app", JAVA_TOOL_OPTIONS="-Dcom.sun.jndi.ldap.object.trustURLCodebase=true"),
        "major", "a name in a request runs a stranger's class (Java, JNDI, trustURLCodebase, as known)"),
    Attack("a program of Java writes what TLS protects into its log", OPEN, program(
        "app", JDK_JAVA_OPTIONS="-Djavax.net.debug=all"),
        "major", "plaintext of each connection is in the log (Java, 'Debugging TLS connections', as known)"),
    Attack("a program of Java takes the certificate of any host", OPEN, program(
        "app", JAVA_OPTS="-Djdk.internal.httpclient.disableHostnameVerification=true"),
        "major", "whoever has any certificate stands between (Java, java.net.http, module properties, as known)"),
    Attack("replicas of a service of Ray run in a stranger's image", OPEN, (
        _in("team-a", "ray.io/v1:RayService", "claims", SERVED),),
        "critical", "his program answers customers (Ray, 'Environment Dependencies', runtime_env.image_uri, as known)"),
    Attack("a pod that sends a job to Ray has its machine", OPEN, (
        _in("team-a", "ray.io/v1:RayJob", "claims", SENT),),
        "critical", "whoever is in it reads pods of its machine (ray-project/kuberay, RayJob, submitterPodTemplate, "
        "as known)"),
    Attack("whoever calls a server of files writes and deletes models", OPEN, text("files", "models", {
        "nginx.conf": NGINX}),
        "major", "models are replaced by anybody's (nginx, ngx_http_dav_module, dav_methods, as known)"),
    Attack("whoever calls a proxy changes where it leads", OPEN, text("haproxy", "team-a", {"haproxy.cfg": HAPROXY}),
        "critical", "queries and passwords go to a server of his (HAProxy, Management Guide, 'stats socket', level "
        "admin, as known)"),
    Attack("whoever calls another proxy rewrites its file", OPEN, text("caddy", "team-a", {"Caddyfile": CADDY}),
        "critical", "routes and certificates are changed by each pod (Caddy, 'Global options', admin, as known)"),
    Attack("root signs in to a server of files without a password", OPEN, text("sshd", "team-a", {
        "sshd_config": SSHD}),
        "critical", "files of all are anybody's (sshd_config, PermitRootLogin, PermitEmptyPasswords, as known)"),
    Attack("guests read and write data sets", OPEN, text("samba", "team-a", {"smb.conf": SAMBA}),
        "critical", "no password is asked for (Samba, smb.conf, guest ok, map to guest, as known)"),
    Attack("claims are fetched and left without a name", OPEN, text("ftp", "team-a", {"vsftpd.conf": FTP}),
        "critical", "no password, no TLS (vsftpd.conf, anonymous_enable, ssl_enable, as known)"),
    Attack("a collector throws away the records of audit", KEPT, text("vector", "audit", {"vector.yaml": VECTOR}),
        "major", "no record of who did what is kept (vector.dev, 'Blackhole sink', as known)"),
    Attack("whoever reaches it builds images of the bank", OPEN, program(
        "buildkit", "buildkitd", "--addr", "tcp://0.0.0.0:1234", "--oci-worker-no-process-sandbox", port=1234),
        "critical", "its keys for the registry push what he likes (moby/buildkit, README.md, 'Expose BuildKit as a TCP "
        "service', as known)"),
    Attack("a store of keys and values asks nobody who he is", OPEN, program(
        "etcd", ALLOW_NONE_AUTHENTICATION="yes", ETCD_ADVERTISE_CLIENT_URLS="https://etcd.team-a.svc:2379"),
        "critical", "each pod reads and writes it (bitnami/containers, etcd, ALLOW_NONE_AUTHENTICATION, as known)"),
    Attack("whoever has a user of a cache loads modules into it", OPEN, program(
        "redis", "redis-server", "--port", "0", "--tls-port", "6379", "--tls-cert-file", "/tls/tls.crt",
        "--tls-key-file", "/tls/tls.key", "--aclfile", "/auth/users.acl", "--enable-module-command", "yes",
        "--enable-debug-command", "yes", port=6379),
        "major", "a module is a program in the server (redis.conf, enable-module-command, as known)"),
    Attack("a page with each query of a program is open", OPEN, program(
        "orders", SPRING_H2_CONSOLE_ENABLED="true", SPRING_H2_CONSOLE_SETTINGS_WEB_ALLOW_OTHERS="true"),
        "critical", "statements of a visitor run programs in the server (Spring Boot, 'H2's web console', as known)"),
    Attack("a database of documents asks nobody for a password", OPEN, program(
        "mongo", "mongod", "--bind_ip_all", "--noauth", "--tlsMode", "requireTLS", "--tlsCertificateKeyFile",
        "/tls/tls.pem", port=27017),
        "critical", "each pod reads and deletes documents (MongoDB, mongod, --noauth, as known)"),
    Attack("each request of claims goes to a service of another namespace too", OPEN, (
        _in("team-a", "gateway.networking.k8s.io/v1:HTTPRoute", "claims", MIRRORED),),
        "critical", "requests with tokens are copied to a team (Gateway API, HTTPRequestMirrorFilter, as known)"),
    Attack("whole traces with questions of customers stand in the log of a collector", OPEN, (
        _in("team-a", "opentelemetry.io/v1beta1:OpenTelemetryCollector", "traces", COLLECTOR),),
        "major", "whoever reads logs reads questions and tokens (opentelemetry-collector, debugexporter, verbosity, as "
        "known)"),
    Attack("each statement with its values stands in the log of a database", OPEN, (
        _in("team-a", "postgresql.cnpg.io/v1:Cluster", "orders", DATABASE),),
        "major", "card numbers and passwords are in logs (PostgreSQL, 'Error reporting and logging', "
        "log_min_duration_statement, log_parameter_max_length, as known)"),
)  # fmt: skip
