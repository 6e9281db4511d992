"""Spellings of switches of programs that their sources have and the tables lacked: each refused case passed before."""

import pytest
from guardrails.readers.service_addresses import namespace_of_service

from tests.processor_time import within

from .blind import k8s, meta, pod
from .harness import Given, Pack, rules

PACK = Pack()
SWITCH, UNCHECKED = "FJ-IDN-313", "FJ-ENC-425"


def script(text: str) -> Given:
    """Returns a Pod that runs a script."""
    return k8s("core/v1:Pod", {"metadata": meta(), "spec": pod({"command": ["sh", "-c", text]})})


def variable(name: str, value: str) -> Given:
    """Returns a Pod with a variable."""
    return k8s("core/v1:Pod", {"metadata": meta(), "spec": pod({"env": [{"name": name, "value": value}]})})


def file(name: str, text: str) -> Given:
    """Returns a ConfigMap with a file."""
    return k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {name: text}})


PACKAGES = (
    (file("apt.conf", 'Acquire::https::Verify-Host::deb.team-a.svc "false";'),
     file("apt.conf", 'Acquire::https::Verify-Host::deb.team-a.svc "true";')),
    (file("apt.conf", 'Acquire::https {\n  Verify-Peer "off";\n};'),
     file("apt.conf", 'Acquire::https {\n  Verify-Peer "on";\n};')),
    (file("apt.conf", 'Acquire {\n  AllowInsecureRepositories "true";\n};'),
     file("apt.conf", 'Acquire {\n  AllowInsecureRepositories "false";\n};')),
    (file("apt.conf", "APT { Get { AllowUnauthenticated 1; }; };"),
     file("apt.conf", "APT { Get { Assume-Yes 1; }; };")),
    (script("apt-get -o Acquire::AllowWeakRepositories=true update"), script("apt-get update -o Acquire::Retries=3")),
    (script("apt-get update --allow-insecure-repositories"), script("apt-get update --no-allow-insecure-repositories")),
    (script("apt-get install -y --force-yes curl"), script("apt-get install -y --allow-downgrades curl")),
    (file("a.list", "deb [signed-by=/k.gpg allow-weak=yes] https://deb.team-a.svc stable main"),
     file("a.list", "deb [signed-by=/k.gpg] https://deb.team-a.svc stable main")),
    (file("a.list", "deb [trusted=enable] https://deb.team-a.svc stable main"),
     file("a.list", "deb [trusted=no] https://deb.team-a.svc stable main")),
    (file("a.sources", "Types: deb\nURIs: https://deb.team-a.svc\nSuites: stable\nAllow-Weak: yes\n"),
     file("a.sources", "Types: deb\nURIs: https://deb.team-a.svc\nSuites: stable\nAllow-Weak: no\n")),
    (script("dnf5 install -y --no-gpgchecks curl"), script("dnf5 install -y curl")),
    (script("dnf install -y --setopt=team-a.gpgcheck=0 curl"),
     script("dnf install -y --setopt=team-a.gpgcheck=1 curl")),
    (script("zypper --no-gpg-checks install curl"), script("zypper --non-interactive install curl")),
    (script("zypper ar -fG https://rpm.team-a.svc a"), script("zypper ar -f -g https://rpm.team-a.svc a")),
    (script("zypper ar --gpgcheck-allow-unsigned https://rpm.team-a.svc a"),
     script("zypper ar --gpgcheck-allow-unsigned-package https://rpm.team-a.svc a")),
    (script("apk --allow-untrusted add a.apk"), script("apk --no-cache add curl")),
)  # fmt: skip
HEADERS = (
    (file("haproxy.cfg", "  http-request add-header X-Forwarded-User admin\n"),
     file("haproxy.cfg", "  http-request add-header X-Forwarded-User %[ssl_c_s_dn(cn)]\n")),
    (file("httpd.conf", "RequestHeader setifempty X-Forwarded-User admin\n"),
     file("httpd.conf", "RequestHeader setifempty X-Forwarded-User %{REMOTE_USER}s\n")),
    (file("nginx.conf", "more_set_input_headers -r 'X-Forwarded-User: admin';\n"),
     file("nginx.conf", "more_set_input_headers -r 'X-Forwarded-User: $user';\n")),
    (file("a.lua", 'kong.service.request.add_header("X-Forwarded-User", "admin")'),
     file("a.lua", 'kong.service.request.add_header("X-Forwarded-User", user)')),
    (file("a.lua", 'core.request.add_header(ctx, "X-Forwarded-User", "admin")'),
     file("a.lua", 'core.request.add_header(ctx, "X-Team", "admin")')),
    (file("a.vcl", 'set req.http.X-Forwarded-User = """admin""";'), file("a.vcl", 'set req.http.X-Team = """a""";')),
)  # fmt: skip
VARIABLES = (
    (variable("JPDA_ADDRESS", "*:8000"), variable("JPDA_ADDRESS", "localhost:8000")),
    (variable("N8N_GIT_NODE_DISABLE_BARE_REPOS", "false"), variable("N8N_GIT_NODE_DISABLE_BARE_REPOS", "true")),
    (variable("JAVA_TOOL_OPTIONS", "-Djava.rmi.server.useCodebaseOnly=false"),
     variable("JAVA_TOOL_OPTIONS", "-Djava.rmi.server.useCodebaseOnly=true")),
    (variable("JAVA_TOOL_OPTIONS", "-Dcom.sun.jndi.ldap.object.disableEndpointIdentification=true"),
     variable("JAVA_TOOL_OPTIONS", "-Dcom.sun.jndi.ldap.object.disableEndpointIdentification=false")),
    (variable("JAVA_TOOL_OPTIONS", "-Djdk.internal.httpclient.disableHostnameVerification=true"),
     variable("JAVA_TOOL_OPTIONS", "-Djdk.internal.httpclient.disableHostnameVerification=false")),
    (variable("GF_REMOTE_CACHE_CONNSTR", "addr=redis.team-a.svc:6379,db=0,ssl=insecure"),
     variable("GF_REMOTE_CACHE_CONNSTR", "addr=redis.team-a.svc:6379,db=0,ssl=true")),
)  # fmt: skip
STATEMENTS = (
    ("CREATE USER a CREATEUSER PASSWORD DISABLE;", "CREATE USER a NOCREATEUSER PASSWORD DISABLE;"),
    ("ALTER USER a SYSLOG ACCESS UNRESTRICTED;", "ALTER USER a SYSLOG ACCESS RESTRICTED;"),
    ("EXEC sp_addsrvrolemember 'app', 'sysadmin';", "EXEC sp_addsrvrolemember 'app', 'dbcreator';"),
    ("GRANT CONTROL SERVER TO app;", "GRANT VIEW SERVER STATE TO app;"),
    ("GRANT SELECT, FILE ON *.* TO 'app'@'%';", "GRANT PROCESS, REPLICATION CLIENT, SELECT ON *.* TO 'exporter'@'%';"),
    ("EXEC sp_configure 'cross db ownership chaining', 1;", "EXEC sp_configure 'cross db ownership chaining', 0;"),
    ("EXEC sp_configure 'clr strict security', 0;", "EXEC sp_configure 'clr strict security', 1;"),
    ("ALTER DATABASE app SET TRUSTWORTHY ON;", "ALTER DATABASE app SET TRUSTWORTHY OFF;"),
    ("GRANT pg_read_all_data TO app;", "GRANT pg_read_all_data TO backup;"),
    ("CREATE ROLE app LOGIN IN ROLE pg_write_all_data;", "CREATE ROLE pg_backup LOGIN IN ROLE pg_read_all_data;"),
    ("LOAD '/tmp/a.so';", "LOAD 'auto_explain';"),
)
LIBRARIES = ((file("postgresql.conf", "dynamic_library_path = '/data/lib:$libdir'\n"),
              file("postgresql.conf", "dynamic_library_path = '$libdir:/usr/lib/postgresql/18/lib'\n")),)  # fmt: skip
REGISTRIES = (
    (file("registries.conf", '[[registry]]\nlocation = "registry.team-a.svc:5000"\ninsecure = true\n'),
     file("registries.conf", '[[registry]]\nlocation = "localhost:5000"\ninsecure = true\n')),
    (file("hosts.toml", '[host."https://registry.team-a.svc"]\n  capabilities = ["pull"]\n  skip_verify = true\n'),
     file("hosts.toml", '[host."https://registry.team-a.svc"]\n  capabilities = ["pull"]\n  skip_verify = false\n')),
    (variable("LDAPTLS_REQCERT", "never"), variable("LDAPTLS_REQCERT", "demand")),
    (file("ldap.conf", "TLS_REQCERT allow\n"), file("ldap.conf", "TLS_REQCERT demand\n")),
    (file("client.properties", "enable.ssl.certificate.verification=false\n"),
     file("client.properties", "enable.ssl.certificate.verification=true\n")),
    (script("lftp -e 'set ssl:verify-certificate no' files.team-a.svc"),
     script("lftp -e 'set ssl:verify-certificate yes' files.team-a.svc")),
)  # fmt: skip
COMMANDS = (
    ("curl -OJk https://x.team-a.svc/a", "curl -OJL https://x.team-a.svc/k"),
    ("oras push --plain-http registry.team-a.svc/a:1 a.txt", "oras push --plain-http=false registry.team-a.svc/a:1 a"),
    ("oras cp --from-insecure registry.team-a.svc/a:1 b", "oras cp registry.team-a.svc/a:1 b"),
    ("cosign sign --allow-http-registry registry.team-a.svc/a", "cosign sign registry.team-a.svc/a"),
    ("regctl registry set --tls=disabled registry.team-a.svc", "regctl registry set --tls=enabled registry.team-a.svc"),
    ("ctr -n k8s.io image pull --plain-http registry.team-a.svc/a", "ctr -n k8s.io image pull registry.team-a.svc/a"),
    (
        "/kaniko/executor --skip-tls-verify --destination registry.team-a.svc/a",
        "/kaniko/executor --destination a.team-a.svc/a",
    ),
    ("http --verify=no POST https://x.team-a.svc", "http --verify=/etc/ca.pem POST https://x.team-a.svc"),
    ("helm push a.tgz oci://registry.team-a.svc --plain-http", "helm push a.tgz oci://registry.team-a.svc"),
    ("mosquitto_pub --insecure -h mq.team-a.svc -t a -m b", "mosquitto_pub -h mq.team-a.svc -t a -m b"),
)
SQL = tuple((file("a.sql", thrown), file("a.sql", good)) for thrown, good in STATEMENTS)


@pytest.mark.parametrize(("thrown", "good"), [*PACKAGES, *HEADERS, *VARIABLES, *SQL, *LIBRARIES, *REGISTRIES])
def test_a_switch_is_refused_in_each_spelling_of_its_program(thrown: Given, good: Given) -> None:
    """The sources are those of the rows of `data/program_switches.csv` and `data/joined_switches.csv`."""
    assert SWITCH in rules(PACK.evaluate_resource(thrown))
    assert SWITCH not in rules(PACK.evaluate_resource(good))


@pytest.mark.parametrize(("thrown", "good"), COMMANDS)
def test_a_command_that_verifies_nobody_is_refused_in_each_spelling(thrown: str, good: str) -> None:
    """The sources are in `encryption/transit/unchecked_commands.py`."""
    assert UNCHECKED in rules(PACK.evaluate_resource(script(thrown)))
    assert UNCHECKED not in rules(PACK.evaluate_resource(script(good)))


def check_time(text: str) -> None:
    """Raises an assertion error if a file of some 20,000 characters is not read in well under a second."""
    with within(2):
        PACK.evaluate_resource(file("x.conf", text))


@pytest.mark.parametrize("text", [
    "zypper " * 3000, "dnf --setopt=" * 1600, "zypper ar -" + "a" * 20_000, "{ " * 10_000, "::Verify-Peer" * 1600,
    "RequestHeader " * 1400, "GRANT a, " * 2200, "CREATE USER " * 1600, "sp_configure " * 1500,
    "more_set_input_headers -t " * 800, "[[registry]]\n" * 1600, "[host.'a']\n" * 1900, '"""' * 7000,
])  # fmt: skip
def test_long_texts_are_read_in_time(text: str) -> None:
    check_time(text)


@pytest.mark.parametrize(("selections", "is_refused"), [
    ('- disable: {rule: "*"}\n- enable: {tag: ours}\n', True),
    ('- disable: {rule: "*"}\n- enable: {tag: maturity_stable}\n- enable: {tag: ours}\n', False),
    ('- disable: {rule: "* *"}\n', True), ('- disable: {rule: "Terminal *"}\n', False),
])  # fmt: skip
def test_rules_that_a_pattern_disables_are_enabled_by_their_own_tags(selections: str, *, is_refused: bool) -> None:
    """falcosecurity/rules c72713e rules/falco_rules.yaml: there is a space in each of the 25 names, and each has the
    tag maturity_stable."""
    assert (SWITCH in rules(PACK.evaluate_resource(file("falco.yaml", f"rules:\n{selections}")))) is is_refused


@pytest.mark.parametrize(("address", "namespace"), [
    ("_http._tcp.figures.payments.svc.cluster.local", "payments"), ("https://u:p@figures.payments.svc/x", "payments"),
    ("dnssrv+_http._tcp.figures.payments.svc", "payments"), ("figures.payments", ""), ("a@b.c", ""),
])  # fmt: skip
def test_the_namespace_of_a_service_is_read_in_each_form_of_its_address(address: str, namespace: str) -> None:
    """kubernetes/website 0189ae0 content/en/docs/concepts/services-networking/dns-pod-service.md."""
    assert namespace_of_service(address) == namespace


@pytest.mark.parametrize(("level", "strategy", "is_refused"), [
    ("all", "digest", True), ("application", "newest-build", True), ("image", "alphabetical", True),
    ("image", "semver", False),
])  # fmt: skip
def test_an_updater_of_images_follows_versions_at_each_level(level: str, strategy: str, *, is_refused: bool) -> None:
    """argoproj-labs/argocd-image-updater de2cfec6 docs/basics/update-strategies.md."""
    settings = {"commonUpdateSettings": {"updateStrategy": strategy}}
    image = {"alias": "a", "imageName": "registry.dc1.example.ae/a:1.x"} | (settings if level == "image" else {})
    application = {"namePattern": "team-a-*", "images": [image]} | (settings if level == "application" else {})
    spec = {"applicationRefs": [application]} | (settings if level == "all" else {})
    updater = k8s("argocd-image-updater.argoproj.io/v1alpha1:ImageUpdater", {"metadata": meta(), "spec": spec})
    assert ("FJ-ESC-115" in rules(PACK.evaluate_resource(updater))) is is_refused
