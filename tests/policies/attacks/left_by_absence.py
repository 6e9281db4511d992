"""Attacks by what is left out where upstream's default is weak, and by rules of databases (read on 2026-11-29).

Sources stand beside the rows: Keycloak's brute force detection, the operator of OpenSearch, native network encryption
of Oracle on RDS, rules of PostgreSQL of four operators, and templates by which ECR creates repositories.
"""

import json

from ..blind import KEY, TAGS, aws, crd, k8s, meta
from ..harness import Given
from . import Attack

SIGN_IN, ROW, WIRE = ("FJ-IDN-313",), ("FJ-ESC-115",), ("FJ-ENC-402",)
REALM = {"realm": "bank", "enabled": True, "sslRequired": "external", "registrationAllowed": False,
         "clients": [{"clientId": "notebooks", "enabled": True}]}  # fmt: skip
GUESSED = "each password is guessed at leisure (Keycloak, 'Brute force attacks': off by default)"
CLEAR = "who listens in the network reads passwords and rows"
ONE_DAY = {"rulePriority": 1, "action": {"type": "expire"}, "selection": {
    "tagStatus": "any", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 1}}  # fmt: skip


def _search(name: str, group: str, **security: object) -> Attack:
    return Attack(name, ROW, (crd(f"{group}/v1:OpenSearchCluster", {
        "general": {"version": "3.3.0", "serviceName": "search"}, **security}),),
        "critical", "passwords and documents in plain text (opensearch-k8s-operator, helpers.go)")  # fmt: skip


def _oracle(name: str, *options: object) -> Attack:
    return Attack(name, WIRE, (aws("rds/OptionGroup", {
        "name": "core", "engineName": "oracle-se2", "majorEngineVersion": "19", "options": list(options),
        "tags": TAGS}),), "major", f"{CLEAR} (RDS User Guide, 'Oracle native network encryption')")  # fmt: skip


def _lines(name: str, kind: str, path: str, *lines: object) -> Attack:
    spec: object = list(lines)
    for part in reversed(path.split(".")):
        spec = {part: spec}
    assert isinstance(spec, dict)
    return Attack(name, ROW, (crd(kind, spec),), "critical", f"{CLEAR} (PostgreSQL, 'The pg_hba.conf File')")


def _template(name: str, rules: tuple[str, ...], harm: str, **more: object) -> Attack:
    return Attack(name, rules, (aws("ecr/RepositoryCreationTemplate", {
        "prefix": "ROOT", "appliedFors": ["CREATE_ON_PUSH", "PULL_THROUGH_CACHE"], "imageTagMutability": "IMMUTABLE",
        "encryptionConfigurations": [{"encryptionType": "KMS", "kmsKey": KEY}], "resourceTags": TAGS, **more}),),
        "major", harm)  # fmt: skip


CRUNCHY, PERCONA = "postgres-operator.crunchydata.com/v1beta1:PostgresCluster", "pgv2.percona.com/v2:PerconaPGCluster"
ZALANDO, CNPG = "acid.zalan.do/v1:postgresql", "postgresql.cnpg.io/v1:Cluster"
RULES, PATRONI = "authentication.rules", "patroni.dynamicConfiguration.postgresql.pg_hba"
ATTACKS: tuple[Attack, ...] = (
    Attack("a realm of the operator says nothing of guesses", SIGN_IN, (
        crd("k8s.keycloak.org/v2alpha1:KeycloakRealmImport", {"keycloakCRName": "login", "realm": REALM}),),
        "major", GUESSED),
    Attack("a realm in a file that Keycloak imports says nothing of guesses", SIGN_IN, (k8s("core/v1:ConfigMap", {
        "metadata": meta("realms", "identity"), "data": {"bank.json": json.dumps(REALM)}}),), "major", GUESSED),
    Attack("a realm in values of a chart says nothing of guesses", SIGN_IN, (Given("kubernetes:helm.sh/v3:Release", {
        "chart": "keycloak", "version": "25.4.0", "namespace": "identity", "values": {
            "production": True, "keycloakConfigCli": {"configuration": {"bank.json": json.dumps(REALM)}}}}),),
        "major", GUESSED),
    _search("a search cluster of the operator says nothing of TLS", "opensearch.opster.io"),
    _search("a search cluster of the operator's newer group has certificates between its nodes only", "opensearch.org",
            security={"tls": {"transport": {"generate": True}}}),
    _search("a search cluster of the operator has certificates, and does not use them", "opensearch.opster.io",
            security={"tls": {"transport": {"generate": True}, "http": {"generate": True, "enabled": False}}}),
    Attack("a search cluster of Bitnami's chart has its defaults", SIGN_IN, (Given("kubernetes:helm.sh/v3:Release", {
        "chart": "oci://registry-1.docker.io/bitnamicharts/opensearch", "version": "1.6.0", "namespace": "search",
        "values": {"data": {"replicaCount": 3}}}),),
        "critical", "whoever reaches it reads and writes all documents (bitnami/opensearch values.yaml, security)"),
    Attack("a search cluster has certificates of the bank between its nodes, and none for its clients", SIGN_IN, (
        Given("kubernetes:helm.sh/v3:Release", {
            "chart": "opensearch", "version": "3.3.2", "namespace": "search", "values": {
                "extraEnvs": [{"name": "DISABLE_INSTALL_DEMO_CONFIG", "value": "true"}], "config": {
                    "opensearch.yml": "plugins.security.ssl.transport.pemcert_filepath: tls/tls.crt\n"}}}),),
        "major", "passwords and documents in plain text (OpenSearch, 'Configuring TLS certificates', REST layer)"),
    _oracle("a group of Oracle's options has none for encryption", {"optionName": "Timezone", "optionSettings": [
        {"name": "TIME_ZONE", "value": "Asia/Dubai"}]}),
    _oracle("a group of Oracle's options leaves encryption to the clients", {
        "optionName": "NATIVE_NETWORK_ENCRYPTION", "optionSettings": [
            {"name": "SQLNET.ENCRYPTION_TYPES_SERVER", "value": "AES256"}]}),
    Attack("a database of Oracle has the group of options that everybody has", WIRE, (aws("rds/Instance", {
        "identifier": "core", "engine": "oracle-se2", "instanceClass": "db.m6i.large", "allocatedStorage": 100,
        "tags": TAGS}),), "major", f"{CLEAR} (RDS User Guide, 'Oracle native network encryption')"),
    _lines("PostgreSQL of Zalando's operator takes passwords without TLS", ZALANDO, "patroni.pg_hba",
           "local all all trust", "host all all 10.0.0.0/8 password"),
    _lines("PostgreSQL of Zalando's operator is reached without TLS only", ZALANDO, "patroni.pg_hba",
           "hostnossl all all all md5"),
    _lines("PostgreSQL of Crunchy's operator asks who it is, and believes it", CRUNCHY, PATRONI,
           "host all all 10.0.0.0 255.0.0.0 ident"),
    _lines("a rule of Crunchy's operator takes passwords without TLS", CRUNCHY, RULES,
           {"connection": "host", "databases": ["ledger"], "users": ["app"], "method": "password"}),
    _lines("a rule of Crunchy's operator is for those without TLS", CRUNCHY, RULES,
           {"connection": "hostnossl", "method": "scram-sha-256"}),
    _lines("a rule of Percona's operator sends passwords to a directory without TLS", PERCONA, RULES,
           {"connection": "hostssl", "method": "ldap", "options": {"ldapserver": "ad.bank.ae", "ldapbasedn": "o=x"}}),
    _lines("a line of Percona's operator asks for nothing", PERCONA, RULES, {"hba": 'hostssl all all all "trust"'}),
    _lines("a line of CloudNativePG asks for nothing, in quotes", CNPG, "postgresql.pg_hba",
           'host all all all "trust"'),
    _lines("a line of CloudNativePG has its databases in quotes", CNPG, "postgresql.pg_hba",
           '"host" "a b","c d" ,all all password'),
    _template("tags of new repositories can be moved", ("FJ-ESC-122",),
              "who may push replaces an image that was reviewed (botocore, ecr, imageTagMutability)",
              imageTagMutability="MUTABLE"),
    _template("new repositories lose every image after a day", ("FJ-RSL-102",),
              "what runs cannot be started again (Amazon ECR, 'Lifecycle policy properties')",
              lifecyclePolicy=json.dumps({"rules": [ONE_DAY]})),
)  # fmt: skip
