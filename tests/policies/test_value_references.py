"""Values of charts that refer to a secret, or are sealed, beside those that only look so; and joined registries."""

import pytest
from guardrails.unverifiable.chart_registries import with_registry
from guardrails.unverifiable.value_secrets import is_plaintext_value

SEALED = "ENC[AES256_GCM,data:jpqkrEr5DPo=,iv:x5zoEI7Pjh2z6A/Xmx=,tag:ksyfKsrI5Z1V44q=,type:str]"


@pytest.mark.parametrize(("value", "is_plain"), [
    ("file:///auth/password", False), ("file://./password", False), ("file://", True), ("http://a.svc/password", True),
    ("${PASSWORD}", False), ("${env:PASSWORD}", False), ("$${ENV:PASSWORD}", False), ("$(PASSWORD)", False),
    ("${PASSWORD:-Falcon-2026}", True), ("$__file{/run/secrets/x}", False), ("/run/secrets/password", False),
    ("vault:secret/data/app#password", False), ("vault:Falcon-2026", True), ("ref+vault://secret/app#/password", False),
    ("ref+echo://Falcon-2026", True), (SEALED, False), (f"{SEALED} Falcon-2026", True), ("ENC[Falcon-2026]", True),
    ("{{ .Values.global.password | quote }}", False), ('{{ .Values.a | default "Falcon" }}', True),
    ("{{ \"Falcon\" }}", True), ("", False),
])  # fmt: skip
def test_references_are_no_plaintext(value: str, is_plain: bool) -> None:
    assert is_plaintext_value("values.database.password", "password", value) is is_plain


@pytest.mark.parametrize(("path", "value", "is_plain"), [
    ("values.backups.s3.envSecrets.AWS_SECRET_ACCESS_KEY", "weaviate-s3", False),
    ("values.envSecrets.AUTHENTICATION_APIKEY_ALLOWED_KEYS", "search-api-keys", False),
    ("values.backups.s3.envSecrets.AWS_SECRET_ACCESS_KEY", "Falcon-2026", True),
    ("values.backups.s3.envSecrets.AWS_SECRET_ACCESS_KEY", "falcon-20261203", True),
    ("values.backups.s3.secrets.AWS_SECRET_ACCESS_KEY", "weaviate-s3", True),
    ("values.database.envSecrets.PASSWORD", "winter-comes", True), ("values.envSecrets.PASSWORD", "winter-comes", True),
])  # fmt: skip
def test_variables_of_weaviate_name_secrets(path: str, value: str, is_plain: bool) -> None:
    assert is_plaintext_value(path, path.rpartition(".")[2], value) is is_plain


@pytest.mark.parametrize(("name", "path", "whole"), [
    ("team/a", "values.server.image", "mirror.ae/team/a"), ("team/a", "values.server", "mirror.ae/team/a"),
    ("team/a", "values.serverless.image", "docker.io/team/a"), ("/csi/a", "values.image.a", "base.ae/csi/a"),
    ("team/a", "values.image.a", "docker.io/team/a"),
])  # fmt: skip
def test_charts_join_registries(name: str, path: str, whole: str) -> None:
    registries = {"values.server": "mirror.ae", "values.image": "base.ae/"}
    assert with_registry(name, path, registries, "docker.io") == whole
