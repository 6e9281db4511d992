"""Good idioms beside weaknesses that were mended last: databases by operators, realms, Oracle (2026-11-29)."""

import json

from ..blind import TAGS, aws, k8s, meta
from . import Idiom
from .eleventh_charts import inside
from .fourteenth_operators import ACID
from .twelfth_charts import LARGE, image, ours

CRUNCHY = "postgres-operator.crunchydata.com/v1beta1"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("PostgreSQL of Zalando's operator keeps the rules of its image, and refuses who comes without TLS", (inside(
        f"{ACID}:postgresql", "scores", {
            "teamId": "risk", "numberOfInstances": 3, "dockerImage": image("zalando/spilo-17"),
            "postgresql": {"version": "17"}, "volume": {"size": "50Gi", "storageClass": "encrypted"},
            "resources": LARGE, "patroni": {"pg_hba": [
                "local   all             all                                   trust",
                "hostssl all             +zalandos    127.0.0.1/32       pam",
                "host    all             all                127.0.0.1/32       md5",
                "host    all             all                ::1/128            md5",
                "local   replication     standby                    trust",
                "hostssl replication     standby all                md5",
                "hostnossl all           all                all                reject",
                "hostssl all             +zalandos    all                pam",
                "hostssl all             all                all                scram-sha-256"]},
            "podAnnotations": {"bank.ae/owner": "risk"}}, "data"),),
        "github.com/zalando/spilo, postgres-appliance/scripts/configure_spilo.py", ours(
            "acid.zalan.do", prices=(f"{ACID}:postgresql::scores",))),
    Idiom("rules of Crunchy's operator refuse who has no TLS, and ask the directory over TLS", (inside(
        f"{CRUNCHY}:PostgresCluster", "ledger", {
            "postgresVersion": 17, "image": image("crunchydata/crunchy-postgres"), "metadata": {"labels": TAGS},
            "instances": [{"name": "pg", "replicas": 2, "resources": LARGE, "dataVolumeClaimSpec": {
                "accessModes": ["ReadWriteOnce"], "storageClassName": "encrypted", "resources": {
                    "requests": {"storage": "50Gi"}}}}],
            "authentication": {"rules": [
                {"connection": "hostnossl", "method": "reject"}, {"hba": "hostssl ledger app 10.40.0.0/16 cert"},
                {"connection": "hostssl", "users": ["app"], "method": "scram-sha-256"},
                {"connection": "hostssl", "method": "ldap", "options": {
                    "ldapserver": "ad.bank.ae", "ldaptls": 1, "ldapbasedn": "o=bank"}}]}}, "data"),),
        "access.crunchydata.com/documentation/postgres-operator/latest/references/crd", ours(
            "postgres-operator.crunchydata.com", prices=(f"{CRUNCHY}:PostgresCluster::ledger",))),
    Idiom("a file of a realm that exists adds a client to it", (k8s("core/v1:ConfigMap", {
        "metadata": meta("clients", "identity"), "data": {"notebooks.json": json.dumps({"realm": "bank", "clients": [{
            "clientId": "notebooks", "enabled": True, "publicClient": False, "standardFlowEnabled": True}]})}}),),
        "github.com/adorsys/keycloak-config-cli, docs"),
    Idiom("options of a database of SQL Server are none of Oracle's", (aws("rds/OptionGroup", {
        "name": "reports", "engineName": "sqlserver-se", "majorEngineVersion": "16.00", "tags": TAGS,
        "options": []}),), "docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.SQLServer.Options.html"),
    Idiom("a database of Oracle is reached by TLS on a port of its own", (aws("rds/OptionGroup", {
        "name": "core", "engineName": "oracle-ee", "majorEngineVersion": "19", "tags": TAGS, "options": [
            {"optionName": "SSL", "port": 2484, "vpcSecurityGroupMemberships": ["sg-0123456789abcdef0"],
             "optionSettings": [{"name": "SQLNET.SSL_VERSION", "value": "1.2"}]}]}),),
        "docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.Oracle.Options.SSL.html"),
)  # fmt: skip
