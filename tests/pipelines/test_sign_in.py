"""The jobs in real accounts sign in to both kinds of cluster: the steps of each host run the kubeconfigs' commands.

`pulumi` is a stub that does what client-go does with a kubeconfig: it runs the exec plug-in. Like the plug-in of
Kubernetes it leaves a copy of each kubeconfig, which of other clusters holds a token, in the temporary folder
(pulumi-kubernetes v4, provider/pkg/provider: Configure calls writeKubeconfigToFile; read 2026-11-28). Programs and
credentials are those that the steps prepare. `aws` is version 1 of the AWS CLI, the latest on PyPI; its `eks get-token`
takes the same arguments as version 2's.
"""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from falaj.components.aws.cluster.kubeconfig import assuming
from falaj.components.aws.cluster.kubeconfig import kubeconfig as eks_kubeconfig
from falaj.components.azure.cluster.kubeconfig import SERVER_ID, with_kubelogin
from tests.pipelines import steps, tools
from tests.pipelines import token_services as services
from tests.pipelines.local_tools import pin_local_tools
from tests.pipelines.repository import JobResult, Repository
from tests.pipelines.steps import PIPELINES, STEPS, Step
from tests.pipelines.token_services import AZURE_DEVOPS, CLIENT, CONNECTION, GITHUB, JOB, ROLE, TENANT, TokenServices

pytestmark = pytest.mark.engine

PULUMI = f"""#!{sys.executable}
import json, os, pathlib, subprocess, tempfile
for file in sorted(pathlib.Path(os.environ["KUBECONFIGS"]).glob("*.json")):
    with open(tempfile.mkstemp(prefix="kubeconfig")[0], "w") as copy:
        copy.write(file.read_text())
    plugin = json.loads(file.read_text())["users"][0]["user"]["exec"]
    info = {{"apiVersion": plugin["apiVersion"], "kind": "ExecCredential", "spec": {{"interactive": False}}}}
    environment = os.environ | {{"KUBERNETES_EXEC_INFO": json.dumps(info)}}
    done = subprocess.run([plugin["command"], *plugin["args"]], env=environment, stdout=subprocess.PIPE, check=True)
    print("token of", file.stem, json.loads(done.stdout)["status"]["token"])
"""

EKS = eks_kubeconfig("awsuae", "me-central-1", "https://eks", "")
SESSION = {"AWS_ACCESS_KEY_ID": services.OF_THE_JOB, "AWS_SECRET_ACCESS_KEY": "example", "AWS_SESSION_TOKEN": "session"}
"""What the action that logs in to AWS leaves in the environment of the job."""


@pytest.fixture(scope="session")
def programs(python_linters: Path) -> dict[str, Path]:
    """The programs of the kubeconfigs."""
    return {"aws": python_linters / "aws", "kubelogin": tools.kubelogin()}


@pytest.fixture
def tokens(tmp_path: Path) -> Iterator[TokenServices]:
    """The running stand-in of the token services."""
    with services.token_services(tmp_path / "services") as running:
        yield running


@pytest.fixture
def runner(repository: Repository, programs: Mapping[str, Path], tmp_path: Path) -> Repository:
    """A checkout whose table of tools names archives on this machine, with the kubeconfigs of both clouds."""
    pin_local_tools(repository, programs)
    (repository.runner / "kubeconfigs").mkdir()
    for name, text in (
        ("eks", EKS),
        ("eks-of-the-site", assuming(EKS, services.SITE_ROLE)),
        ("aks", _aks_kubeconfig()),
    ):
        (repository.runner / "kubeconfigs" / f"{name}.json").write_text(text)
    return repository


def _aks_kubeconfig() -> str:
    azures = {"clusters": [{"name": "aks", "cluster": {"server": "https://aks", "certificate-authority-data": ""}}]}
    encoded = base64.b64encode(yaml.safe_dump(azures).encode()).decode()
    return with_kubelogin(SimpleNamespace(kubeconfigs=[SimpleNamespace(value=encoded)]))  # type: ignore[arg-type]


def _pulumi(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pulumi").write_text(PULUMI)
    (folder / "pulumi").chmod(0o755)
    return folder


def on_github(repository: Repository) -> list[Step]:
    """Returns the steps of the job `plan`, with the environment that the login action leaves."""
    job = steps.document(PIPELINES / "github/deploy.yml")["jobs"]["plan"]
    variables = {"vars.AZURE_CLIENT_ID": CLIENT, "vars.AZURE_TENANT_ID": TENANT, "vars.AZURE_SUBSCRIPTION_ID": TENANT}
    expressions = {"inputs.stack || 'dev'": "dev", "runner.temp": str(repository.runner), **variables}
    request = {
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN": JOB,
        "ACTIONS_ID_TOKEN_REQUEST_URL": f"https://{GITHUB}/job?api-version=2.0",
    }
    path = _pulumi(repository.runner / "bin")
    return [
        Step(f'PATH="{path}:$PATH"\n{step.run}', step.env | request | SESSION, step.always)
        for step in steps.github(job["steps"], expressions)
    ]


def on_gitlab(repository: Repository) -> list[Step]:
    """Returns the script of the job `plan`, with the tokens and variables of its environment."""
    document = steps.document(PIPELINES / "gitlab/.gitlab-ci.yml")
    accounts, job = document[".accounts"], document["plan"]
    assert ".accounts" in job["extends"]
    project = {"CI_PROJECT_DIR": str(repository.folder), "STACK": "dev", "AWS_ROLE_ARN": ROLE}
    variables = {
        name: str(value).replace("$CI_PROJECT_DIR", str(repository.folder))
        for name, value in (document["variables"] | accounts["variables"]).items()
    }
    issued = {name: services.token_of(token["aud"]) for name, token in accounts["id_tokens"].items()}
    azure = {"ARM_CLIENT_ID": CLIENT, "ARM_TENANT_ID": TENANT, "ARM_SUBSCRIPTION_ID": TENANT}
    _pulumi(repository.folder / ".cache/pulumi/bin")
    script = "\n".join([*accounts["before_script"], *job["script"]])
    return [Step(script, project | variables | issued | azure)]


def on_azure(repository: Repository) -> list[Step]:
    """Returns the script of the Azure CLI task, with what the task gives it."""
    accounts = steps.document(PIPELINES / "azure/accounts.yml")["steps"]
    task = next(step for step in accounts if step.get("task") == "AzureCLI@2")
    stages = steps.document(PIPELINES / "azure/azure-pipelines.yml")["stages"]
    plan = next(stage for stage in stages if stage["stage"] == "plan")["jobs"][0]
    script = next(step for step in plan["steps"] if step.get("template") == "accounts.yml")["parameters"]["script"]
    path = _pulumi(repository.runner / "bin")
    (path / "az").write_text(f"#!/bin/sh\necho {TENANT}\n")
    (path / "az").chmod(0o755)
    macros = {"AWS_ROLE_ARN": ROLE, "System.AccessToken": JOB, "PULUMI_BACKEND_URL": ""}
    given = {name: macros[value[2:-1]] for name, value in task["env"].items() if value.startswith("$(")}
    constant = {name: value for name, value in task["env"].items() if "$" not in value}
    of_task = {
        "servicePrincipalId": CLIENT,
        "tenantId": TENANT,
        "idToken": services.token_of(services.AUDIENCES["azure"]),
        "AZURESUBSCRIPTION_CLIENT_ID": CLIENT,
        "AZURESUBSCRIPTION_TENANT_ID": TENANT,
        "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID": CONNECTION,
        "AGENT_TEMPDIRECTORY": str(repository.runner),
        "SYSTEM_OIDCREQUESTURI": f"https://{AZURE_DEVOPS}/bank/_apis/distributedtask/oidctoken",
    }
    text = task["inputs"]["inlineScript"].replace("${{ parameters.script }}", script)
    run = f'PATH="{path}:$PATH"\n{text}'
    return [Step(run, given | constant | of_task | {"STACK": "dev", "FOLDER": str(repository.runner / "falaj")})]


HOSTS: dict[str, Callable[[Repository], list[Step]]] = {"github": on_github, "gitlab": on_gitlab, "azure": on_azure}


def sign_in(runner: Repository, tokens: TokenServices, host: str, **environment: str) -> JobResult:
    kubeconfigs = {"KUBECONFIGS": str(runner.runner / "kubeconfigs"), "XDG_CACHE_HOME": str(runner.runner / "cache")}
    return runner.run(HOSTS[host](runner), runner.environment | tokens.environment | kubeconfigs | environment)


@pytest.mark.parametrize("host", HOSTS)
def test_the_plan_signs_in_to_both_kinds_of_cluster(runner: Repository, tokens: TokenServices, host: str) -> None:
    ran = sign_in(runner, tokens, host)
    assert ran.status == 0, ran.output
    issued = dict(line.split(" ", 3)[2:] for line in ran.output.splitlines() if line.startswith("token of "))
    assert issued["aks"].startswith(f"entra token for {SERVER_ID}/.default")
    assert signer(issued["eks"]) == services.OF_THE_JOB
    assert signer(issued["eks-of-the-site"]) == services.OF_THE_SITE


def signer(token: str) -> str:
    """Returns the access key that signs the request in a token of EKS."""
    encoded = token.removeprefix("k8s-aws-v1.")
    signed = urlsplit(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode())
    assert signed.hostname == services.STS
    query = parse_qs(signed.query)
    assert query["Action"] == ["GetCallerIdentity"]
    assert query["X-Amz-SignedHeaders"] == ["host;x-k8s-aws-id"]
    return query["X-Amz-Credential"][0].partition("/")[0]


def test_the_plugin_cannot_assume_a_role_that_requires_an_external_id(
    runner: Repository, tokens: TokenServices
) -> None:
    file = runner.runner / "kubeconfigs" / "eks-of-the-site.json"
    file.write_text(assuming(EKS, services.EXTERNAL_ROLE))
    ran = sign_in(runner, tokens, "github")
    assert ran.status != 0
    assert "AccessDenied" in ran.output
    assert "AssumeRole" in ran.output


@pytest.mark.parametrize("host", HOSTS)
def test_no_token_and_no_kubeconfig_stays_on_the_runner(
    runner: Repository, tokens: TokenServices, host: str, tmp_path: Path
) -> None:
    (tmp_path / "temporary").mkdir()
    assert sign_in(runner, tokens, host, TMPDIR=str(tmp_path / "temporary")).status == 0
    assert [*(tmp_path / "temporary").iterdir()] == []


def test_a_changed_archive_is_not_used(runner: Repository, tokens: TokenServices) -> None:
    table = runner.folder / "falaj/pipelines/tools.csv"
    rows = table.read_text().splitlines()
    cells = rows[2].split(",")
    cells[3] = "0" * 64
    table.write_text("\n".join([*rows[:2], ",".join(cells), ""]))
    ran = sign_in(runner, tokens, "github")
    assert ran.status == 3
    assert "kubelogin: " in ran.output
    assert f"pinned is {'0' * 64}" in ran.output
    assert not [*(runner.runner / "cache").rglob("kubelogin-*")]


def test_an_archive_that_cannot_be_downloaded_is_named(runner: Repository, tokens: TokenServices) -> None:
    table = runner.folder / "falaj/pipelines/tools.csv"
    table.write_text(table.read_text().replace("kubelogin.zip", "missing.zip"))
    ran = sign_in(runner, tokens, "gitlab")
    assert ran.status == 3
    assert "missing.zip cannot be downloaded" in ran.output


def test_the_tested_kubelogin_is_the_pinned_one() -> None:
    rows = (STEPS / "tools.csv").read_text().splitlines()
    versions = dict(row.split(",")[:2] for row in rows[1:])
    assert f" v{versions['kubelogin']}\n" in tools.KUBELOGIN.module
    assert json.dumps(versions["aws"]).startswith('"2.')
