"""Connections of AWS Glue to databases, which are in plain text unless they ask for TLS.

JDBC_ENFORCE_SSL is false unless set (awsdocs/aws-glue-developer-guide c4620ef
doc_source/aws-glue-api-catalog-connections.md; prowler 3e000faa glue_database_connections_ssl_enabled, read
2026-12-01). An address may ask for TLS itself, by the parameters of its driver, of which another driver reads none:
MySQL's by mysql/mysql-connector-j cf2917ea DefaultPropertySet.java (a mode that is stated stands before the older
parameters, of which `useSSL=false` ends the others), PostgreSQL's by pgjdbc/pgjdbc 3a699d57 SslMode.java and
PGProperty.java (`ssl` is true or empty; another value is the mode `prefer`), Redshift's by
aws/amazon-redshift-jdbc-driver de46a92 SslMode.java, that of SQL Server by microsoft/mssql-jdbc 34285fd7
SQLServerDriver.java, EncryptOption; read 2026-12-01. Oracle's protocol TCPS and Db2's sslConnection as strings in
public programs, read on the same day.
"""

import re
from collections.abc import Iterator

from ...engine.conditions import is_true
from ...engine.lazy_regex import lazy_regex
from ...engine.reading import MISSING, UNKNOWN, Resource
from ...engine.rows import aws
from ...engine.verdicts import Outcome, failed, passed

GLUE = aws("glue/Connection")
_DRIVER = lazy_regex(r"\s{0,9}jdbc:([a-z0-9]{1,20})", re.IGNORECASE)
_MODE = lazy_regex(r"[?&;]sslmode=([\w-]{0,20})", re.IGNORECASE)
_MODES = lazy_regex(r"require|required|verify[-_]?(?:ca|full|identity)", re.IGNORECASE)
_WITH_MODES = ("mysql", "mariadb", "postgresql", "redshift")
_PLAIN = lazy_regex(r"[?&;](?:usessl|ssl|encrypt)=(?:false|no|optional)(?![\w-])", re.IGNORECASE)
_BY_POSTGRESQL = lazy_regex(r"[?&;]ssl(?:=(?:true)?)?(?=[&;]|$)", re.IGNORECASE)
_ASKS: dict[str, re.Pattern[str]] = {
    "mysql": lazy_regex(r"[?&](?:requiressl|verifyservercertificate)=(?:true|yes)(?![\w-])", re.IGNORECASE),
    "mariadb": lazy_regex(r"[?&](?:usessl|ssl)=(?:true|1)(?![\w-])", re.IGNORECASE),
    "postgresql": _BY_POSTGRESQL,
    "redshift": _BY_POSTGRESQL,
    "sqlserver": lazy_regex(r";encrypt=(?:true|mandatory|strict)(?![\w-])", re.IGNORECASE),
    "oracle": lazy_regex(r"(?:@|:)tcps:|protocol\s{0,9}=\s{0,9}tcps", re.IGNORECASE),
}
"""Driver -> what an address without a mode must have. `useSSL=true` alone is the mode PREFERRED of MySQL's, which goes
on in plain text where the server offers no TLS."""
_BY_OTHERS = lazy_regex(r"[?&;:](?:ssl|tls|sslconnection|encrypt)=(?:true|1)(?![\w-])", re.IGNORECASE)


def _asks_for_tls(address: str) -> bool:
    """Returns whether the driver of an address connects by TLS alone."""
    match = _DRIVER.match(address)
    driver = match.group(1).lower() if match else ""
    modes = _MODE.findall(address) if driver in _WITH_MODES else []
    if modes:
        return all(_MODES.fullmatch(mode) for mode in modes)
    return _ASKS.get(driver, _BY_OTHERS).search(address) is not None and _PLAIN.search(address) is None


def check_glue(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for a connection by JDBC that does not ask for TLS."""
    settings = resource.get("connectionProperties") if resource.type in GLUE else MISSING
    address = settings.get("JDBC_CONNECTION_URL", MISSING) if isinstance(settings, dict) else MISSING
    if not isinstance(settings, dict) or not isinstance(address, str):
        return
    forced = settings.get("JDBC_ENFORCE_SSL", MISSING)
    if forced is UNKNOWN or is_true(forced) or (forced is MISSING and _asks_for_tls(address)):
        yield passed()
    else:
        yield failed("connectionProperties.JDBC_ENFORCE_SSL must be true", "connectionProperties")
