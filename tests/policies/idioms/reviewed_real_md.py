"""Good files of databases and proxies that a review found to be refused (2026-11-30)."""

from ..blind import k8s, meta, workload
from . import Idiom

CLICKHOUSE = """<clickhouse>
    <openSSL>
        <server><verificationMode>none</verificationMode></server>
        <client> <!-- Used for connecting to https dictionary source and secured Zookeeper communication -->
            <loadDefaultCAFile>true</loadDefaultCAFile>
            <!-- Use for self-signed: <verificationMode>none</verificationMode> -->
            <invalidCertificateHandler>
                <!-- Use for self-signed: <name>AcceptCertificateHandler</name> -->
                <name>RejectCertificateHandler</name>
            </invalidCertificateHandler>
        </client>
    </openSSL>
</clickhouse>
"""
KUBEADM = """frontend apiserver
    bind *:6443
    mode tcp
    default_backend apiserverbackend
backend apiserverbackend
    option httpchk
    http-check connect ssl
    http-check send meth GET uri /healthz
    mode tcp
    server cp1 10.0.0.11:6443 check verify none
    server cp2 10.0.0.12:6443 check check-ssl verify none inter 10s
"""
CHECKED = "defaults\n  default-server check check-ssl verify none\nbackend a\n  mode tcp\n  server a 10.0.0.1:443\n"
OTHER_BACKEND = "backend a\n  default-server ssl verify required ca-file /ca.pem\n  server a 10.0.0.1:443\n" + KUBEADM
LISTENERS = """per_listener_settings true
listener 1883 127.0.0.1
allow_anonymous true
listener 8883
allow_anonymous false
password_file /mosquitto/config/passwords
"""
WITH_CERTIFICATES = "listener 8883\ncafile /c/ca.crt\nrequire_certificate true\nallow_anonymous true\n"
PRIVILEGES = ",\n        ".join(("SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "INDEX", "ALTER", "EXECUTE"))
MYSQL = f"GRANT {PRIVILEGES}\n    ON app.* TO 'app'@'10.%';\nGRANT SELECT, PROCESS ON *.* TO 'pmm'@'10.%';\n"
READERS = """GRANT pg_read_all_data TO dba_readonly;
GRANT pg_read_all_data TO postgres_exporter;
GRANT pg_read_all_data TO reports_ro;
GRANT pg_read_all_data TO backup, wal_g;
CREATE ROLE walg LOGIN IN ROLE pg_read_all_data;
"""
SSH = "Host 127.0.0.1 localhost\n    StrictHostKeyChecking no\nHost *\n    StrictHostKeyChecking yes\n"
VARNISH = "varnishd -F -a :8080 {} -f /etc/varnish/default.vcl"


def _file(name: str, key: str, text: str, source: str) -> Idiom:
    return Idiom(name, (k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {key: text}}),), source)


def _cache(name: str, words: str) -> Idiom:
    command = ["sh", "-c", "exec " + VARNISH.format(words)]
    budget = k8s("policy/v1:PodDisruptionBudget", {"metadata": meta(), "spec": {
        "minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}}, "budget")  # fmt: skip
    return Idiom(name, (workload("apps/v1:Deployment", {"command": command}), budget),
                 "varnishcache/varnish-cache 27d2ce1 doc/sphinx/reference/varnishd.rst, read 2026-11-30")  # fmt: skip


_HAPROXY = "haproxy/haproxy 50872da doc/configuration.txt (check-ssl), read 2026-11-30"
_PGBOUNCER = "pgbouncer/pgbouncer 13a344f doc/config.md (listen_addr), read 2026-11-30"
_MOSQUITTO = "eclipse-mosquitto/mosquitto 7b8aba1 man/mosquitto.conf.5.xml, read 2026-11-30"
_KONG = "Kong/kong 22246ef kong.conf.default (admin_listen), read 2026-11-30; enforce_rbac as known"
_POSTGRES = "PostgreSQL, 'Predefined Roles' and 'LOAD', as known"

IDIOMS = (
    _file("a database has the comments of its publisher", "config.xml", CLICKHOUSE,
          "ClickHouse/ClickHouse 001409ce programs/server/config.xml, read 2026-11-30"),
    _file("a proxy checks the health of servers of the API of Kubernetes", "haproxy.cfg", KUBEADM,
          "kubernetes/kubeadm docs/ha-considerations.md, as known"),
    _file("a proxy passes TLS on and checks the health of servers", "haproxy.cfg", CHECKED, _HAPROXY),
    _file("a proxy verifies one backend and passes TLS on to another", "haproxy.cfg", OTHER_BACKEND, _HAPROXY),
    _file("a pool of connections has only a socket", "pgbouncer.ini",
          "[pgbouncer]\nunix_socket_dir = /run/pgbouncer\nauth_type = any\n", _PGBOUNCER),
    _file("a pool of connections is for the machine", "pgbouncer.ini",
          "[pgbouncer]\nlisten_addr = 127.0.0.1,::1\nauth_type = trust\n", _PGBOUNCER),
    _file("a pool of connections is for the machine by IPv6", "pgbouncer.ini",
          "[pgbouncer]\nlisten_addr = ::1\nauth_type = trust\n", _PGBOUNCER),
    _file("a broker is for the machine", "mosquitto.conf", "persistence true\nallow_anonymous true\n", _MOSQUITTO),
    _file("a listener of a broker for the machine has settings of its own", "mosquitto.conf", LISTENERS, _MOSQUITTO),
    _file("a broker asks for certificates", "mosquitto.conf", WITH_CERTIFICATES, _MOSQUITTO),
    _file("privileges stand one a line", "init.sql", MYSQL, "MySQL 8.0, 'GRANT', as known"),
    _file("backups, exporters and people read every row", "init.sql", READERS, _POSTGRES),
    _file("a library of the package is loaded", "init.sql", "LOAD '/usr/pgsql-16/lib/auto_explain.so';\n", _POSTGRES),
    _file("a database has contained users and programs of .NET", "init.sql",
          "EXEC sp_configure 'contained database authentication', 1;\nEXEC sp_configure 'clr enabled', 1;\n",
          "MicrosoftDocs/sql-docs clr-strict-security.md 01a32d0 (clr strict security is on by default), as known"),
    _file("keys of the machine itself are not asked for", "ssh_config", SSH, "ssh_config(5), as known"),
    _file("a door of an administrator asks for certificates", "kong.conf",
          "admin_listen = 0.0.0.0:8444 http2 ssl\nnginx_admin_ssl_verify_client = on\n", _KONG),
    _file("a door of an administrator asks for tokens", "kong.conf",
          "admin_listen = 0.0.0.0:8444 ssl\nenforce_rbac = on\n", _KONG),
    _cache("a cache has no door for its administrator", "-T none -S none"),
    _cache("a cache is administered from the machine", "-T 127.0.0.1:6082 -S none"),
    Idiom("a program speaks with the store in its own pod", (
        workload("apps/v1:Deployment", {"env": [{"name": "MINIO_ENDPOINT", "value": "127.0.0.1:9000"},
                                                {"name": "MINIO_SECURE", "value": "false"}]}),
        k8s("policy/v1:PodDisruptionBudget", {"metadata": meta(), "spec": {
            "minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}}, "budget")),
        "minio/minio-py, Minio(secure=False), as known"),
)  # fmt: skip
