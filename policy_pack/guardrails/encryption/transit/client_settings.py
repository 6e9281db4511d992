"""Settings of programs that switch TLS, or the check of its certificates, off: variables, arguments and addresses.

Read in Kubernetes objects, and in resources of AWS and Azure that have variables. Git's `GIT_SSL_NO_VERIFY` by git/git
00755505 http.c, OpenBao's `BAO_SKIP_VERIFY` by openbao/openbao df6ce2ce api/client.go, Kafka's `security.protocol` by
apache/kafka 1eb76443 SecurityProtocol.java, Node.js's `NODE_TLS_REJECT_UNAUTHORIZED`, of which only `0` counts, by
nodejs/node 0119ee5 lib/internal/options.js; read 2026-11-29. Found as strings with their meaning, read 2026-11-30:
libpq's modes (`disable` and `allow` use no TLS if the server permits it), `PYTHONHTTPSVERIFY` (`0`),
`VAULT_SKIP_VERIFY`, Connector/J's `useSSL` and `verifyServerCertificate`, `Encrypt=Optional` of the drivers of SQL
Server (the login alone is encrypted), and MongoDB's `tlsInsecure` and `tlsAllowInvalid*`. Modes of a connection, read
2026-11-30: Connector/J's `sslMode` (mysql/mysql-connector-j 0dceac31 PropertyDefinitions.java) and that of MariaDB,
whose `trust` verifies nobody (mariadb-corporation/mariadb-connector-j 0ede8eda SslMode.java), Npgsql's `SSL Mode` and
`Trust Server Certificate` ("Connection String Parameters"), and `None` of Connector/NET (MySqlSslMode).
"""

import re
from collections.abc import Collection, Iterator

from ...engine.families import transit_rule
from ...engine.lazy_regex import lazy_regex
from ...engine.reading import Resource
from ...engine.rows import CONTAINER_GROUPS, Guardrail, Severity, aws, azure
from ...engine.verdicts import Outcome, Verdict, failed, passed
from ...readers.arguments import leaves_and_arguments
from ...readers.aws_programs import CARRIERS
from ...readers.beside import is_beside
from ...readers.kubernetes_objects import KUBERNETES_TYPES
from ...readers.leaf_cache import cached_by_leaf
from ...readers.setting_names import setting_name
from ...readers.texts import Leaf, read_texts
from ...readers.tls import LOAD_BALANCER
from .client_files import TRUSTED_HOST, unchecked_line
from .parts_without_tls import check_parts
from .unchecked_commands import unchecked_command, unchecked_lists, without_comments
from .unverified_servers import check_servers

_OFF = ("0", "false", "no", "off", "f", "n")
_ON = ("1", "true", "yes", "on", "t", "y")
"""Values of switches; t and f are those of Go's strconv.ParseBool, y and n those of pgBackRest."""
_ANY = (*_ON, *_OFF, "")
_ONLY_ZERO = frozenset({"NODE_TLS_REJECT_UNAUTHORIZED", "PYTHONHTTPSVERIFY"})
"""Variables of which no other value than 0 switches the check off."""
_SETTINGS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (lazy_regex(r"(?:[\w.]+[_.])?(?:PG|DB_?|POSTGRES\w*_|DATABASE_|MYSQL_)?SSL[_.]?MODE", re.IGNORECASE),
     ("disable", "disabled", "allow", "skip-verify", "trust", "none", "0", "false")),
    (lazy_regex(r"(?:\w+_)?START_?TLS_?POLICY", re.IGNORECASE), ("nostarttls",)),
    (lazy_regex(r"NODE_TLS_REJECT_UNAUTHORIZED|PYTHONHTTPSVERIFY"), ("0",)),
    (lazy_regex(r"(?:\w+_)?(?:SSL|TLS|HTTPS)_VERIFY(?:_PEER)?|(?:\w+_)?VERIFY_(?:SSL|TLS|CERTS?)"), _OFF),
    (lazy_regex(r"(?:\w+_)?(?:SKIP_(?:TLS_)?VERIFY|(?:TLS_)?INSECURE_SKIP_(?:TLS_)?VERIFY|SSL_NO_VERIFY"
                r"|SKIP_(?:SSL|TLS)_(?:VERIFY|VALIDATION|VERIFICATION)|SSL_SKIP_VERIFY|TLS_SKIP_VERIFY)"), _ON),
    (lazy_regex(r"GIT_SSL_NO_VERIFY"), _ANY),
    (lazy_regex(r"(?:[\w.-]+[_.-])?SECURITY[_.-]PROTOCOL", re.IGNORECASE), ("plaintext", "sasl_plaintext")),
)  # fmt: skip
"""Name of a variable -> values that switch TLS or its check off. To Git it counts whether its variable is set (git/git
00755505 http.c, read 2026-11-29)."""
_UNCHECKED: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (lazy_regex(
        r"(?:.*)(?:skip(?:tls|ssl|cert(?:ificate)?|server)+(?:verify|verification|validation|check)"
        r"|(?:tls|ssl)skip\w{0,9}verif\w{0,9}|insecureskip(?:tls)?verify|unsafessl|(?:tlsclientconfig|ssl)insecure"
        r"|nocheckcert\w{0,12}|ignore(?:ssl|tls)(?:cert\w{0,12}|errors?)?|insecure(?:skip)?(?:ssl|tls|https)"
        r"|insecureignorehostkey"
        r"|disable(?:ssl|tls|cert(?:ificate)?)(?:host(?:name)?)?(?:verif|valid|check)\w{0,9}"
        r"|allowselfsignedcert\w{0,12}"
        r"|allowinvalid(?:cert|host)\w{0,12}|(?:trustall|acceptinvalid|acceptany)cert\w{0,12})"), _ON),
    (lazy_regex(
        r"(?!.*(?:skip|insecure|ignore|disable|unsafe|invalid|without))(?:.*)(?:(?:ssl|tls|cert|certificate|peer"
        r"|server)verif(?:y|ication)(?:enabled)?"
        r"|verify(?:ssl|tls|peer|cert\w{0,12}|server|hostname|fqdn)|rejectunauthorized|checkserveridentity"
        r"|strictssl)"), _OFF),
)  # fmt: skip
"""Words of a setting's name, without separators, that switch the check of certificates off when on, or when off: of
fields of custom resources, values of charts and files, whatever the program calls them."""
_PLAIN: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (lazy_regex(
        r".*(?:disable(?!weak|insecure|old|legacy|non|outdated|unverified|self|plain)\w{0,24}(?:tls|ssl|https)"
        r"|(?:without|(?<!tri)(?<!kyver)(?<!volca)(?<!mo)no)(?:tls|ssl|https|mtls|starttls)|(?:s3|minio|objectstore"
        r"|artifactrepository)insecure|(?:tls|ssl|https|mtls|starttls)disabled?"
        r"|disabletransportsecurity|allowplaintext|(?:insecure|use|allow)plainhttp)"), _ON),
    (lazy_regex(
        r"(?!.*(?:redirect|offload|cert|disable|skip|force|only|hsts|preload|passthrough|inspect|monitor|metrics"
        r"|probe))"
        r".*(?:use|enable|require)s?(?:tls|ssl|https|starttls|mtls)"
        r"|(?!.*(?:redirect|offload|certmanager|disable|ingress|route|hsts|inspect|monitor|metrics|probe|falco))"
        r".*(?:connection|webserver|server|client|transport|hubble|relay|grpc|http|rest|api|cluster|peer|broker"
        r"|listener"
        r"|internode|replication|amqp|ldap|smtp|redis|s3a?)(?:tls|ssl|https|mtls)(?:enabled?|required?)?"
        r"|.*(?:minio|objectstore(?:config)?)secure"), _OFF),
)  # fmt: skip
"""Words that switch TLS itself off, when on or when off, near the word of a connection, or of a store (kubeflow/
pipelines 7b70c7b9 manifests, OBJECTSTORECONFIG_SECURE, read 2026-11-30): whether an ingress or a route
has a certificate is evaluated by rules of its own, and a program behind a proxy of the mesh may have no TLS of its
own."""
_IN_TEXT = lazy_regex(
    r"(?<=[?&])(?:ssl|tls)=false\b|(?:^|[?&;\s,\"'])(?:ssl[_ -]?mode=(?:disabled?|allow|trust|none|0|false)\b"
    r"|useSSL=false\b|encrypt=(?:false|no|optional)\b"
    r"|trust[_ ]?server[_ ]?certificate=(?:true|yes)\b|tls(?:AllowInvalid(?:Certificates|Hostnames)|Insecure)=true\b"
    r"|ssl_cert_reqs=none\b|security\.protocol=(?:SASL_)?PLAINTEXT\b)"
    r"|(?:^|\s)--(?:insecure-skip-tls-verify|insecure-skip-verify|tls-insecure-skip-verify|no-check-certificate"
    r")(?:=true)?(?=\s|$)",
    re.IGNORECASE,
)
"""Options of a connection string or of a command."""
_OF_LISTS = "--no-check-certificate"
"""An option that, as an item of a list, is read with the address beside it (`unchecked_lists`)."""
_MIN_VERSION = lazy_regex(
    r"(?:[\w.-]{0,60}[/._])?(?:ssl|tls)?[_-]?min(?:imum)?[_-]?(?:tls|ssl|protocol)?[_-]?version", re.IGNORECASE
)
_OLD_VERSION = lazy_regex(r"(?P<tls>(?:Version)?(?:tls|ssl)_?v?)?v?(?:1[._]?[01]?|[23](?:\.0)?)", re.IGNORECASE)
"""Versions before TLS 1.2 in the spellings of envoyproxy/gateway d32f2829 api/v1alpha1/tls_types.go, traefik/traefik
fd5a576d (VersionTLS10), projectcontour/contour 31c4bb38 (`1.2` at least), read 2026-11-29, istio/api b8f8791d
(TLSV1_1), prometheus/common d2417e2 config/http_config.go (TLS11) and redpanda-data/redpanda 1c6cff34 src/v/config
(v1.1), read 2026-11-30."""
_PROTOCOLS = lazy_regex(r"(?:.*[._-])?(?:ssl|tls)[._-]?(?:enabled[._-]?)?protocols?", re.IGNORECASE)
_OLD_PROTOCOL = lazy_regex(
    r"(?<![-!\w.])(?:SSLv[23]|TLSv1(?:\.[01])?(?![.\d]))"
    r"|\A\+?all\b(?=[\s,]*[-!])(?!(?=.*[-!]TLSv1(?![.\d])).*[-!]TLSv1\.1)",
    re.IGNORECASE,
)
_LEFT_OUT = lazy_regex(r"disable|exclude|forbid|deny|denied")
"""Lists of protocols with one before TLS 1.2, such as `ssl.enabled.protocols` of Kafka; with `-` or `!` before it, and
in settings with these words, it is left out (`SSLProtocol all -SSLv3` of Apache httpd, found as a string,
read 2026-11-29)."""
_LOAD_BALANCER_POLICY = lazy_regex(r"(?:.*[._-])?(?:default[._-]?)?ssl-?policy", re.IGNORECASE)
"""Settings of controllers that name the policy of a load balancer of AWS."""
_OWN_POD = lazy_regex(r"localhost|127\.0\.0\.1|\[::1\]|/var/run/|/tmp/\.s\.")
"""Addresses in the same pod or machine, such as those of a sidecar that encrypts."""
_LONGEST_NAME = 256
"""Characters of a name that are read: the time of a match stays short."""


@cached_by_leaf
def _problem(leaf: Leaf) -> str:
    if not isinstance(leaf.value, str | bool | int | float):
        return ""
    value = str(leaf.value).strip().lower()
    if leaf.key in _ONLY_ZERO and value != "0":
        return ""
    if len(leaf.key) <= _LONGEST_NAME and any(
        pattern.fullmatch(leaf.key) and value in values for pattern, values in _SETTINGS
    ):
        return f"{leaf.path}: {leaf.key} {leaf.value} switches TLS or its check off"
    if leaf.key == "PIP_TRUSTED_HOST" and TRUSTED_HOST.match(value):
        return f"{leaf.path} names a host that needs no certificate"
    if value in (*_ON, *_OFF) and any(pattern.fullmatch(_words(leaf)) and value in on for pattern, on in _UNCHECKED):
        return f"{leaf.path} {leaf.value} switches the check of certificates off"
    if value in (*_ON, *_OFF) and any(
        pattern.fullmatch(_words(leaf, _LEVELS)) and value in off for pattern, off in _PLAIN
    ):
        return f"{leaf.path} {leaf.value} switches TLS off"
    if _is_old_version(leaf, value):
        return f"{leaf.path} {leaf.value} accepts versions before TLS 1.2"
    if _lists_protocols(leaf) and _OLD_PROTOCOL.search(value):
        return f"{leaf.path} {leaf.value} accepts versions before TLS 1.2"
    if value.startswith("elbsecuritypolicy-") and _LOAD_BALANCER_POLICY.fullmatch(leaf.key[:_LONGEST_NAME]):
        is_new = LOAD_BALANCER.judge(leaf.value) is Verdict.PASS
        return "" if is_new else f"{leaf.path} {leaf.value} accepts versions before TLS 1.2"
    return _in_text(leaf) if isinstance(leaf.value, str) else ""


def _in_text(leaf: Leaf) -> str:
    """Returns what a text says that switches TLS or its check off: not the rest of a command, which has passwords."""
    text = without_comments(str(leaf.value))
    is_item = leaf.path.endswith("]")
    is_of_list = is_item and text.strip() == _OF_LISTS
    match = None if is_of_list or _OWN_POD.search(text) else _IN_TEXT.search(text)
    found = match[0].strip(" ?&;,") if match else unchecked_command(text, is_item=is_item) or unchecked_line(text)
    return f"{leaf.path}: {found} switches TLS or its check off" if found else ""


def _is_old_version(leaf: Leaf, value: str) -> bool:
    """Returns whether a setting lets in a version before TLS 1.2."""
    version = _OLD_VERSION.fullmatch(value) if len(leaf.key) <= _LONGEST_NAME else None
    is_of_tls = version is not None and (version["tls"] is not None or "tls" in f"{leaf.path}{leaf.key}".lower())
    return is_of_tls and _MIN_VERSION.fullmatch(leaf.key) is not None


def _lists_protocols(leaf: Leaf) -> bool:
    """Returns whether a setting lists the protocols that are accepted, and not those that are left out."""
    is_list = len(leaf.key) <= _LONGEST_NAME and _PROTOCOLS.fullmatch(leaf.key) is not None
    return is_list and not _LEFT_OUT.search(_words(leaf))


_LEVELS = 2
"""Levels above a setting that say of what it is: `hubble.tls.enabled`."""


def _words(leaf: Leaf, levels: int = 1) -> str:
    """Returns the key of a setting with those above it, in lower case without separators."""
    path = leaf.path.removesuffix(leaf.key)[-_LONGEST_NAME:].rstrip(".")
    above = ".".join(path.rsplit(".", levels)[-levels:])
    return re.sub(r"[\W_]|\[\d+\]", "", f"{above}{leaf.key[-_LONGEST_NAME:]}").lower()


_UPGRADED = lazy_regex(
    r"(?!.*(?:disable|skip|without|insecure|verify|check|valid|debug|trust|ignore|no(?:tls|ssl)|not))"
    r".*(?P<of>mail|smtp|ldap)\w*(?:tls|ssl)(?:enabled?)?"
)
"""Settings of mail and of directories, which have two ways to TLS: from the first byte, or by STARTTLS. Programs take
one of the two (Django, EMAIL_USE_TLS or EMAIL_USE_SSL, by copies of its code, read 2026-11-29; Airflow, [smtp]
smtp_starttls and smtp_ssl, found as strings that day)."""


def _upgraded(leaf: Leaf) -> str:
    """Returns of what a setting is one of two ways to TLS; empty if it is none."""
    found = _UPGRADED.fullmatch(re.sub("auto|policy", "", _words(leaf, _LEVELS)))
    return found["of"].replace("smtp", "mail") if found else ""


def _is(leaf: Leaf, values: Collection[str]) -> bool:
    return str(leaf.value).strip().lower() in values


_OF_STORE = ("endpoint", "host", "address", "url")
_LOOPBACK = lazy_regex(r"\s*(?:https?://)?(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?/?\s*", re.IGNORECASE)


def _is_of_own_pod(leaf: Leaf, leaves: Collection[Leaf]) -> bool:
    """Returns whether a setting such as `MINIO_SECURE` is beside the address of a store in the same pod."""
    name = setting_name(leaf.key)
    names = {name.removesuffix("secure") + word for word in _OF_STORE} if name.endswith("secure") else ()
    own = [other for other in leaves if setting_name(other.key) in names] if names else []
    parent = leaf.path.removesuffix(leaf.key)
    beside = [
        other
        for other in own
        if is_beside(leaf.path, other.path) and (name != "secure" or other.path.startswith(parent))
    ]
    return bool(beside) and all(_LOOPBACK.fullmatch(str(other.value)) for other in beside)


def _check_settings(resource: Resource) -> Iterator[Outcome]:
    leaves = leaves_and_arguments(resource)
    yield from check_servers(leaves)
    yield from check_parts(resource)
    commands = list(unchecked_lists(read_texts(resource).leaves))
    for path, command in commands:
        yield failed(f"{path}: {command} switches TLS or its check off", path)
    found = [(problem, leaf) for leaf, problem in _problem.among(leaves)]
    upgraded = {_upgraded(leaf) for leaf in leaves if found and _is(leaf, _ON)} - {""}
    # `cluster.tls.enabled` of a part that is off: `cluster.enabled`.
    off = {leaf.path.removesuffix(".enabled") for leaf in leaves if found and leaf.path.endswith(".enabled")
           and _is(leaf, _OFF)}  # fmt: skip
    problems = [
        (problem, leaf.path)
        for problem, leaf in found
        if not problem.endswith("switches TLS off")
        or (
            _upgraded(leaf) not in upgraded
            and leaf.path.rpartition(".")[0].rpartition(".")[0] not in off
            and not _is_of_own_pod(leaf, leaves)
        )
    ]
    for problem, path in problems:
        yield failed(problem, path)
    if not problems and not commands:
        yield passed()


_TYPES = (
    *CARRIERS,
    *aws("ecs/TaskDefinition", "apprunner/Service", "codebuild/Project", "elasticbeanstalk/Environment", "ec2/Instance",
         "ec2/LaunchTemplate"),
    *azure("web:WebApp", "web:WebAppSlot", "web:WebAppApplicationSettings", "web:WebAppConnectionStrings",
           "app:ContainerApp", "app:Job", "app:DaprComponent", "app:ConnectedEnvironmentsDaprComponent",
           "app:JavaComponent", "machinelearningservices:OnlineDeployment", "machinelearningservices:Job",
           "compute:VirtualMachine", "compute:VirtualMachineScaleSet"),
    *CONTAINER_GROUPS,
    *KUBERNETES_TYPES,
)  # fmt: skip

CLIENT_TRANSIT: tuple[Guardrail, ...] = (
    transit_rule(425, Severity.HIGH, "Programs use TLS and verify certificates",
                 "whoever is on the path reads and changes what such a program sends, its password included",
                 "Remove the setting, or set it to a mode that verifies, such as PGSSLMODE=verify-full or "
                 "proxy-ssl-verify: on, and mount the certificate of the authority",
                 predicate=_check_settings, types=_TYPES),
)  # fmt: skip
