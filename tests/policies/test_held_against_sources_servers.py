"""Spellings of servers of files, terminals and relays, and settings of data stores, that their sources have: each
refused case passed before, and each good one next to it was refused or comes close."""

import pytest
from guardrails.engine.verdicts import Verdict
from guardrails.unverifiable.listed_parameters import listed_parameters, parameter_name
from guardrails.unverifiable.switch_rows import condition

from tests.processor_time import within

from .blind import crd, k8s, meta, pod
from .harness import Given, Pack, rules

PACK = Pack()
SWITCH, LISTED = "FJ-IDN-313", "FJ-ESC-115"


def script(text: str) -> Given:
    """Returns a Pod that runs a script."""
    return k8s("core/v1:Pod", {"metadata": meta(), "spec": pod({"command": ["sh", "-c", text]})})


def variable(name: str, value: str) -> Given:
    """Returns a Pod with a variable."""
    return k8s("core/v1:Pod", {"metadata": meta(), "spec": pod({"env": [{"name": name, "value": value}]})})


def file(name: str, text: str) -> Given:
    """Returns a ConfigMap with a file."""
    return k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {name: text}})


def page(filters: object) -> Given:
    """Returns a Kibana whose record of calls leaves events out."""
    config = {"telemetry.optIn": False, "xpack.security.audit": {"enabled": True, "ignore_filters": filters}}
    spec = {"version": "9.2.0", "count": 2, "elasticsearchRef": {"name": "search"}, "config": config}
    return crd("kibana.k8s.elastic.co/v1:Kibana", spec)


RSYNC = "[data]\n  path = /data\n"
ANONYMOUS = "<Anonymous /data>\n  User data\n"
SERVERS = (
    (script("ttyd -W -S -C /tls/tls.crt -K /tls/tls.key bash"), script("ttyd -w /data -S -p 7681 tail -F app.log")),
    (script("gotty --permit-write -a 0.0.0.0 bash"), script("gotty -a 127.0.0.1 -w bash")),
    (variable("GOTTY_PERMIT_WRITE", "true"), variable("GOTTY_PERMIT_WRITE", "false")),
    (script("turnserver -n -z --realm=bank"), script("turnserver -n -a --realm=bank")),
    (script("turnserver -n --no-auth=true --realm=bank"), script("turnserver -n --no-auth=false --use-auth-secret")),
    (script("turnserver -n --no-auth --realm=bank"), script("turnserver -n --no-auth-pings --use-auth-secret")),
    (file("turnserver.conf", "listening-port=3478\nno-auth=true\n"),
     file("turnserver.conf", "listening-port=3478\nno-auth=false\nuse-auth-secret\n")),
    (file("httpd.conf", "<Location /data>\n  Dav dbm-store\n</Location>\n"),
     file("httpd.conf", "<Location /data>\n  Dav Off\n</Location>\n")),
    (file("httpd.conf", "<Location /data>\n  Dav On\n  AuthType None\n</Location>\n"),
     file("httpd.conf", "<Location /data>\n  Dav On\n  AuthType Digest\n  Require valid-user\n</Location>\n")),
    (file("rsyncd.conf", f"{RSYNC}  readonly = no\n"), file("rsyncd.conf", f"{RSYNC}  readonly = yes\n")),
    (file("rsyncd.conf", f"{RSYNC}  read only = no\n  hosts allow = *\n"),
     file("rsyncd.conf", f"{RSYNC}  read only = no\n  hostsallow = 10.20.0.0/16\n")),
    (file("proftpd.conf", f"{ANONYMOUS}  AnonRequirePassword off\n</Anonymous>\n"),
     file("proftpd.conf", f"{ANONYMOUS}  AnonRequirePassword on\n</Anonymous>\n")),
    (file("danted.conf", "internal: eth0 port = 1080\nsocksmethod: username none\n"),
     file("danted.conf", "internal: eth0 port = 1080\nclientmethod: none\nsocksmethod: username # none\n")),
    (variable("SOCKSMETHOD", "username none"), variable("SOCKSMETHOD", "username")),
    (script("git config --system daemon.receivepack true && git daemon --base-path=/srv"),
     script("git config --system daemon.receivepack false && git daemon --base-path=/srv")),
    (file("gitconfig", "[daemon]\n\tuploadpack = true\n\treceivepack = true\n"),
     file("gitconfig", "[daemon]\n\tuploadpack = true\n[http]\n\treceivepack = true\n")),
    (script("git daemon --enable=receive-pack --listen=0.0.0.0"),
     script("git daemon --enable=receive-pack --listen=127.0.0.1 --base-path=/srv")),
    (script("x11vnc --nopw -forever"), script("x11vnc -nopw -localhost -forever")),
    (script("x11vnc -forever -nopw -listen 0.0.0.0"), script("x11vnc -listen localhost -forever -nopw")),
    (script("ncat -lkp 4444 --sh-exec bash"), script("ncat -lk 8080 --sh-exec 'sh /service/health.sh'")),
    (script("ncat -lk 4444 -c 'bash -i'"), script("ncat -z pg-rw.team-a.svc 5432 && bash -c 'bash -i'")),
    (script("socat TCP-LISTEN:4444,fork SHELL:bash"), script("socat TCP-LISTEN:8080,fork SHELL:'cat /status'")),
    (file("exports", "/data *(rw,sync,sec=krb5:sys)\n"), file("exports", "/data *(rw,sync,sec=krb5:krb5i:krb5p)\n")),
    (variable("HOSTS0", "tcp://192.168.59.103:2375"), variable("HOSTS0", "tcp://127.0.0.1:2375")),
)  # fmt: skip
FILTERS = (
    ([{"spaces": ["default"]}], [{"actions": ["http_request"]}]),
    ([{"users": ["elastic", "kibana_system"]}], [{"users": ["kibana_system"]}]),
    ([{"categories": ["database"], "types": ["creation", "change"]}], [{"actions": ["session_cleanup"]}]),
    ([{"outcomes": ["success", "unknown"]}], [{"actions": ["http_request"], "outcomes": ["success", "unknown"]}]),
    ([{"actions": ["http_request"], "outcomes": ["failure"]}], []),
    ([{"actions": ["http_request", "rule_disable"]}],
     [{"actions": ["http_request", "saved_object_find"], "spaces": ["default"]}, {"users": ["kibana_system"]}]),
)  # fmt: skip
LISTS = (
    ("oracle", "sqlnetora.sqlnet.allowed_logon_version_server", "11", "12"),
    ("oracle", "db_block_checksum", "OFF", "TYPICAL"),
    ("mongodb", "setParameter.searchTLSMode", "disabled", "globalTLS"),
    ("mongodb", "setParameter.ocspEnabled", "false", "true"),
    ("spark", "spark.history.ui.acls.enable", "false", "true"),
    ("spark", "spark.ui.acls.enable", "false", "true"),
    ("spark", "spark.sql.hive.metastore.jars", "maven", "/opt/hive/lib/*:/opt/hive/extra/a.jar"),
    ("flink", "env.java.default-opts.all", "-XX:OnError=/tmp/a.sh", "-XX:+UseG1GC"),
)
HARMLESS = (
    ("oracle", "db_block_checking", "FALSE"),
    ("oracle", "db_lost_write_protect", "NONE"),
    ("oracle", "db_ultra_safe", "OFF"),
    ("mongodb", "setParameter.authFailedDelayMs", "500"),
    ("mongodb", "setParameter.opensslDiffieHellmanParameters", "/tls/dh.pem"),
    ("mongodb", "setParameter.saslHostName", "db-0.team-a.svc"),
)


def passes(product: str, name: str, value: str) -> bool:
    """Returns whether the list has a parameter with this value."""
    row = listed_parameters()[product].find(parameter_name(name))
    return row is not None and (row.values == "any" or condition(row.values).judge(value) is Verdict.PASS)


@pytest.mark.parametrize(("product", "name", "thrown", "good"), LISTS)
def test_a_parameter_is_refused_by_what_its_source_says(product: str, name: str, thrown: str, good: str) -> None:
    """The sources are those of the rows of `data/parameters.csv`."""
    assert not passes(product, name, thrown)
    assert passes(product, name, good)


@pytest.mark.parametrize(("product", "name", "value"), HARMLESS)
def test_a_default_and_what_is_stricter_pass(product: str, name: str, value: str) -> None:
    assert passes(product, name, value)


@pytest.mark.parametrize(("thrown", "good"), SERVERS)
def test_a_server_that_asks_nobody_is_refused_in_each_spelling(thrown: Given, good: Given) -> None:
    """The sources are those of the rows of `data/program_switches.csv`."""
    assert SWITCH in rules(PACK.evaluate_resource(thrown))
    assert SWITCH not in rules(PACK.evaluate_resource(good))


@pytest.mark.parametrize(("thrown", "good"), FILTERS)
def test_a_record_leaves_out_only_what_nobody_reads(thrown: object, good: object) -> None:
    """elastic/kibana 1064da9d docs/reference/configuration-reference/security-settings.yml, ignore_filters, and
    008019a9 docs/reference/kibana-audit-events.md."""
    assert LISTED in rules(PACK.evaluate_resource(page(thrown)))
    assert LISTED not in rules(PACK.evaluate_resource(page(good)))


@pytest.mark.parametrize("text", [
    "ttyd " * 4000, "gotty -a " * 2500, "turnserver " * 1900, "Dav " * 5000, "  Dav On\n" * 2200, "[daemon]\n" * 2200,
    "socksmethod: " * 1600, "x11vnc -nopw " * 1600, "read only = no\n" * 1400, "<Anonymous a>\n" * 1400,
    "hosts allow = " * 1500, "git daemon " * 1900,
])  # fmt: skip
def test_long_files_of_servers_are_read_in_time(text: str) -> None:
    with within(2):
        PACK.evaluate_resource(file("x.conf", text))
