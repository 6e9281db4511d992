"""Plaintext secrets in service settings, and privileges of containers in AWS services."""

import base64
import json
from typing import Any

import pytest
from guardrails.readers.plaintext_secrets import describes_secrets, is_secret_name

from falaj.facts.plaintext_secrets import is_description, is_name

from .exposure_cases import all_reports, refused, reported
from .harness import UNKNOWN

FUNCTION = "aws:lambda/function:Function"
TASK = "aws:ecs/taskDefinition:TaskDefinition"
SECRET = {"FJ-EXP-114"}


@pytest.mark.parametrize(
    "name",
    ["PASSWORD", "DB_PASSWORD", "dbPassword", "MYSECRET", "API_KEY", "apiKey", "SECRET_KEY", "HF_TOKEN", "ACCESS_TOKEN",
     "AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "CONNECTION_STRING", "PRIVATE_KEY", "MYSQL_PWD", "CREDENTIALS"],
)  # fmt: skip
def test_secret_names_are_recognised(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize(
    "name",
    ["PATH", "PWD", "OLDPWD", "MAX_TOKENS", "TOKENIZERS_PARALLELISM", "TOKENIZER", "SECRET_NAME", "DB_PASSWORD_FILE",
     "TOKEN_ENDPOINT", "SECRET_ARN", "KEY", "KEY_VAULT_NAME", "PASSWORD_LENGTH", "ENABLE_TOKEN_AUTH", "PARTITION_KEY",
     "AZURE_TOKEN_CREDENTIALS", "AWS_WEB_IDENTITY_TOKEN_FILE", "MONKEY", "COMPASS_MODE", ""],
)  # fmt: skip
def test_names_that_only_refer_to_secrets_are_not_secret(name: str) -> None:
    assert not is_secret_name(name)


@pytest.mark.parametrize(
    ("name", "value"),
    [("TOKEN_TEMPLATE", "9a8b7c6d5e4f"), ("TOKEN_NAMES", "9a8b7c6d5e4f"), ("TOKEN_RETENTION", "9a8b7c6d5e4f"),
     ("TOKEN_COMMAND", "9a8b7c6d5e4f"), ("TOKEN_CMD", "S3cr3tS3cr3t"), ("TOKEN_TEMPLATE", "S3cr$t9xQz")],
)  # fmt: skip
def test_values_without_the_form_that_their_name_says_are_secret(name: str, value: str) -> None:
    assert is_secret_name(name, value)
    assert not is_secret_name(name)


@pytest.mark.parametrize(
    ("name", "value"),
    [("TOKEN_TEMPLATE", "{{ .token }}"), ("TOKEN_TEMPLATE", "user-%s"), ("TOKEN_TEMPLATE", "<user>-token"),
     ("TOKEN_TEMPLATE", "team-$NAME"), ("RESET_PASSWORD_TEMPLATE", "reset_password.html"),
     ("TOKEN_NAMES", '["a-1", "k8s-b"]'), ("TOKEN_NAMES", ""),
     ("TOKEN_RETENTION", "30d"), ("TOKEN_RETENTION", "P1DT12H"), ("TOKEN_RETENTION", "14 days"),
     ("TOKEN_RETENTION", "forever"), ("TOKEN_COMMAND", "cat /keys/9a8b7c6d5e4f"), ("TOKEN_CMD", "get-token")],
)  # fmt: skip
def test_values_with_the_form_that_their_name_says_are_not_secret(name: str, value: str) -> None:
    assert not is_secret_name(name, value)


@pytest.mark.parametrize("key", ["role_id", "token_id", "secret_id", "header", "user", "username", "names", "password"])
def test_settings_with_other_keys_than_names_do_not_describe_secrets(key: str) -> None:
    assert not is_description(key, "storage-config")
    assert not describes_secrets(json.dumps({"s3": {key: "storage-config"}}))


@pytest.mark.parametrize("key", ["secretName", "fileName", "nameAnnotation", "region", "endpoint", "provider.mapping"])
def test_settings_with_names_describe_secrets(key: str) -> None:
    assert describes_secrets(json.dumps({"s3": {key: "storage-config", "useHttps": "1"}}))
    assert not describes_secrets(json.dumps({"s3": {key: "sup3rS3cretPassw0rd"}}))
    assert not describes_secrets(json.dumps([key]))


def test_names_have_words_and_random_texts_have_letters_and_digits_in_turn() -> None:
    assert all(
        map(
            is_name,
            ("", "orders", "AWS_ACCESS_KEY_ID", "serving.kserve.io/name", "k8s-v2", "minio.a:9000", "prod/db#key"),
        )
    )
    assert not any(map(is_name, ("9a8b7c6d", "s3cr3t", "svc:Sup3rS3cret99", "a" * 64, "user@host", "wJalrXUt7FEMI/K")))


def function(**variables: object) -> dict[str, Any]:
    return {"environment": {"variables": variables}}


@pytest.mark.parametrize(
    ("token", "props"),
    [
        (FUNCTION, function(DB_PASSWORD="hunter2")),
        (FUNCTION, function(OTHER="AKIAIOSFODNN7EXAMPLE")),
        (FUNCTION, function(DB_PASSWORD=UNKNOWN)),
        ("aws:codebuild/project:Project",
         {"environment": {"environmentVariables": [{"name": "API_TOKEN", "value": "x", "type": "PLAINTEXT"}]}}),
        ("aws:ec2/launchTemplate:LaunchTemplate", {
            "metadataOptions": {"httpTokens": "required"},
            "userData": base64.b64encode(b"#!/bin/sh\nexport DB_PASSWORD=hunter2\n").decode()}),
        ("azure-native:web:WebAppApplicationSettings", {"properties": {"API_KEY": "abc"}}),
        ("azure-native:app:Job",
         {"identity": {"type": "SystemAssigned"},
          "template": {"containers": [{"env": [{"name": "API_KEY", "value": "abc"}]}]}}),
    ],
)  # fmt: skip
def test_plaintext_secrets_in_settings_are_refused(token: str, props: dict[str, object]) -> None:
    assert refused(token, props) == SECRET
    assert not any("hunter2" in item.text for item in all_reports(token, props))


@pytest.mark.parametrize(
    ("token", "props"),
    [
        (FUNCTION, function(DB_SECRET_ARN="arn:aws:secretsmanager:me-central-1:1:secret:x", LOG_LEVEL="info")),
        (FUNCTION, function(DB_PASSWORD="{{resolve:secretsmanager:db}}")),
        (FUNCTION, {}),
        ("aws:codebuild/project:Project",
         {"environment": {"environmentVariables": [{"name": "API_TOKEN", "value": "x", "type": "SECRETS_MANAGER"}]}}),
        ("azure-native:web:WebAppApplicationSettings",
         {"properties": {"API_KEY": "@Microsoft.KeyVault(SecretUri=https://a.vault.azure.net/secrets/x)"}}),
        ("azure-native:app:Job",
         {"identity": {"type": "SystemAssigned"},
          "template": {"containers": [{"env": [{"name": "API_KEY", "secretRef": "key"}]}]}}),
    ],
)  # fmt: skip
def test_references_to_secrets_pass(token: str, props: dict[str, object]) -> None:
    assert reported(token, props) == set()


def task(**changes: object) -> dict[str, object]:
    return {"containerDefinitions": json.dumps([{"name": "a", "readonlyRootFilesystem": True, **changes}])}


@pytest.mark.parametrize(
    ("props", "expected"),
    [
        (task(), set()),
        (task(privileged=True), {"FJ-EXP-115"}),
        ({**task(), "pidMode": "host"}, {"FJ-EXP-115"}),
        (task(readonlyRootFilesystem=False), {"FJ-EXP-116"}),
        (task(user="root"), {"FJ-EXP-116"}),
        (task(user="0:0"), {"FJ-EXP-116"}),
        (task(user="1000"), set()),
        (task(environment=[{"name": "DB_PASSWORD", "value": "x"}]), SECRET),
    ],
)
def test_ecs_tasks(props: dict[str, object], expected: set[str]) -> None:
    assert refused(TASK, props) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, {"FJ-EXP-110"}),
        ({"apiKeyRequired": True}, set()),
        ({"httpMethod": "OPTIONS"}, set()),
        ({"authorization": "AWS_IAM"}, set()),
        ({"authorization": UNKNOWN}, {"FJ-EXP-110"}),
    ],
)
def test_api_methods_require_authorization(change: dict[str, object], expected: set[str]) -> None:
    props = {"httpMethod": "GET", "authorization": "NONE", **change}
    assert refused("aws:apigateway/method:Method", props) == expected


def test_builds_are_not_privileged() -> None:
    token = "aws:codebuild/project:Project"
    assert refused(token, {"environment": {"privilegedMode": True}}) == {"FJ-EXP-115"}
    assert reported(token, {"environment": {"privilegedMode": False}}) == set()
