"""Parameters by which databases of AWS require TLS, in their parameter groups or by the default of their engine.

A database without a group of its own has the default group of its engine (botocore 0e6e2404, rds,
CreateDBInstanceMessage), whose parameters nobody can change (awsdocs/amazon-rds-user-guide 50e7617a
doc_source/USER_WorkingWithDBClusterParamGroups.md and Appendix.PostgreSQL.CommonDBATasks.Parameters.md; read
2026-12-01).
"""

from collections.abc import Iterator

from ...engine.reading import MISSING, UNKNOWN, Plain, Resource, items_of
from ...engine.rows import aws
from ...engine.verdicts import Outcome, failed, passed, undetermined

_ParameterValues = dict[str, frozenset[str]]
_FORCE_SSL: _ParameterValues = {"rds.force_ssl": frozenset("1")}
_TLS: _ParameterValues = {"tls": frozenset(("enabled", "tls1.2+", "tls1.3+", "fips-140-3"))}
_ONLY_SSL: _ParameterValues = {"db2comm": frozenset(("ssl",))}
"""With TCPIP, Db2 also listens to plain text on a port of its own (Amazon RDS User Guide, Db2.Concepts.SSL, read
2026-11-27)."""
_TLS_VERSIONS: _ParameterValues = {
    "tls_version": frozenset(("tlsv1.2", "tlsv1.3", "tlsv1.2,tlsv1.3", "tlsv1.3,tlsv1.2")),
}
_STRONG_SIGN_IN: _ParameterValues = {
    "ssl_min_protocol_version": frozenset(("tlsv1.2", "tlsv1.3")),
    "password_encryption": frozenset(("scram-sha-256",)),
}
"""Parameters whose values at RDS are safe unless set: outdated versions of TLS, and passwords kept as MD5."""
_OFF = frozenset(("disabled", "default"))
_CIPHERS: _ParameterValues = dict.fromkeys(("rds.tls10", "rds.tls11", "rds.rc4", "rds.3des168"), _OFF)
"""Parameters of SQL Server that offer outdated versions of TLS and broken ciphers; `default` is that of the server
(awsdocs/amazon-rds-user-guide 38a07fbe, "Configuring security protocols and ciphers": that of its operating system;
read 2026-11-29)."""
_REQUIRE_SECURE_TRANSPORT: _ParameterValues = {"require_secure_transport": frozenset(("1", "on"))}

DATABASE_PARAMETERS: dict[str, tuple[tuple[str, _ParameterValues, tuple[str, ...]], ...]] = {
    "rds/ParameterGroup": (
        ("postgres", _FORCE_SSL, ("postgres10", "postgres11", "postgres12", "postgres13", "postgres14", "postgres9")),
        ("sqlserver", _FORCE_SSL, ("sqlserver",)),
        ("sqlserver", _CIPHERS, ()),
        ("mysql", _REQUIRE_SECURE_TRANSPORT, ("mysql5", "mysql8")),
        ("mariadb", _REQUIRE_SECURE_TRANSPORT, ("mariadb10", "mariadb11.4")),
        ("mysql", _TLS_VERSIONS, ()),
        ("mariadb", _TLS_VERSIONS, ()),
        ("postgres", _STRONG_SIGN_IN, ()),
        ("db2", _ONLY_SSL, ("db2",)),
    ),
    "rds/ClusterParameterGroup": (
        ("aurora-postgresql", _FORCE_SSL, tuple(f"aurora-postgresql{version}" for version in range(10, 17))),
        ("postgres", _FORCE_SSL, ("postgres13", "postgres14")),
        ("aurora-mysql", _REQUIRE_SECURE_TRANSPORT, ("aurora-mysql",)),
        ("mysql", _REQUIRE_SECURE_TRANSPORT, ("mysql8",)),
        ("aurora-mysql", _TLS_VERSIONS, ()),
        ("mysql", _TLS_VERSIONS, ()),
        ("aurora-postgresql", _STRONG_SIGN_IN, ()),
        ("postgres", _STRONG_SIGN_IN, ()),
    ),
    "redshift/ParameterGroup": (("redshift", {"require_ssl": frozenset(("true", "1"))}, ("redshift-1",)),),
    "docdb/ClusterParameterGroup": (("docdb", _TLS, ()),),
    "neptune/ClusterParameterGroup": (("neptune", {"neptune_enforce_ssl": frozenset("1")}, ()),),
}  # fmt: skip
"""Type -> (family prefix, parameter -> values that force TLS, prefixes of families that do not force it by default).

RDS for PostgreSQL forces TLS by default since version 15 and Aurora since 17 (the AWS manuals as of 2026-11), RDS for
MySQL since 9.7 and for MariaDB since 11.8 (Amazon RDS User Guide, "Requiring SSL/TLS for all connections to a MySQL DB
instance", and the same of MariaDB, read 2026-12-01). A cluster's and an instance's parameter group have different
parameters: an instance's group cannot turn it off.
"""

PARAMETER_GROUPS = {aws(kind)[0]: rows for kind, rows in DATABASE_PARAMETERS.items()}


def check_parameters(resource: Resource) -> Iterator[Outcome]:
    family = resource.get("family")
    rows = PARAMETER_GROUPS[resource.type]
    if family is UNKNOWN:
        yield undetermined("its family is not known before deployment", "family")
        return
    for prefix, parameters, families_without_tls in rows:
        if str(family).startswith(prefix):
            for name, allowed in parameters.items():
                yield _judge_parameter(
                    resource,
                    name,
                    allowed,
                    str(family).startswith(families_without_tls) if families_without_tls else False,
                )


def _judge_parameter(resource: Resource, name: str, allowed: frozenset[str], must_be_set: bool) -> Outcome:
    parameters = resource.get("parameters")
    entries = items_of(parameters)
    if parameters is UNKNOWN or UNKNOWN in entries:
        return undetermined(f"whether parameter {name} forces TLS is not known before deployment", "parameters")
    values = [item.get("value") for item in entries if isinstance(item, dict) and str(item.get("name")).lower() == name]
    if UNKNOWN in values:
        return undetermined(f"parameter {name} is not known before deployment", "parameters")
    complies = all(_as_text(value) in allowed for value in values) if values else not must_be_set
    if complies:
        return passed()
    return failed(f"parameter {name} must be {' or '.join(sorted(allowed))}", "parameters")


def _as_text(value: Plain) -> str:
    """Returns the value as text. The engine passes numbers as floats."""
    return str(int(value)) if isinstance(value, float) else str(value).lower()


_SQL_SERVER = ("sqlserver-ee", "sqlserver-ex", "sqlserver-se", "sqlserver-web")
"""Engines whose default group does not require TLS, whatever the version: 0 is the default of rds.force_ssl (Amazon RDS
User Guide, "Updating applications to connect to Microsoft SQL Server DB instances using new SSL/TLS certificates", read
2026-12-01)."""
_DEFAULTS: dict[str, tuple[str, ...]] = {
    "mysql": ("5", "8"),
    "mariadb": ("10", "11.4"),
    "postgres": ("9", "10", "11", "12", "13", "14"),
    "aurora-mysql": ("5", "8"),
    "aurora-postgresql": ("9", "10", "11", "12", "13", "14", "15", "16"),
}
"""Engine -> beginnings of the versions whose default group does not require TLS (Amazon RDS User Guide, "Requiring
SSL/TLS for all connections to a MySQL DB instance" and "to a MariaDB DB instance"; awsdocs/amazon-rds-user-guide
50e7617a doc_source/PostgreSQL.Concepts.General.SSL.md; 0 is the default of rds.force_ssl by the Amazon Aurora User
Guide, "Updating applications to connect to Aurora PostgreSQL DB clusters using new SSL/TLS certificates", but 1 since
version 17, as above; read 2026-12-01)."""
_OLD_BY_DEFAULT = ("mysql", "aurora-mysql")
"""Engines whose version is one of those unless it is stated: the most recent one as a rule, which is one of 8 (
awsdocs/amazon-rds-user-guide, "MySQL on Amazon RDS versions", found as a string; `--default-only` gave 8.0 in public
programs; read 2026-12-02). That of Aurora as known."""
_BY_FORCE_SSL = ("postgres", "aurora-postgresql", *_SQL_SERVER)
"""Engines whose parameter is rds.force_ssl."""
DATABASES: dict[str, str] = {
    aws("rds/Instance")[0]: "parameterGroupName",
    aws("rds/Cluster")[0]: "dbClusterParameterGroupName",
}
"""Type -> the property that names its parameter group."""
_OF_SOURCE = ("replicateSourceDb", "replicationSourceIdentifier", "globalClusterIdentifier")
"""Properties of a copy, which takes over the group of its source or has its own in the plan of that."""


def check_database(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for a database of which only clients decide on TLS."""
    path = DATABASES[resource.type]
    group, engine, version = (resource.get(key) for key in (path, "engine", "engineVersion"))
    is_default = group is MISSING or (isinstance(group, str) and group.strip().lower().startswith("default."))
    is_copy = any(resource.get(key) is not MISSING for key in _OF_SOURCE)
    old = _DEFAULTS.get(str(engine), ())
    is_always = engine in _SQL_SERVER
    if not is_default or not (old or is_always) or is_copy or version is UNKNOWN:
        return
    text = str(version)
    is_old = is_always or any(text == item or text.startswith((f"{item}.", f"{item}_")) for item in old)
    if is_old or (version is MISSING and engine in _OLD_BY_DEFAULT):
        parameter = "rds.force_ssl" if engine in _BY_FORCE_SSL else "require_secure_transport"
        yield failed(f"{path} must name a group of your own that sets {parameter}: the default of {engine} "
                     f"{'' if version is MISSING else f'{text} '}does not require TLS", path)  # fmt: skip
    else:
        yield passed()
