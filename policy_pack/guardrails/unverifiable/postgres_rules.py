"""Rules of PostgreSQL, by which clients are let in, in the objects of its operators.

A line of pg_hba.conf has the kind of connection, databases, users, an address, perhaps its mask, the method, and
options; quotes around a word change nothing about a kind or a method (postgres/postgres 00f6d5c, doc/src/sgml/
client-auth.sgml, and 0182d6f6, src/backend/libpq/hba.c). Methods other than scram-sha-256, md5, certificates and those
of Kerberos send the password as it is, or take the caller's word for who he is; radius, pam and bsd work like password
there. `hostnossl` is for connections without TLS only, `host` for those with and without it.

Where the lines stand: cloudnative-pg/cloudnative-pg a95a534d (Cluster, Pooler), zalando/postgres-operator a7aaad0a
(docs/reference/cluster_manifest.md, patroni), CrunchyData/postgres-operator 0fbac306 (pkg/apis, PostgresHBARule, and
internal/postgres/hba.go) and percona/percona-postgresql-operator adafb34f (pkg/apis/pgv2.percona.com/v2, whose rules
are those of Crunchy), read on 2026-11-29. Inside a pod of Zalando's operator everybody is the superuser by default, so
that a line which says so opens nothing (the template of Spilo's pg_hba, as other repositories have it).
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import UNKNOWN, Plain, Resource, each_item, walk
from ..engine.verdicts import Outcome, failed, undetermined

_ZALANDO = "kubernetes:acid.zalan.do/v1:postgresql"
_OF_PATRONI = "spec?.patroni?.dynamicConfiguration?.postgresql?.pg_hba?"
_LINES = {
    "kubernetes:postgresql.cnpg.io/v1:Cluster": "spec?.postgresql?.pg_hba?",
    "kubernetes:postgresql.cnpg.io/v1:Pooler": "spec?.pgbouncer?.pg_hba?",
    _ZALANDO: "spec?.patroni?.pg_hba?",
    "kubernetes:postgres-operator.crunchydata.com/v1:PostgresCluster": _OF_PATRONI,
    "kubernetes:pgv2.percona.com/v1:PerconaPGCluster": _OF_PATRONI,
}
"""Type, in the token of its first version -> path of the lines."""
_RULES = "spec?.authentication?.rules?"
"""Path of rules of Crunchy and Percona: a line, or its parts."""
_WORD = lazy_regex(r'(?:"[^"]*"|[^\s,"#])+,?|#')
_LONGEST = 2_000
"""Characters of a line that are read: PostgreSQL's own lines are shorter."""
_MASK = lazy_regex(r"[\d.]+|[\da-f:]*::?[\da-f:]*", re.IGNORECASE)
_OF_POD = ("127.0.0.1/32", "::1/128", "localhost", "samehost")
_CLEAR = ("password", "ident", "ldap", "pam", "radius", "bsd")
_LDAP_WITH_TLS = lazy_regex(r"ldap(?:tls=1(?:\.0)?|scheme=ldaps|url=ldaps:.*)")
_HARM = "otherwise clients connect without TLS or without a password, or say themselves who they are"


def check_postgres_rules(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each rule that lets clients in without TLS or proof, or that is not known."""
    token = _token(resource.type)
    found = list(each_item(walk(resource.props, _LINES[token]))) if token in _LINES else []
    if _LINES.get(token) == _OF_PATRONI:
        found += each_item(walk(resource.props, _RULES))
    for path, value in found:
        lines = list(_lines(value))
        if UNKNOWN in lines:
            yield undetermined(f"{path} is not known before deployment", path)
        elif any(_is_open(_words(str(line)), takes_local=token == _ZALANDO) for line in lines):
            yield failed(f"{path} must ask for TLS and a password that is not sent as it is: {_HARM}", path)


def _token(kind: str) -> str:
    """Returns a type in the token of its first version."""
    group, _, rest = kind.partition("/")
    return f"{group}/v1:{rest.partition(':')[2]}"


def _lines(value: Plain) -> Iterator[Plain]:
    """Yields the lines of a value: a text, a rule with its line, or a rule with the parts of one."""
    if isinstance(value, str):
        yield from value.splitlines()
    elif isinstance(value, dict) and value.get("hba") is not None:
        yield from _lines(value["hba"])
    elif isinstance(value, dict) and (UNKNOWN in (value.get("connection"), value.get("method"))):
        yield UNKNOWN
    elif isinstance(value, dict):
        options = value.get("options")
        texts = [f"{name}={option}" for name, option in options.items()] if isinstance(options, dict) else []
        yield " ".join((str(value.get("connection")), "all all all", str(value.get("method")), *texts))
    elif value is UNKNOWN:
        yield UNKNOWN


def _words(line: str) -> list[str]:
    """Returns the words of a line without quotes; a list with commas is one word."""
    words, is_joined = list[str](), False
    for word in _WORD.findall(line[:_LONGEST]):
        if word == "#":
            break
        if not is_joined:
            words.append(word.replace('"', ""))
        is_joined = word.endswith(",")
    return words


def _is_open(words: list[str], *, takes_local: bool) -> bool:
    """Returns whether a line lets clients in without TLS or proof of who they are."""
    kind = words[0] if words else ""
    if kind == "local":
        return not takes_local and words[3:4] == ["trust"]
    if not kind.startswith("host") or len(words) < 5:
        return False
    has_mask = len(words) > 5 and _MASK.fullmatch(words[4]) is not None
    method, options = words[5 if has_mask else 4], words[6 if has_mask else 5 :]
    if kind == "hostnossl":
        return method != "reject"
    if method == "trust":
        return True
    if kind == "hostssl":
        return method == "ldap" and not any(map(_LDAP_WITH_TLS.fullmatch, options))
    return method in _CLEAR and words[3] not in _OF_POD
