"""Attacks near rows for files of databases and proxies that a review found to pass (2026-11-30)."""

from ..blind import k8s, meta, workload
from ..harness import Given
from . import Attack

SWITCH = ("FJ-IDN-313",)
GRANTS = "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, INDEX, ALTER, EXECUTE, EVENT, TRIGGER"
HASHED = (
    "validation_context:\n  trust_chain_verification: ACCEPT_UNTRUSTED\n"
    "  verify_certificate_hash: [df6ff72fe9116521268f6f2dd4966f51df479883fe7037b39f75916ac3049d1a]\n"
)


def _file(text: str, key: str) -> tuple[Given, ...]:
    return (k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {key: text}}),)


def _switch(name: str, key: str, text: str, harm: str) -> Attack:
    return Attack(name, SWITCH, _file(text, key), "critical", harm)


def _sql(name: str, text: str, harm: str = "the application reads or writes every row") -> Attack:
    return _switch(name, "init.sql", text, harm)


_TRUSTED, _OPEN = "whoever is in between answers", "everybody who reaches the port is let in"

ATTACKS = (
    _sql("files of the server are for a user with many privileges", f"GRANT {GRANTS}, FILE ON *.* TO 'a'@'%';"),
    _sql("files and settings of the server are for a user with many privileges",
         f"GRANT {GRANTS}, SUPER, FILE ON *.* TO 'a'@'%';"),
    _sql("files of the server stand behind a list of columns", "GRANT SELECT (a), FILE ON *.* TO 'a'@'%';"),
    _sql("files of the server stand on a line of their own", "GRANT SELECT,\n    FILE\n        ON *.* TO 'a'@'%';"),
    _sql("a wallet writes every row", "GRANT pg_write_all_data TO wallet;"),
    _sql("a wallet is created to write every row", "CREATE ROLE wallet LOGIN IN ROLE pg_write_all_data;"),
    _sql("a wallet reads every row", "GRANT pg_read_all_data TO wallet;"),
    _sql("an application stands behind a backup", "GRANT pg_read_all_data TO backup, payments;"),
    _sql("a backup writes every row", "GRANT pg_read_all_data, pg_write_all_data TO backup, payments;"),
    _sql("an application joins a group that writes every row", "ALTER GROUP pg_write_all_data ADD USER app;"),
    _sql("an application joins a group that reads every row", "ALTER GROUP pg_read_all_data ADD USER backup, app;"),
    _sql("a library comes from a folder of everybody", "LOAD '/usr/lib/../../tmp/evil.so';", "own programs run"),
    _switch("a database verifies nobody, with blanks", "config.xml",
            "<openSSL><client><verificationMode> none </verificationMode></client></openSSL>", _TRUSTED),
    _switch("a database verifies nobody, with an attribute", "config.xml",
            '<openSSL><client replace="1"><verificationMode>none</verificationMode></client></openSSL>', _TRUSTED),
    _switch("a database verifies nobody, behind comments", "config.xml",
            "<client><!-- strict --><!-- </client> --><name>AcceptCertificateHandler</name></client>", _TRUSTED),
    _switch("a database verifies nobody, in YAML", "config.yaml", "openSSL:\n  client:\n    verificationMode: none\n",
            _TRUSTED),
    _switch("servers of a proxy have the options of its defaults", "haproxy.cfg",
            "defaults\n  default-server ssl\nbackend a\n  server a 10.0.0.1:443 check verify none\n", _TRUSTED),
    _switch("servers of a proxy are not verified by default", "haproxy.cfg",
            "backend a\n  default-server check verify none\n  server a 10.0.0.1:443 ssl\n", _TRUSTED),
    _switch("servers of a proxy are not verified, in quotes", "haproxy.cfg",
            "backend a\n  server-template a 3 a.team-a.svc:443 ssl verify \"none\"\n", _TRUSTED),
    _switch("a pool of connections listens on one more address", "pgbouncer.ini",
            "[pgbouncer]\nlisten_addr = 127.0.0.1, ::1, 10.0.0.5\nauth_type = trust\n", _OPEN),
    _switch("a listener lets everybody in", "mosquitto.conf", "listener 1883\nlistener_allow_anonymous true\n", _OPEN),
    _switch("one of two listeners lets everybody in", "mosquitto.conf",
            "per_listener_settings true\nlistener 8883\nallow_anonymous false\nlistener 1883\nallow_anonymous true\n",
            _OPEN),
    _switch("a listener without certificates lets everybody in", "mosquitto.conf",
            "allow_anonymous true\nlistener 8883\nrequire_certificate true\nlistener 1883\n", _OPEN),
    _switch("the port of a broker lets everybody in", "mosquitto.conf", "port 1883\nallow_anonymous true\n", _OPEN),
    _switch("keys of hosts behind those of the machine are not asked for", "ssh_config",
            "Host localhost\n  StrictHostKeyChecking no\nHost *.team-a.svc localhost\n  StrictHostKeyChecking=no\n",
            _TRUSTED),
    _switch("a hash of a certificate stops nobody where each is accepted", "envoy.yaml", HASHED, _TRUSTED),
    _switch("one of two doors of an administrator is without TLS", "kong.conf",
            "admin_listen = 0.0.0.0:8001, 0.0.0.0:8444 ssl\nnginx_admin_ssl_verify_client = on\n",
            "whoever reaches the port changes every route"),
    Attack("a cache is administered without a secret from anywhere", SWITCH, (
        workload("apps/v1:Deployment", {"command": ["sh", "-c", "varnishd -F -T :6082 -S none"]}),),
        "critical", "whoever reaches the port changes the answers"),
    Attack("a store elsewhere is reached without TLS", ("FJ-ENC-425",), (workload("apps/v1:Deployment", {"env": [
        {"name": "MINIO_ENDPOINT", "value": "127.0.0.1.team-a.svc:9000"},
        {"name": "MINIO_SECURE", "value": "false"}]}),),
        "major", "whoever is in between reads the keys"),
)  # fmt: skip
"""Envoy takes each certificate whatever its hash: envoyproxy/envoy source/extensions/transport_sockets/tls/
cert_validator/default_validator.cc, verifyCertAndUpdateStatus, found as a string, read 2026-11-30."""
