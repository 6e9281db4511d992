"""Settings that send to a vendor without an address: keys, accounts by name, types and schemes of stores."""

import re

import pytest
from guardrails.engine.enforcement import Enforcement
from guardrails.residency.default_destinations import Vendor, vendors
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thorough import many

from .blind import TAGS, crd, k8s, meta, workload
from .blind import aws as of_aws
from .harness import Given, Pack, blocking

PACK = Pack(
    Enforcement.model_validate(
        {
            "default": {"all": "disabled", "FJ-RES-003": "mandatory", "FJ-RES-114": "mandatory"},
            "residency": {"known": {"example.ae": "our own domain", "ours.blob.core.windows.net": "in uaenorth"}},
        }
    )
)


def refused(given_resource: Given) -> set[str]:
    """Returns the rules that refuse a resource."""
    return blocking(PACK.evaluate_plan(given_resource))


def program(*args: str, secret: str = "", **env: str) -> Given:
    """Returns a deployment with arguments, variables, and one variable from a secret."""
    listed: list[dict[str, object]] = [{"name": name, "value": value} for name, value in env.items()]
    if secret:
        listed.append({"name": secret, "valueFrom": {"secretKeyRef": {"name": "keys", "key": "k"}}})
    return workload("apps/v1:Deployment", {"env": listed, "args": list(args)})


def example(pattern: re.Pattern[str]) -> str:
    """Returns a variable that a vendor's pattern matches, by its alternatives."""
    text = pattern.pattern
    while "(" in text:
        text = re.sub(r"\(\?:([^()|]*)[^()]*\)\??", r"\1", text)
    text = text.replace("?", "").split("|")[0]
    assert pattern.fullmatch(text), text
    return text


@given(vendor=st.sampled_from(vendors()), from_secret=st.booleans())
@settings(max_examples=many(40), deadline=None)
def test_a_key_of_a_vendor_sends_to_the_vendor(vendor: Vendor, from_secret: bool) -> None:
    name = example(vendor.variable)
    key = {"secret": name} if from_secret else {name: "$(KEY)"}
    assert refused(program(**key)) == {"FJ-RES-114"}
    if vendor.elsewhere is not None:
        own = {example(vendor.elsewhere): "https://own.example.ae"}
        assert refused(program(**key, **own)) == set()


@pytest.mark.parametrize(("key", "unread", "read"), [
    ("ANTHROPIC_API_KEY", "ANTHROPIC_BEDROCK_BASE_URL", "ANTHROPIC_BASE_URL"),
    ("COHERE_API_KEY", "COHERE_BASE_URL", "CO_API_URL"), ("XAI_API_KEY", "XAI_API_HOST", "XAI_API_BASE"),
    ("NEW_RELIC_LICENSE_KEY", "NEW_RELIC_METADATA_HOST", "NEW_RELIC_HOST"),
    ("DD_API_KEY", "DD_LOGS_CONFIG_LOGS_DD_URL", "DD_SITE"), ("TAVILY_API_KEY", "TAVILY_BASE_URL", "TAVILY_API_BASE"),
    ("PORTKEY_API_KEY", "PORTKEY_BASE_URL", "PORTKEY_PROXY"),
])  # fmt: skip
def test_only_an_address_that_a_program_reads_counts(key: str, unread: str, read: str) -> None:
    assert "FJ-RES-114" in refused(program(**{key: "$(KEY)", unread: "https://own.example.ae"}))
    assert refused(program(**{key: "$(KEY)", read: "https://own.example.ae"})) == set()


@pytest.mark.parametrize("key", [
    "GOOGLE_API_KEY", "GOOGLE_GENAI_API_KEY", "TOGETHERAI_API_KEY", "TOGETHER_AI_TOKEN", "FIREWORKSAI_API_KEY",
    "VOYAGE_API_KEY_PATH", "PERPLEXITYAI_API_KEY", "OPENROUTER_KEY", "OR_API_KEY", "JINA_AI_API_KEY", "SERP_API_KEY",
    "WANDB_IDENTITY_TOKEN_FILE", "ANTHROPIC_IDENTITY_TOKEN_FILE", "DASHSCOPE_API_KEY", "LOGFIRE_TOKEN",
])  # fmt: skip
def test_other_names_of_a_key_send_too(key: str) -> None:
    assert refused(program(secret=key)) == {"FJ-RES-114"}


@pytest.mark.parametrize("env", [
    {"LANGSMITH_TRACING": "false", "LANGSMITH_API_KEY": "$(K)"}, {"WANDB_MODE": "offline", "WANDB_API_KEY": "$(K)"},
    {"COMET_DISABLED": "true", "COMET_API_KEY": "$(K)"}, {"DD_AGENT_HOST": "datadog.monitoring.svc"},
    {"AZURE_STORAGE_ACCOUNT": "ours"}, {"RESTIC_REPOSITORY": "/backup"}, {"STORAGE_ACCOUNT": "$(ACCOUNT)"},
    *({"RCLONE_CONFIG_OUT_TYPE": kind} for kind in ("alias", "azureblob", "azurefiles", "crypt", "ftp", "hdfs", "http",
                                                    "local", "memory", "s3", "sftp", "smb", "swift", "webdav")),
], ids=str)  # fmt: skip
def test_programs_that_send_nothing_or_to_ones_own_pass(env: dict[str, str]) -> None:
    assert refused(program(**env)) == set()


@pytest.mark.parametrize(("env", "rule"), [
    ({"LANGSMITH_TRACING": "true"}, "FJ-RES-114"), ({"COMET_DISABLED": "false", "COMET_API_KEY": "$(K)"}, "FJ-RES-114"),
    ({"RCLONE_CONFIG_OUT_TYPE": "a-drive-of-tomorrow"}, "FJ-RES-114"), ({"RESTIC_REPOSITORY": "gs:x:/"}, "FJ-RES-114"),
    ({"OUT": "gs://their-lake/rows"}, "FJ-RES-114"), ({"AZURE_STORAGE_ACCOUNT": "theirs"}, "FJ-RES-003"),
    ({"SNOWFLAKE_ACCOUNT": "ab12345.eu-west-1"}, "FJ-RES-003"), ({"AZURE_ACCOUNT_NAME": "theirs"}, "FJ-RES-003"),
], ids=str)  # fmt: skip
def test_stores_without_an_address_are_refused(env: dict[str, str], rule: str) -> None:
    assert rule in refused(program(**env))


@pytest.mark.parametrize("args", [("backup", "--repo", "b2:lake:/"), ("sh", "-c", "rclone sync /data :drive:x"),
                                  ("sh", "-c", "restic -r gs:lake:/ backup /data")], ids=str)  # fmt: skip
def test_commands_name_stores(args: tuple[str, ...]) -> None:
    assert refused(program(*args)) == {"FJ-RES-114"}


def test_variables_of_files_and_scripts_send_too() -> None:
    for text in ("export WANDB_API_KEY=$(cat /run/key)\npython train.py\n", "[Service]\nEnvironment=XAI_API_KEY=a\n"):
        assert refused(k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"a.sh": text}})) == {"FJ-RES-114"}
    own = "export WANDB_API_KEY=a WANDB_BASE_URL=https://wandb.example.ae\n"
    assert refused(k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"a.sh": own}})) == set()


@pytest.mark.parametrize(("text", "is_refused"), [
    ("[out]\ntype = drive\ntoken = x\n", True), ("[out]\ntoken = x\nscope = a\ntype = drive\n", True),
    ("[out]\ntype = s3\nendpoint = https://s3.example.ae\n", False), ("[out]\ntype = archive\n", False),
    ("rclone sync /data :pikpak:x", True), ("rclone sync /data ':drive,scope=drive:x'", True),
    ("rclone sync /data :local:/backup", False),
])  # fmt: skip
def test_remotes_of_rclone_are_read(text: str, is_refused: bool) -> None:
    file = k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"rclone.conf": text}})
    assert ("FJ-RES-114" in refused(file)) is is_refused


def test_functions_have_variables_too() -> None:
    function = {"name": "f", "tags": TAGS, "environment": {"variables": {"DD_API_KEY": "arn:aws:secretsmanager:x"}}}
    assert refused(of_aws("lambda/Function", function)) == {"FJ-RES-114"}


def test_what_only_keeps_a_key_passes() -> None:
    assert refused(k8s("core/v1:Secret", {"metadata": meta(), "data": {"DD_API_KEY": "a2V5"}})) == set()
    remote = {"data": [{"secretKey": "DD_API_KEY", "remoteRef": {"key": "datadog"}}]}
    assert refused(crd("external-secrets.io/v1:ExternalSecret", remote)) == set()
    assert refused(of_aws("secretsmanager/Secret", {"name": "OPENAI_API_KEY", "tags": TAGS})) == set()


def test_peers_and_public_records_are_destinations() -> None:
    for address, is_refused in (("52.28.59.10", True), ("10.1.2.3", False)):
        peer = k8s("crd.projectcalico.org/v1:BGPPeer", {"metadata": meta(), "spec": {"peerIP": address}})
        annotations = {"external-dns.alpha.kubernetes.io/target": address}
        service = k8s("core/v1:Service", {"metadata": meta(annotations=annotations), "spec": {"type": "ClusterIP"}})
        assert ("FJ-RES-003" in refused(peer)) is is_refused
        assert ("FJ-RES-003" in refused(service)) is is_refused
