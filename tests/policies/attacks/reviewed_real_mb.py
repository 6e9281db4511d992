"""Attacks near rules that were relaxed after published programs were read, found in a review (2026-11-30)."""

import json

from ..blind import SUB, TAGS, aws, az, k8s, meta, workload
from ..harness import Given
from . import Attack

VARIABLE, TEXT, OF_LAMBDA, NAMES = ("FJ-EXP-315",), ("FJ-EXP-326",), ("FJ-EXP-114",), ("FJ-RES-003",)
RANDOM = "9a8b7c6d5e4f3a2b1c0d"
READS = "whoever may read the settings has the password"


def _map(name: str, text: object) -> tuple[Given, ...]:
    """Returns a ConfigMap with one text, as JSON unless it is one."""
    value = text if isinstance(text, str) else json.dumps(text)
    return (k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {name: value}}),)


def _container(name: str, value: str) -> tuple[Given, ...]:
    return (workload("apps/v1:Deployment", {"env": [{"name": name, "value": value}]}),)


def _function(name: str, value: str) -> tuple[Given, ...]:
    return (aws("lambda/Function", {"role": "arn:aws:iam::123456789012:role/app", "tags": TAGS,
                                    "environment": {"variables": {name: value}}}),)  # fmt: skip


ATTACKS = (
    Attack("a password in an address has a bracket", VARIABLE,
           _container("DATABASE_URL", "postgresql://app:S3cr[t9xQz@db.team-a.svc:5432/x"), "critical", READS),
    Attack("a password in an address has a backslash", VARIABLE,
           _container("DATABASE_URL", "postgresql://app:S3cr\\t9xQz@db.team-a.svc:5432/x"), "critical", READS),
    Attack("a password in an address of a function has a bracket", OF_LAMBDA,
           _function("DATABASE_URL", "postgresql://app:S3cr[t9xQz@db.team-a.svc:5432/x"), "critical", READS),
    Attack("a password in a file of settings has a bracket", TEXT,
           _map("app.properties", "url=amqp://app:Xk[9Lq2w@mq.team-a.svc:5672/x"), "critical", READS),
    Attack("a password in a file of JSON has a quote", TEXT,
           _map("app.json", {"url": 'amqp://app:Xk"9Lq2w@mq.team-a.svc:5672/x'}), "critical", READS),
    Attack("a password in a file of JSON has an escaped character", TEXT,
           _map("app.json", '{"url": "amqp://app:Xk\\u00269Lq2w@mq.team-a.svc:5672/x"}'), "critical", READS),
    Attack("a password in a file of TOML has a backslash", TEXT,
           _map("app.toml", 'url = "amqp://app:Xk\\\\9Lq2w@mq.team-a.svc:5672/x"'), "critical", READS),
    Attack("credentials of Vault are a role and its secret", TEXT, _map("vault-credentials", {
        "role_id": "db02de05-fa39-4855-059b-67221c5c2f63", "secret_id": "6a174c20-f6de-a53c-74d2-6018fcceff64"}),
        "critical", "the secret_id is the credential (hashicorp/vault, 'Use AppRole authentication')"),
    Attack("a token has the name of its number", TEXT,
           _map("auth_token", {"token_id": "s3cr3tT0kenOfTheTeam"}), "critical", READS),
    Attack("credentials are a header", TEXT,
           _map("credentials", {"header": "Bearer aVerySecretTokenOfTheTeam99"}), "critical", READS),
    Attack("credentials are a user with a password behind a colon", TEXT,
           _map("credentials", {"username": "svc:Sup3rS3cret99"}), "critical", READS),
    Attack("a password is called a user", TEXT, _map("password", {"user": "hunter2hunter2"}), "critical", READS),
    Attack("a password is one of several names", TEXT,
           _map("credentials", {"names": ["sup3rS3cretPassw0rd"]}), "critical", READS),
    Attack("a password is the name of a file", TEXT,
           _map("credentials", {"fileName": "sup3rS3cretPassw0rd"}), "critical", READS),
    Attack("a key of AWS is called an id", TEXT, _map("credentials", {
        "access_key_id": "team", "secret_access_key_id": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}),
        "critical", READS),
    Attack("a password is called a template", VARIABLE, _container("DB_PASSWORD_TEMPLATE", RANDOM), "critical", READS),
    Attack("a token is called names", VARIABLE, _container("SLACK_TOKEN_NAMES", RANDOM), "critical", READS),
    Attack("a password is called a time", VARIABLE, _container("DB_PASSWORD_RETENTION", RANDOM), "critical", READS),
    Attack("a password is called a command", VARIABLE, _container("DB_PASSWORD_CMD", RANDOM), "critical", READS),
    Attack("a password of a function is called a template", OF_LAMBDA, _function("DB_PASSWORD_TEMPLATE", RANDOM),
           "critical", READS),
    Attack("a file of settings calls a password a template", TEXT, _map("app.env", f"DB_PASSWORD_TEMPLATE={RANDOM}\n"),
           "critical", READS),
    Attack("pictures of customers go to a host", NAMES,
           _map("app.yaml", "customerImages:\n  host: sink.example.com\n  kafka: sink.example.com:9092\n"),
           "critical", "a program sends them there"),
    Attack("a policy sends records by a parameter that only begins like one with a zone", NAMES, (az(
        "authorization:PolicyAssignment", {
            "scope": SUB, "policyAssignmentName": "records", "displayName": "Records", "enforcementMode": "Default",
            "policyDefinitionId": f"{SUB}/providers/Microsoft.Authorization/policyDefinitions/records",
            "parameters": {"dnsZoneLogSink": {"value": "https://sink.example.com"}}}),),
        "critical", "the definition sends what it finds there"),
    Attack("a controller reads the page of support from an annotation of its own", NAMES, (k8s(
        "core/v1:ConfigMap", {"metadata": meta(annotations={"records.bank.ae/support-url": "https://sink.example.com"}),
                              "data": {"a": "b"}}),),
        "critical", "it may send what it has there"),
    Attack("a controller reads a page from an annotation of its own", NAMES, (k8s(
        "core/v1:ConfigMap", {
            "metadata": meta(annotations={"records.bank.ae/documentation-url": "https://sink.example.com"}),
            "data": {"a": "b"}}),),
        "critical", "it may send what it has there"),
)  # fmt: skip
