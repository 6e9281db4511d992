"""Facts of vendors on encryption that were held against their sources on 2026-11-30: each refused case passed before,
and each silent one that stands beside a reason was refused."""

import json

import pytest
from guardrails.encryption.at_rest.aws.ai_and_analytics import KEYED_VOLUMES
from guardrails.encryption.transit.client_files import unchecked_line
from guardrails.engine.verdicts import Verdict

from tests.processor_time import within

from .blind import KEY, aws, k8s, meta
from .facts_read import refuses, script, variable, volume_class
from .harness import Given


@pytest.mark.parametrize(("given", "refused"), [
    (script("git -c http.sslVerify= clone https://git.bank.ae/a"), True),
    (script("git clone --config http.sslVerify=false https://git.bank.ae/a"), True),
    (script("git clone --config=http.sslVerify=no https://git.bank.ae/a"), True),
    (script("git clone -chttp.sslVerify=off https://git.bank.ae/a"), True),
    (script("git config --get http.sslVerify"), False),
    (script("git -c http.sslVerify=true clone https://git.bank.ae/a"), False),
    (script("git clone --config http.sslVerify=1 https://git.bank.ae/a"), False),
    (script("git config --global --unset http.sslVerify"), False),
])  # fmt: skip
def test_words_for_false_of_git(given: Given, *, refused: bool) -> None:
    """git/git 1a3e64c6 parse.c, git_parse_maybe_bool: no text is false too."""
    assert refuses(given, "FJ-ENC-425") is refused


@pytest.mark.parametrize(("given", "refused"), [
    (variable("URL", "jdbc:mariadb://db.bank.ae/x?sslMode=trust"), True),
    (variable("URL", "jdbc:mariadb://db.bank.ae/x?sslMode=0"), True),
    (variable("URL", "mysqlx://db.bank.ae/x?ssl-mode=DISABLED"), True),
    (variable("URL", "Server=db.bank.ae;Database=x;SslMode=None"), True),
    (variable("URL", "Host=db.bank.ae;Database=x;SSL Mode=Disable"), True),
    (variable("URL", "Server=db.bank.ae;Database=x;Trust Server Certificate=True"), True),
    (variable("DB_SSL_MODE", "none"), True), (variable("DB_SSLMODE", "trust"), True),
    (variable("URL", "jdbc:mysql://db.bank.ae/x?sslMode=VERIFY_IDENTITY"), False),
    (variable("URL", "jdbc:mariadb://db.bank.ae/x?sslMode=verify-full"), False),
    (variable("URL", "Host=db.bank.ae;Database=x;SSL Mode=VerifyFull"), False),
    (variable("URL", "Server=db.bank.ae;Database=x;Trust Server Certificate=False"), False),
    (variable("DB_SSLMODE", "verify-full"), False), (variable("DB_SSLMODE", "1"), False),
])  # fmt: skip
def test_modes_of_databases_without_tls_or_its_check(given: Given, *, refused: bool) -> None:
    """mariadb-corporation/mariadb-connector-j 0ede8eda SslMode.java; Npgsql, "Connection String Parameters";
    MySQL Connector/NET, MySqlSslMode."""
    assert refuses(given, "FJ-ENC-425") is refused


@pytest.mark.parametrize(("parameters", "refused"), [
    ({"protocol": "nfs"}, True), ({"Protocol": "nfs"}, True), ({"fsType": "nfs"}, True),
    ({"fstype": "nfs", "encryptInTransit": "false"}, True), ({"fsType": "nfs", "encryptintransit": "true"}, False),
    ({"PROTOCOL": "nfs", "encryptInTransit": "true"}, False), ({"protocol": "smb"}, False), ({"fsType": "ext4"}, False),
])  # fmt: skip
def test_shares_of_nfs_by_every_spelling(parameters: dict[str, str], *, refused: bool) -> None:
    """kubernetes-sigs/azurefile-csi-driver 7b5ae18e pkg/azurefile/controllerserver.go: names of parameters in any
    letters, and `fsType: nfs` is the protocol too."""
    given = volume_class("file.csi.azure.com", networkEndpointType="privateEndpoint", **parameters)
    assert refuses(given, "FJ-ENC-424") is refused


MACHINE = {"InstanceType": "ml.m5.xlarge", "InstanceCount": 1}


@pytest.mark.parametrize(("step", "verdict"), [
    ({"TransformResources": MACHINE}, Verdict.FAIL),
    ({"TransformResources": {**MACHINE, "VolumeKmsKeyId": KEY}}, Verdict.PASS),
    ({"TransformResources": {**MACHINE, "InstanceType": "ml.g5.xlarge"}}, Verdict.PASS),
    ({"AutoMLJobConfig": {}}, Verdict.FAIL),
    ({"AutoMLJobConfig": {"SecurityConfig": {"VolumeKmsKeyId": KEY}}}, Verdict.PASS),
    ({"ResourceConfig": {**MACHINE, "VolumeSizeInGB": 30, "VolumeKmsKeyId": KEY},
      "DebugRuleConfigurations": [{"InstanceType": "ml.m5.large", "VolumeSizeInGB": 5}],
      "ProfilerRuleConfigurations": [{"InstanceType": "ml.m5.large", "VolumeSizeInGB": 5}]}, Verdict.PASS),
    ({"ResourceConfig": {**MACHINE, "VolumeSizeInGB": 30}}, Verdict.FAIL),
    ({"ProductionVariants": [{"InstanceType": "ml.m5.large", "VolumeSizeInGB": 5}], "KmsKeyId": KEY}, Verdict.PASS),
    ({"ProductionVariants": [{"InstanceType": "ml.m5.large", "VolumeSizeInGB": 5}]}, Verdict.FAIL),
])  # fmt: skip
def test_volumes_of_the_steps_of_a_pipeline(step: dict[str, object], verdict: Verdict) -> None:
    """aws-sagemaker-mlops/sagemaker-model-building-pipeline-definition-JSON-schema b4012b0; botocore 1.44.8, sagemaker:
    rules of the debugger take no key, and variants have that of their configuration."""
    kind = "AutoML" if "AutoMLJobConfig" in step else "Training"
    definition = {"Version": "2020-12-01", "Steps": [{"Name": "s", "Type": kind, "Arguments": step}]}
    assert KEYED_VOLUMES.judge(json.dumps(definition)) is verdict


@pytest.mark.parametrize(("keys", "refused"), [
    ({"AWSOwnedKey": True, "KmsARN": KEY}, False), ({"AWSOwnedKey": False, "KmsARN": KEY}, False),
    ({"AWSOwnedKey": True}, True), ({"KmsARN": ""}, True),
])  # fmt: skip
def test_a_key_in_an_encryption_policy_comes_first(keys: dict[str, object], *, refused: bool) -> None:
    """Amazon OpenSearch Service, "Encryption in Amazon OpenSearch Serverless": with KmsARN, AWSOwnedKey is ignored."""
    policy = json.dumps({"Rules": [{"ResourceType": "collection", "Resource": ["collection/a"]}], **keys})
    given = aws("opensearch/ServerlessSecurityPolicy", {"name": "p", "type": "encryption", "policy": policy})
    assert refuses(given, "FJ-ENC-115") is refused


@pytest.mark.parametrize(("text", "refused"), [
    ("tls_min_version: v1.1", True), ("tls_min_version: v1.2", False), ("tls_min_version: TLSV1_1", True),
    ("min_version: v1.0", False),
])  # fmt: skip
def test_spellings_of_old_versions_of_tls(text: str, *, refused: bool) -> None:
    """redpanda-data/redpanda 1c6cff34 src/v/config (v1.0 to v1.3)."""
    given = k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"broker.yaml": f"broker:\n  {text}\n"}})
    assert refuses(given, "FJ-ENC-425") is refused


def file(name: str, text: str) -> Given:
    """Returns a ConfigMap with a file."""
    return k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {name: text}})


@pytest.mark.parametrize(("given", "refused"), [
    (file(".gitconfig", "[http]\n\tsslVerify = false\n"), True), (file(".gitconfig", "[http]\n\tsslverify =\n"), True),
    (file(".gitconfig", '[http "https://git.bank.ae"]\n  sslVerify = 0\n'), True),
    (file(".gitconfig", "[http]\n\tsslVerify = true\n"), False), (file(".gitconfig", "[http]\n\tsslVerify\n"), False),
    (file(".gitconfig", "[http]\n\t; sslVerify = false\n\t# sslVerify = false\n"), False),
    (variable("GIT_CONFIG_PARAMETERS", "'http.sslVerify'='false'"), True),
    (variable("GIT_CONFIG_PARAMETERS", "'http.sslVerify'='true'"), False),
    (file("bank.repo", "[bank]\nbaseurl=https://yum.bank.ae\nsslverify=0\n"), True),
    (file("bank.repo", "[bank]\nbaseurl=https://yum.bank.ae\nsslverify=1\n"), False),
    (file(".npmrc", "strict-ssl=false\n"), True), (file(".npmrc", "strict-ssl=true\n"), False),
    (file(".yarnrc.yml", "enableStrictSsl: false\n"), True), (file(".yarnrc.yml", "enableStrictSsl: true\n"), False),
    (variable("NPM_CONFIG_STRICT_SSL", "false"), True), (variable("npm_config_strict_ssl", "true"), False),
    (script("npm install --strict-ssl=false"), True), (script("npm ci --no-strict-ssl"), True),
    (script("npm config set strict-ssl true"), False), (script("npm set strict-ssl false"), True),
    (script("yarn config set enableStrictSsl false"), True), (script("npm config get strict-ssl"), False),
    (file(".wgetrc", "check_certificate = off\n"), True), (file(".wgetrc", "check_certificate = on\n"), False),
    (file("Pipfile", '[[source]]\nurl = "https://pypi.bank.ae/simple"\nverify_ssl = false\n'), True),
    (file("Pipfile", '[[source]]\nurl = "https://pypi.bank.ae/simple"\nverify_ssl = true\n'), False),
    (file("pip.conf", "[global]\ntrusted-host = pypi.bank.ae\n"), True),
    (file("pip.conf", "[global]\ntrusted-host =\n    pypi.org\n"), True),
    (file("pip.conf", "[global]\ntrusted-host = devpi.devpi.svc\n"), False),
    (file("pip.conf", "[global]\nindex-url = https://pypi.bank.ae/simple\n"), False),
    (variable("PIP_TRUSTED_HOST", "pypi.bank.ae"), True), (variable("PIP_TRUSTED_HOST", "devpi.devpi.svc"), False),
    (variable("PIP_TRUSTED_HOST", "localhost"), False), (variable("PIP_TRUSTED_HOST", ""), False),
    (script("pip download --trusted-host pypi.bank.ae x"), True),
    (script("python3 -m pip download --trusted-host=pypi.org x"), True),
    (script("pip download --trusted-host devpi x"), False),
])  # fmt: skip
def test_files_of_clients_without_the_check(given: Given, *, refused: bool) -> None:
    """git/git Documentation/config/http.adoc; rpm-software-management/dnf doc/conf_ref.rst, `sslverify`; npm,
    `strict-ssl`; GNU Wget, "Wgetrc Commands"; pypa/pipenv issue 3841; pip, `--trusted-host`."""
    assert refuses(given, "FJ-ENC-425") is refused


@pytest.mark.parametrize("text", [
    "http." * 4_000, "http." + "a." * 10_000, "trusted-host =" + " \n" * 10_000, "\nsslverify =" * 1_800,
    "trusted-host = " + "a.svc." * 3_300, "\t" * 20_000 + "sslverify",
])  # fmt: skip
def test_hostile_files_take_no_time(text: str) -> None:
    with within(1):
        unchecked_line(text)
