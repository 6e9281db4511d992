"""Vendors that a setting names by a word: refused, unless the same plan sets another address."""

import csv
from dataclasses import replace

import pytest
from guardrails.engine.data_folder import DATA
from guardrails.readers.texts import Leaf
from guardrails.residency.short_names import completed
from guardrails.residency.vendor_words import vendor_words

from .blind import crd, k8s, meta
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()


def _refused(*plan: Given) -> bool:
    return "FJ-RES-120" in blocking(PACK.evaluate_plan(*plan))


def _config(text: str, name: str = "config.yaml") -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta("config"), "data": {name: text}}, "config")


def _program(*args: str, reads: str = "", namespace: str = "team-a", **env: object) -> Given:
    container: dict[str, object] = {
        "name": "app", "args": list(args), "env": [{"name": key, "value": env[key]} for key in env],
        "envFrom": [{"configMapRef": {"name": reads}}] if reads else []}  # fmt: skip
    return k8s("core/v1:Pod", {"metadata": meta("app", namespace), "spec": {"containers": [container]}}, "app")


def _alerts(**receiver: object) -> Given:
    return crd("monitoring.coreos.com/v1alpha1:AlertmanagerConfig", {"receivers": [{"name": "chat", **receiver}]})


CALLBACKS = "litellm_settings:\n  success_callback: [langfuse]\n"
MODEL = "model_list:\n- model_name: chat\n  litellm_params:\n    model: {model}\n"
COLLECTOR = "service:\n  pipelines:\n    logs:\n      exporters: [{name}]\n"
HOST = "https://langfuse.example.ae"
OWN = "http://own.ml.svc.cluster.local"


@pytest.mark.parametrize(
    "plan",
    [
        (_config(CALLBACKS),),
        (_config(CALLBACKS.replace("langfuse", "lunary")),),
        (_config(MODEL.format(model="anthropic/claude")),),
        (
            _config(
                MODEL.format(model="anthropic/claude") + f"- litellm_params: {{model: openai/a, api_base: '{OWN}'}}"
            ),
        ),
        (_program("--report_to=swanlab"),),
        (_program("--report-to", "comet_ml"),),
        (_program("python train.py --report_to neptune --epochs 3"),),
        (_config("args = TrainingArguments(report_to='wandb')", "train.py"),),
        (_program(MLFLOW_TRACKING_URI="databricks://prod"),),
        (_config(COLLECTOR.format(name="googlecloud/main")),),
        (_config(COLLECTOR.format(name="azuremonitor")),),
        (_config("[OUTPUT]\n  Name stackdriver\n  Match *\n", "fluent.conf"),),
        (_config("sinks:\n  out:\n    type: datadog_logs\n    inputs: [in]\n"),),
        (_alerts(telegramConfigs=[{"chatID": -100}]),),
        (_config("token: $slack-token\n", "service.slack"),),
        (_program(ENABLE_OPENAI_API="true"),),
        (_program("from huggingface_hub import upload_folder; upload_folder(repo_id='a/b')"),),
        (_program(WEB_SEARCH_ENGINE="duckduckgo"),),
        (_program(AUDIO_TTS_ENGINE="elevenlabs"),),
        (_program(RAG_EMBEDDING_ENGINE="openai"),),
        (_program("--llm=openai/gpt-4.1"),),
        (_program("--stt", "deepgram/nova-3:ar"),),
        (_program(MODEL="anthropic/claude"),),
        (_program("run", "gpt-oss:120b-cloud"),),
        (_program("run", "glm-4.6:cloud"),),
        (_program(DEVICES="-".join(["MFZWI3D"] * 8)),),
        (
            crd(
                "kafka.strimzi.io/v1:KafkaConnector",
                {"class": "com.wepay.kafka.connect.bigquery.BigQuerySinkConnector"},
            ),
        ),
        (_config("bank:\n  outputs:\n    prod:\n      type: bigquery\n", "profiles.yml"),),
        (_config("connector.name=gsheets\n", "sheets.properties"),),
    ],
)
def test_a_word_is_refused(plan: tuple[Given, ...]) -> None:
    assert _refused(*plan)


@pytest.mark.parametrize(
    "plan",
    [
        (_config(CALLBACKS), _program(reads="config", LANGFUSE_HOST=HOST)),
        (_config(CALLBACKS), replace(_program(LANGFUSE_HOST=HOST), links={"spec": ("config",)})),
        (_config(f"LANGFUSE_HOST: {HOST}"), _program("--callbacks=langfuse", reads="config")),
        (_config(CALLBACKS.replace("langfuse", "prometheus")),),
        (_config(MODEL.format(model="openai/chat") + f"    api_base: {OWN}\n"),),
        (_config(MODEL.format(model="hosted_vllm/chat")),),
        (_program("--model", "openai/gpt-oss-120b"),),
        (_program("--report_to=tensorboard"),),
        (_program("--report_to", "none"),),
        (_program("--report_to=wandb", WANDB_MODE="offline"),),
        (_config("args = TrainingArguments(report_to='mlflow')", "train.py"),),
        (_program(MLFLOW_TRACKING_URI=OWN),),
        (_program(MLFLOW_TRACKING_URI=UNKNOWN),),
        (_config(COLLECTOR.format(name="otlp/own")),),
        (_config("[OUTPUT]\n  Name loki\n  Host loki\n", "fluent.conf"),),
        (_config("sinks:\n  out:\n    type: loki\n    endpoint: http://loki:3100\n"),),
        (_alerts(telegramConfigs=[{"chatID": -100, "apiURL": "https://chat.example.ae"}]),),
        (_alerts(webhookConfigs=[{"url": "https://alerts.example.ae"}]),),
        (_config("url: https://hooks.example.ae\n", "service.webhook.own"),),
        (_program(ENABLE_OPENAI_API="true", OPENAI_API_BASE_URLS=f"{OWN}/v1"),),
        (_program("from huggingface_hub import snapshot_download"),),
        (_program(WEB_SEARCH_ENGINE="searxng"),),
        (_program(AUDIO_TTS_ENGINE="transformers"),),
        (_program(RAG_EMBEDDING_ENGINE="openai", RAG_OPENAI_API_BASE_URL=f"{OWN}/v1"),),
        (_program("--llm=openai/gpt-oss-120b"),),
        (_program("--stt", "openai/whisper-large-v3"),),
        (_program(MODEL="anthropic/claude", API_BASE=OWN),),
        (_program("run", "gpt-oss:120b"),),
        (_program(IMAGE="registry.example.ae/models-4:cloud", KIND="private-cloud"),),
        (_program(KEY="-".join(["MFZWI3D"] * 4)),),
        (
            crd(
                "kafka.strimzi.io/v1:KafkaConnector",
                {"class": "io.aiven.kafka.connect.s3.AivenKafkaConnectS3SinkConnector"},
            ),
        ),
        (_config("bank:\n  outputs:\n    prod:\n      type: postgres\n", "profiles.yml"),),
        (_config("connector.name=iceberg\n", "lake.properties"),),
    ],
)
def test_another_address_or_another_word_is_silent(plan: tuple[Given, ...]) -> None:
    assert not _refused(*plan)


@pytest.mark.parametrize(("namespace", "reads"), [("team-a", ""), ("team-a", "other"), ("team-b", "config")])
def test_an_unrelated_program_with_another_address_silences_nothing(namespace: str, reads: str) -> None:
    assert _refused(_config(CALLBACKS), _program(namespace=namespace, reads=reads, LANGFUSE_HOST=HOST))


def test_a_secret_names_no_vendor() -> None:
    data = {"config.yaml": CALLBACKS}
    assert not _refused(k8s("core/v1:Secret", {"metadata": meta("keys"), "stringData": data}))


def test_rows_have_a_known_form_a_vendor_and_a_source() -> None:
    with (DATA / "vendor_words.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["form"] for row in rows} == {"value", "path", "text", "model"}
    assert [row for row in rows if not (row["word"] and row["vendor"] and row["source"])] == []
    assert [row["where"] for row in rows if (row["form"] == "text") is bool(row["where"])] == []
    assert len(vendor_words()) == len({(row["form"], row["where"], row["word"]) for row in rows})


@pytest.mark.parametrize("word", [
    "langfuse_otel", "datadog_llm_observability", "datadog_metrics", "arize_phoenix", "azure_sentinel", "gcs_bucket",
    "weave_otel", "newrelic", "zerobus",
])  # fmt: skip
def test_callbacks_are_read_as_the_gateway_spells_them(word: str) -> None:
    assert _refused(_config(CALLBACKS.replace("langfuse", word)))
    assert _refused(_config(f"litellm_settings:\n  service_callback: [{word}]\n"))


@pytest.mark.parametrize("model", ["moonshot/kimi-k2", "dashscope/qwen-max", "databricks/dbrx", "gpt-4o", "o3-mini",
                                   "claude-sonnet-4", "gemini-2.5-pro", "text-embedding-3-small"])  # fmt: skip
def test_models_of_every_provider_that_is_not_ones_own_are_refused(model: str) -> None:
    assert _refused(_config(MODEL.format(model=model)))
    assert not _refused(_config(MODEL.format(model=model) + f"    api_base: {OWN}\n"))


@pytest.mark.parametrize("model", ["ollama_chat/qwen3", "vllm/a", "bedrock/anthropic.claude", "os.environ/MODEL",
                                   "chat", "gpt-oss-120b", "litellm_proxy/a", "sagemaker_chat/a"])  # fmt: skip
def test_models_in_ones_own_network_pass(model: str) -> None:
    assert not _refused(_config(MODEL.format(model=model)))


def test_receivers_with_an_address_of_their_own_vendor_are_refused() -> None:
    assert _refused(_alerts(rocketchatConfigs=[{"channel": "a"}]))
    assert not _refused(_alerts(rocketchatConfigs=[{"channel": "a", "apiURL": OWN}]))
    token = {"name": "slack", "key": "token"}
    assert _refused(_config("receivers:\n- name: a\n  slack_configs:\n  - app_token: '$(TOKEN)'\n"))
    assert _refused(_alerts(slackConfigs=[{"appToken": token["key"]}]))
    notices = {"service.webex": "token: $webex-token"}
    assert _refused(k8s("core/v1:ConfigMap", {"metadata": meta("argocd-notifications-cm"), "data": notices}))


def test_a_search_engine_of_ones_own_passes() -> None:
    assert _refused(_program(WEB_SEARCH_ENGINE="ollama_cloud"))
    assert _refused(_program(WEB_SEARCH_ENGINE="firecrawl"))
    assert not _refused(_program(WEB_SEARCH_ENGINE="firecrawl", FIRECRAWL_API_BASE_URL=OWN))
    assert not _refused(_program(WEB_SEARCH_ENGINE="searxng"))


@pytest.mark.parametrize(
    ("key", "value", "host"),
    [
        ("SNOWFLAKE_ACCOUNT", "AB12345.me-central-1", "ab12345.snowflakecomputing.com"),
        ("ALGOLIA_APP_ID", " APP1 ", "app1.algolia.net"),
        ("ALGOLIA_APP_ID", "https://search.example.ae", ""),
        ("ALGOLIA_APP_ID", "$(APP)", ""),
        ("AZURE_OPENAI_SERVICE", "theirs", "theirs.openai.azure.com"),
        ("RCLONE_AZUREBLOB_ACCOUNT", "theirs", "theirs.blob.core.windows.net"),
        ("AZURE_RESOURCE_GROUP", "theirs", ""),
        ("APP_ID", "APP1", ""),
    ],
)
def test_an_account_is_completed_to_the_host_of_its_vendor(key: str, value: str, host: str) -> None:
    assert completed(Leaf("spec.containers[0].env[0].value", key, value, is_in_text=False)) == host


@pytest.mark.parametrize(
    ("path", "host"),
    [
        ("data.config.yaml.storage_config.azure.account_name", "theirs.blob.core.windows.net"),
        ("values.loki.storage.azure.accountName", "theirs.blob.core.windows.net"),
        ("values.storage.trace.azure.storage_account_name", "theirs.blob.core.windows.net"),
        ("data.objstore.yml.config.storage_account", "theirs.blob.core.windows.net"),
        ("values.storage.azure.container_name", ""),
        ("values.storage.azure.service_account_name", ""),
        ("values.config.account_name", ""),
    ],
)
def test_the_account_of_a_store_is_completed_by_its_place(path: str, host: str) -> None:
    assert completed(Leaf(path, path.rpartition(".")[2], "theirs", is_in_text=True)) == host


def test_a_vendor_is_named_once_for_a_resource() -> None:
    text = CALLBACKS.replace("[langfuse]", "[langfuse]\n  failure_callback: [langfuse]")
    reports = PACK.evaluate_plan(_config(text))
    assert [item.rule for item in reports].count("FJ-RES-120") == 1
