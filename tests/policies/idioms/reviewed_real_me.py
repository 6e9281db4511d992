"""Good idioms of proxies, collectors and stores that rows of their switches refused at first (2026-11-30)."""

from ..blind import k8s, meta, workload
from . import Idiom

_HAPROXY = "haproxy/haproxy 50872da doc/configuration.txt, read 2026-11-30"


def _file(name: str, key: str, text: str, source: str) -> Idiom:
    """Returns a file of a program."""
    return Idiom(name, (k8s("core/v1:ConfigMap", {"metadata": meta("files"), "data": {key: text}}),), source)


def _commented(key: str, text: str) -> Idiom:
    """Returns a file with a comment that names what must not be done."""
    source = "the comments of each program; read by a reviewer, 2026-11-30"
    return _file(f"a comment of {key} names what must not be done: {text.splitlines()[0][:40]}", key, text, source)


IDIOMS = (
    _file("HAProxy before API servers checks their health without their certificate", "haproxy.cfg",
          "defaults\n  mode http\nfrontend apiserver\n  bind *:6443\n  mode tcp\n  default_backend servers\n"
          "backend servers\n  option httpchk\n  http-check connect ssl\n  http-check send meth GET uri /healthz\n"
          "  mode tcp\n  balance roundrobin\n  server cp1 10.0.0.11:6443 check verify none\n"
          "  server cp2 10.0.0.12:6443 check check-ssl verify none inter 10s\n",
          "kubernetes/kubeadm docs/ha-considerations.md, read by a reviewer, 2026-11-30"),
    _file("HAProxy passes TLS on and checks health by a line of defaults", "haproxy.cfg",
          "defaults\n  default-server check check-ssl verify none inter 5s\nbackend k\n  mode tcp\n"
          "  server a 10.0.0.1:443\nbackend b\n  server a 10.0.0.2:443 ssl verify required ca-file /ca.pem\n",
          _HAPROXY),
    _file("HAProxy refuses certificates that it does not know, after the handshake", "haproxy.cfg",
          "frontend f\n  bind 10.0.0.1:443 ssl crt /s.pem ca-file /ca.pem verify optional ca-ignore-err all "
          "crt-ignore-err all\n  http-request deny if { ssl_c_used } !{ ssl_c_verify 0 }\n  default_backend app\n",
          "jcmoraisjr/haproxy-ingress, its template of HAProxy, as known"),
    _file("HAProxy asks its administrators for a password in a rule", "haproxy.cfg",
          "userlist ops\n  user op password $5$abc\nfrontend stats\n  bind *:8404 ssl crt /s.pem\n"
          "  http-request auth realm Ops unless { http_auth(ops) }\n  stats enable\n  stats admin if TRUE\n", _HAPROXY),
    _file("HAProxy is administered from its own pod", "haproxy.cfg",
          "frontend stats\n  bind 127.0.0.1:8404\n  stats enable\n  stats admin if TRUE\n"
          "frontend shop\n  bind :8443 ssl crt /s.pem\n", _HAPROXY),
    Idiom("a program sends mail and asks a model without signing in there", (workload("apps/v1:Deployment", {
        "env": [{"name": f"{word}_AUTH_MODE", "value": "none"} for word in (
            "SMTP", "OLLAMA", "S3", "REDIS", "KAFKA", "PROXY", "UPSTREAM")]}),
        k8s("policy/v1:PodDisruptionBudget", {"metadata": meta(), "spec": {
            "minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}}, "budget")),
        "how a client signs in elsewhere lets nobody in here; read by a reviewer, 2026-11-30"),
    _file("a source of Vector asks callers for no certificate", "vector.toml",
          '[sources.in]\ntype = "vector"\naddress = "0.0.0.0:6000"\n[sources.in.tls]\nenabled = true\n'
          'crt_file = "/c/tls.crt"\nkey_file = "/c/tls.key"\nverify_certificate = false\n'
          '[sinks.out]\ntype = "file"\n[sinks.out.tls]\n# verify_certificate = false\nverify_certificate = true\n',
          "vector.dev, TLS of sources (verify_certificate, false by default), read by a reviewer, 2026-11-30"),
    _file("syslog-ng asks callers for no certificate, and checks where it sends", "syslog-ng.conf",
          'destination d { network("l.example.ae" tls(ca-dir("/c") peer-verify(required-trusted))); };\n'
          'source s {\n  network(ip(0.0.0.0) port(6514) transport("tls")\n'
          '    tls(key-file("/c/key.pem") cert-file("/c/cert.pem") peer-verify(optional-untrusted)));\n};\n'
          "log { source(s); destination(d); };\n", "syslog-ng, TLS of network(), as known"),
    _file("rsyslog asks callers for no certificate, and checks where it sends", "rsyslog.conf",
          'module(load="imtcp" StreamDriver.Name="gtls" StreamDriver.Mode="1" StreamDriver.AuthMode="anon")\n'
          'input(type="imtcp" port="6514")\naction(type="omfwd" target="l" StreamDriverAuthMode="x509/name")\n',
          "rsyslog/rsyslog-doc f542ba8 source/tutorials/tls_cert_server.rst, read 2026-11-30"),
    _commented("rsyslog.conf", '#action(type="omfwd" StreamDriverAuthMode="anon")\ninput(type="imptcp" port="514")\n'),
    _commented("harden.sql", "-- never run: EXEC sp_configure 'xp_cmdshell', 1\n"
               "EXEC sp_configure 'xp_cmdshell', 0;\n--never: EXEC sp_configure 'xp_cmdshell', 1\n"),
    _commented("haproxy.cfg", "global\n  # never lower to ssl-min-ver TLSv1.0\n"
               "  ssl-default-bind-options ssl-min-ver TLSv1.2\n"),
    _commented("ldap.conf", "TLS_REQCERT demand\n# TLS_REQCERT never disables the check\n"),
    _commented("h.lua", "-- ssl_verify = false is forbidden\nlocal c = {ssl_verify = true}\n"),
    _commented("start.sh", "# never use --listen-client-urls http://0.0.0.0:2379\n"
               "exec etcd --listen-client-urls https://0.0.0.0:2379\n"),
    _commented("run.sh", "# cockroach start --insecure is for development\ncockroach start --certs-dir=/certs\n"),
    _commented("lftp.conf", "# ssl:verify-certificate no must not be set\nset ssl:verify-certificate yes\n"),
    _commented("pipeline.conf", '# never: ssl_verification_mode => "none"\n'
               'output { elasticsearch { ssl_verification_mode => "full" } }\n'),
    _commented("syslog-ng.conf", "# peer-verify(optional-untrusted) would accept anybody\ndestination d {\n"
               '  # network("l" tls(peer-verify(no)))\n  network("l" tls(peer-verify(required-trusted)));\n};\n'),
    _commented("nats.conf", 'leafnodes { remotes = [ { url: "tls://x", tls {\n  # insecure: true\n'
               '  ca_file: "/ca" } } ] }\n'),
    _commented("nginx.conf", "# server { ssl_protocols SSLv3; }\nserver { ssl_protocols TLSv1.2 TLSv1.3; }\n"),
    _file("an empty list lets nobody administer APISIX", "config.yaml",
          "deployment:\n  admin:\n    allow_admin: []\n    admin_key_required: true\n",
          "apache/apisix apisix/cli/ngx_tpl.lua (each address that is listed, then deny all), read 2026-11-30"),
    _file("etcd listens with TLS, and without only for its own pod", "etcd.conf.yml",
          "name: e\nlisten-client-urls: https://0.0.0.0:2379,http://127.0.0.1:2379\n",
          "etcd-io/website 82459793 content/en/docs/v3.6/op-guide/security.md, read 2026-11-30"),
)  # fmt: skip
