"""Attacks by other spellings of switches, and by paths of nginx, that a review found (2026-11-30)."""

from ..blind import TAGS, k8s, meta, workload
from . import Attack

_BETWEEN = "whoever is in between reads and answers what the program asks"
_STORE = "each pod reads and writes the store"


def _file(name: str, key: str, text: str, harm: str = _BETWEEN) -> Attack:
    """Returns a file that a switch opens."""
    return Attack(name, ("FJ-IDN-313",), (
        k8s("core/v1:ConfigMap", {"metadata": meta("files"), "data": {key: text}}),), "major", harm)  # fmt: skip


def _path(name: str, path: str) -> Attack:
    """Returns an Ingress with a path that becomes lines of nginx."""
    backend = {"service": {"name": "a", "port": {"number": 80}}}
    rule = {"host": "a.example.ae", "http": {"paths": [
        {"path": path, "pathType": "ImplementationSpecific", "backend": backend}]}}  # fmt: skip
    return Attack(name, ("FJ-EXP-322",), (k8s("networking.k8s.io/v1:Ingress", {
        "metadata": {**meta("shop"), "labels": TAGS}, "spec": {
            "ingressClassName": "nginx-internal", "tls": [{"hosts": ["a.example.ae"], "secretName": "t"}],
            "rules": [rule]}}),), "critical",
        "the controller answers from the cluster's own addresses (ingress-nginx inspector/rules.go)")  # fmt: skip


ATTACKS: tuple[Attack, ...] = (
    _file("a leaf of NATS verifies nobody by an equals sign", "nats.conf",
          'leafnodes { remotes = [ { url: "tls://hub.example.ae", tls { insecure = true } } ] }\n'),
    _file("a leaf of NATS verifies nobody by a space", "nats.conf",
          'leafnodes {\n remotes = [ {\n url: "tls://hub"\n tls {\n insecure true\n }\n } ]\n}\n'),
    _file("a cluster of NATS verifies nobody in a map behind a colon", "nats.conf",
          "cluster { tls: { insecure: true } }\n"),
    Attack("etcd listens without TLS by its variable", ("FJ-IDN-313",), (workload("apps/v1:Deployment", {
        "env": [{"name": "ETCD_LISTEN_CLIENT_URLS", "value": "https://0.0.0.0:2378,http://0.0.0.0:2379"}]}),),
        "major", f"{_STORE} (etcd-io/website 82459793 op-guide/security.md)"),
    _file("etcd listens without TLS by its file", "etcd.conf.yml",
          "name: e\nlisten-client-urls: http://0.0.0.0:2379\n", _STORE),
    _file("ssh takes every host by an equals sign", "ssh_config", "Host *\n  StrictHostKeyChecking=no\n"),
    _file("ssh takes every host by an equals sign between blanks", "ssh_config",
          "Host *\n  StrictHostKeyChecking = no\n"),
    _file("ssh takes every host by a word in quotes", "ssh_config", 'Host *\n  StrictHostKeyChecking "no"\n'),
    _file("ssh lets users in without a password by an equals sign", "sshd_config", "PermitEmptyPasswords=yes\n",
          "everybody signs in"),
    _file("httpd verifies no server by a word in quotes", "httpd.conf", 'SSLProxyVerify "none"\n'),
    _file("fluentd verifies nobody by a word in quotes", "fluent.conf",
          '<match **>\n  @type forward\n  tls_insecure_mode "true"\n</match>\n'),
    _file("fluentd takes commands of every host by a word in quotes", "fluent.conf",
          '<system>\n  rpc_endpoint "0.0.0.0:24444"\n</system>\n', "whoever reaches the port stops the collector"),
    _file("HAProxy verifies no server by a word in quotes", "haproxy.cfg",
          'backend k\n  server a 10.0.0.11:8443 ssl verify "none"\n'),
    _file("HAProxy verifies no server whose TLS is in the line of defaults", "haproxy.cfg",
          "backend k\n  default-server ssl check\n  server a 10.0.0.11:8443 verify none\n"),
    _file("HAProxy verifies no server by the line of defaults", "haproxy.cfg",
          "defaults\n  default-server check verify none\nbackend k\n  server a 10.0.0.11:8443 ssl\n"),
    _file("HAProxy administers itself on every address beside its own", "haproxy.cfg",
          "frontend s\n  bind 127.0.0.1:8404,:8405\n  stats enable\n  stats admin if TRUE\n",
          "whoever reaches the port takes servers away"),
    _file("HAProxy takes every certificate, and a comment names the check", "haproxy.cfg",
          "frontend f\n  # ssl_c_verify\n  bind :443 ssl crt /c verify optional ca-file /a crt-ignore-err all\n"
          "  # acl ok ssl_c_verify 0\n", "a certificate that the caller signed himself is enough"),
    _file("nginx offers SSLv3 on one line", "nginx.conf", "server { listen 443 ssl; ssl_protocols SSLv3; }\n"),
    _file("nginx offers TLS 1.0 on a line of its own", "nginx.conf", "ssl_protocols\n   TLSv1\n   TLSv1.2;\n"),
    _file("a program starts the shell of the database without quotes", "init.sql", "EXEC sp_configure xp_cmdshell, 1;",
          "a query runs programs on the server"),
    _file("a program starts the shell of the database in double quotes", "init.sql",
          'EXEC sp_configure "xp_cmdshell", 1;', "a query runs programs on the server"),
    _file("a program starts the shell of the database in brackets", "init.sql",
          "EXEC sp_configure @configname=[xp_cmdshell], @configvalue=1;", "a query runs programs on the server"),
    _file("two halves of all addresses administer APISIX", "config.yaml",
          "deployment:\n  admin:\n    allow_admin: [0.0.0.0/1, 128.0.0.0/1]\n", "each host changes the routes"),
    _file("a sink of Vector verifies nobody in a table on one line", "vector.toml",
          '[sinks.es]\ntype = "elasticsearch"\ntls = { verify_certificate = false }\n'),
    _file("a source of Vector verifies no server that it asks", "vector.toml",
          '[sources.a]\ntype = "kafka"\n[sources.a.tls]\nenabled = true\nverify_certificate = false\n'),
    _file("syslog-ng sends to whoever answers", "syslog-ng.conf",
          'destination d {\n  network("l.example.ae" port(6514) transport("tls")\n    # checked by nobody\n'
          '    tls(ca-dir("/c") peer-verify(required-untrusted)));\n};\n'),
    _file("rsyslog sends to whoever answers", "rsyslog.conf",
          'action(type="omfwd" target="logs.example.ae" template="(a)" StreamDriver="gtls"\n'
          '       StreamDriverMode="1" StreamDriverAuthMode="anon")\n'),
    _path("a path of nginx ends its block and opens another",
          "/a;} location /b { proxy_pass http://169.254.169.254; } #"),
    _path("a path of nginx answers with a variable", "/a{return 200 $ssl_server_name;}location /c"),
    _path("a path of nginx ends its word by a quote", '/x" { alias /etc/kubernetes/pki/'),
    _path("a path of nginx runs Lua in capital letters", "/a { access_by_LUA x"),
)  # fmt: skip
