"""Lines of files of proxies and collectors that verify nobody, or let everybody in: each refused case passed before."""

import pytest

from .harness import Pack, rules
from .test_held_against_sources import SWITCH, check_time, file, script

PACK = Pack()


@pytest.mark.parametrize(("name", "thrown", "good"), [
    ("haproxy.cfg", "backend a\n  server s1 10.0.0.1:443 ssl verify none\n",
     "backend a\n  server s1 10.0.0.1:443 ssl verify required ca-file /ca.pem\n"),
    ("haproxy.cfg", "backend a\n  default-server ssl verify none\n",
     "backend a\n  server s1 127.0.0.1:443 ssl verify none\n"),
    ("haproxy.cfg", "global\n  ssl-server-verify none\n", "global\n  ssl-server-verify required\n"),
    ("haproxy.cfg", "frontend a\n  bind :443 ssl crt /c verify required ca-file /a crt-ignore-err all\n",
     "frontend a\n  bind :443 ssl crt /c verify required ca-file /a\n"),
    ("haproxy.cfg", "global\n  stats socket ipv4@0.0.0.0:9999 level admin\n",
     "global\n  stats socket /var/run/haproxy.sock mode 600 level admin\n"),
    ("haproxy.cfg", "listen a\n  stats enable\n  stats admin if TRUE\n",
     "listen a\n  stats enable\n  stats auth ops:\"$PASSWORD\"\n  stats admin if TRUE\n"),
    ("haproxy.cfg", "global\n  ssl-default-bind-options ssl-min-ver TLSv1.0\n",
     "global\n  ssl-default-bind-options ssl-min-ver TLSv1.2\n"),
    ("httpd.conf", "SSLProxyVerify none\n", "SSLProxyVerify require\n"),
    ("httpd.conf", "SSLProxyCheckPeerName off\n", "SSLProxyCheckPeerName on\n"),
    ("httpd.conf", "SSLVerifyClient optional_no_ca\n", "SSLVerifyClient require\n"),
    ("httpd.conf", "SSLProtocol +TLSv1.1 +TLSv1.2\n", "SSLProtocol all -SSLv3 -TLSv1 -TLSv1.1\n"),
    ("httpd.conf", "SSLCipherSuite ALL:!ADH:RC4+RSA\n", "SSLCipherSuite HIGH:!aNULL:!MD5:!3DES\n"),
    ("nginx.conf", "ssl_protocols TLSv1 TLSv1.2;\n", "ssl_protocols TLSv1.2 TLSv1.3;\n"),
    ("nginx.conf", 'ssl_ciphers "HIGH:RC4";\n', "ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256:!DES-CBC3-SHA;\n"),
    ("fluent.conf", "<match **>\n  @type forward\n  tls_insecure_mode true\n</match>\n",
     "<match **>\n  @type forward\n  tls_insecure_mode false\n</match>\n"),
    ("fluent.conf", "<match **>\n  @type http\n  tls_verify_mode none\n</match>\n",
     "<match **>\n  @type http\n  tls_verify_mode peer\n</match>\n"),
    ("fluent.conf", "<source>\n  @type debug_agent\n  bind 0.0.0.0\n</source>\n",
     "<source>\n  @type debug_agent\n  bind 127.0.0.1\n</source>\n"),
    ("fluent.conf", "<system>\n  rpc_endpoint 0.0.0.0:24444\n</system>\n",
     "<system>\n  rpc_endpoint 127.0.0.1:24444\n</system>\n"),
    ("config.yaml", "deployment:\n  admin:\n    admin_key_required: false\n",
     "deployment:\n  admin:\n    admin_key_required: true\n"),
    ("config.yaml", "deployment:\n  admin:\n    allow_admin: [0.0.0.0/0]\n",
     "deployment:\n  admin:\n    allow_admin: [10.0.0.0/24]\n"),
    ("kong.conf", "admin_listen = 0.0.0.0:8001\n", "admin_listen = 127.0.0.1:8001\n"),
    ("kong.conf", "admin_listen = 0.0.0.0:8444 ssl\nenforce_rbac = off\n",
     "admin_listen = 0.0.0.0:8444 ssl\nenforce_rbac = entity\n"),
    ("activemq.xml", '<authorizationEntry topic="a.>" read="guests" write="app" admin="app"/>',
     '<authorizationEntry topic="ActiveMQ.Advisory.>" read="everyone" write="everyone" admin="everyone"/>'),
    ("init.sql", "CREATE USER a IDENTIFIED BY 'hunter22';",
     "CREATE AADUSER IF NOT EXISTS 'a' IDENTIFIED BY '6f1b0c2e-0000-4c1d-9d1b-000000000000';"),
    ("init.sql", "CREATE USER 'a'@'%'\n  IDENTIFIED WITH caching_sha2_password BY 'hunter22';",
     "CREATE USER a IDENTIFIED WITH authentication_ldap_simple BY 'uid=a,ou=People,dc=example,dc=ae';"),
    ("activemq.xml", '<tempDestinationAuthorizationEntry read="admins" write="anonymous" admin="admins"/>',
     '<tempDestinationAuthorizationEntry read="admins" write="admins" admin="admins"/>'),
    ("init.sql", "GRANT ALL ON a.* TO 'a' IDENTIFIED BY 'hunter22';", "CREATE USER a IDENTIFIED BY RANDOM PASSWORD;"),
    ("init.sql", "CREATE USER a IDENTIFIED VIA ed25519 USING PASSWORD('hunter22');",
     "CREATE USER a IDENTIFIED VIA unix_socket;"),
    ("init.sql", "SET PASSWORD FOR 'a'@'%' = 'hunter22';", "SET PASSWORD FOR 'a'@'%' = '${PASSWORD}';"),
    ("init.sql", "SET PASSWORD FOR a = PASSWORD('hunter22');", "SET PASSWORD FOR a = PASSWORD('$PASSWORD');"),
    ("init.sql", "CHANGE MASTER TO MASTER_HOST='db', MASTER_PASSWORD='hunter22';",
     "CHANGE MASTER TO MASTER_HOST='db', MASTER_PASSWORD='${PASSWORD}';"),
    ("init.sql", "CHANGE REPLICATION SOURCE TO SOURCE_PASSWORD = 'hunter22';", "SHOW REPLICA STATUS;"),
    ("init.sql", "CREATE SUBSCRIPTION s CONNECTION 'host=db password=hunter22' PUBLICATION p;",
     "CREATE SUBSCRIPTION s CONNECTION 'host=db passfile=/run/secrets/pgpass' PUBLICATION p;"),
    ("init.sql", "CREATE USER MAPPING FOR app SERVER db OPTIONS (user 'app', password 'hunter22');",
     "CREATE USER MAPPING FOR app SERVER db OPTIONS (user 'app', password_required 'false', sslkey '/tls/key.pem');"),
    ("init.sql", "ALTER USER MAPPING FOR PUBLIC SERVER db OPTIONS (SET password 'hunter22');",
     "ALTER USER MAPPING FOR PUBLIC SERVER db OPTIONS (DROP password);"),
    ("init.sql", "CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (HOST 'db', USER 'app', PASSWORD 'hunter22');",
     "CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'db'); SELECT password FROM a WHERE b = 'c';"),
    ("init.sql", "CREATE OR REPLACE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (PASSWORD 'hunter22');",
     "CREATE OR REPLACE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (PASSWORD '${PASSWORD}');"),
    ("init.sql", "CREATE LOGIN [a] WITH PASSWORD = N'hunter22';", "CREATE LOGIN [BANK\\a] FROM WINDOWS;"),
    ("init.sql", "CREATE USER a WITH PASSWORD = 'hunter22';", "CREATE USER [a] FROM EXTERNAL PROVIDER;"),
    ("init.sql", "GRANT REFERENCES, SELECT ON t TO PUBLIC;", "GRANT REFERENCES, SELECT ON t TO app;"),
    ("init.sql", "GRANT SELECT (a) ON t TO app, PUBLIC;", "REVOKE ALL ON t FROM PUBLIC;"),
    ("init.sql", "GRANT SELECT ON ALL TABLES\n  IN SCHEMA s\n  TO PUBLIC;", "GRANT USAGE ON SCHEMA s TO PUBLIC;"),
    ("kong.conf", "untrusted_lua = on\n", "untrusted_lua = sandbox\n"),
    ("a.lua", "local res = httpc:request_uri(url, {ssl_verify = false})", "local c = {ssl_verify = true}"),
    ("a.lua", "sock:sslhandshake(nil, host, false)", "sock:sslhandshake(nil, host, true)"),
    ("pgbouncer.ini", "[pgbouncer]\nlisten_addr = 127.0.0.1,0.0.0.0\nauth_type = any\n",
     "[pgbouncer]\nlisten_addr = 127.0.0.1\nauth_type = trust\n"),
    ("pgbouncer.ini", "[pgbouncer]\nlisten_addr=*\nauth_type=trust\n", "[pgbouncer]\nauth_type = scram-sha-256\n"),
    ("mosquitto.conf", "listener 1883 127.0.0.1\nlistener 1884\nallow_anonymous true\n",
     "listener 1883 127.0.0.1\nallow_anonymous true\n"),
    ("mosquitto.conf",
     "per_listener_settings true\nlistener 1883\nallow_anonymous true\nlistener 8883\nallow_anonymous false\n",
     "per_listener_settings true\nlistener 1883 127.0.0.1\nallow_anonymous true\nlistener 8883\n"),
    ("mosquitto.conf", "listener 1883\nallow_anonymous true\n", "listener 8883\nallow_anonymous false\n"),
    ("mosquitto.conf", "connection b\nbridge_insecure true\n", "connection b\nbridge_insecure false\n"),
    ("nats.conf", 'leafnodes { remotes = [ { url: "tls://x", tls { insecure: true } } ] }\n',
     'leafnodes { remotes = [ { url: "tls://x", tls { ca_file: "/ca" } } ] }\n'),
    ("c.xml", "<openSSL><client><verificationMode>none</verificationMode></client></openSSL>",
     "<openSSL><client></client><server><verificationMode>none</verificationMode></server></openSSL>"),
    ("envoy.yaml", "validation_context:\n  trust_chain_verification: ACCEPT_UNTRUSTED\n",
     "validation_context:\n  trust_chain_verification: VERIFY_TRUST_CHAIN\n"),
    ("telegraf.conf", "[[outputs.influxdb]]\n  insecure_skip_verify = true\n",
     "[[outputs.influxdb]]\n  insecure_skip_verify = false\n"),
    ("vector.toml", "[sinks.a.tls]\nverify_certificate = false\n", "[sinks.a.tls]\nverify_certificate = true\n"),
    ("a.conf", "output { elasticsearch { ssl_certificate_verification => false } }",
     "output { elasticsearch { ssl_certificate_verification => true } }"),
    ("a.conf", 'output { elasticsearch { ssl_verification_mode => "none" } }',
     'output { elasticsearch { ssl_verification_mode => "full" } }'),
    ("rsyslog.conf", 'action(type="omfwd" StreamDriverMode="1" StreamDriverAuthMode="anon")\n',
     'action(type="omfwd" StreamDriverMode="1" StreamDriverAuthMode="x509/name")\n'),
    ("syslog-ng.conf", "destination d { network(tls(peer-verify(optional-untrusted))); };\n",
     "destination d { network(tls(peer-verify(required-trusted))); };\n"),
    ("sshd_config", "PermitEmptyPasswords yes\n", "PermitEmptyPasswords no\n"),
    ("ssh_config", "Host *\n  StrictHostKeyChecking no\n", "Host *\n  StrictHostKeyChecking accept-new\n"),
])  # fmt: skip
def test_lines_of_files_count(name: str, thrown: str, good: str) -> None:
    """The sources are those of the rows of `data/program_switches.csv`."""
    assert SWITCH in rules(PACK.evaluate_resource(file(name, thrown)))
    assert SWITCH not in rules(PACK.evaluate_resource(file(name, good)))


def test_a_cache_asks_who_administers_it() -> None:
    """varnishcache/varnish-cache 27d2ce1 doc/sphinx/reference/varnishd.rst, -S."""
    assert SWITCH in rules(PACK.evaluate_resource(script("varnishd -F -T 0.0.0.0:6082 -S none")))
    assert SWITCH not in rules(PACK.evaluate_resource(script("varnishd -F -T 127.0.0.1:6082 -S /etc/varnish/secret")))


@pytest.mark.parametrize("text", [
    "server a b " * 1800, "  server a b verify" * 1100, "stats admin if " * 1300, "bind a " * 2800,
    "@type debug_agent " * 1100, "SSLCipherSuite " * 1300, "ssl_protocols " * 1400, ":sslhandshake(" * 1400,
    "CREATE USER a TO b AND " * 900, "GRANT SELECT ON a TO " * 950, "GRANT USAGE, " * 1500,
    "SET PASSWORD FOR a " * 1000, "ALTER SUBSCRIPTION a " * 950, "ALTER SERVER " * 1500, "USER IDENTIFIED WITH " * 950,
    'authorizationEntry a="' * 900, 'authorizationEntry read="a" ' * 700, "varnishd " * 2200,
    "ssl_verify   " * 1500, "\n" * 20_000, "  stats\n" * 2500,
])  # fmt: skip
def test_long_files_are_read_in_time(text: str) -> None:
    check_time(text)
