"""docs/questions.md names every part of the package that opens a connection, and every folder outside the project."""

import re

from falaj.sandbox.environment import _HIDDEN_PREFIXES
from tests.project.pages import ROOT, text_of

PAGE = text_of("docs/questions.md")
CLIENTS = ("urllib.request", "urllib3", "http.client", "requests", "httpx", "aiohttp", "boto3", "socket", "smtplib")
CLIENT = re.compile(rf"^\s*(?:import|from) (?:{'|'.join(map(re.escape, CLIENTS))})\b", re.MULTILINE)
CONNECTIONS = {
    "components/kubernetes/queues/api_server.py": "Controllers",
    "components/kubernetes/queues/month_spend.py": "Prometheus",
    "falaj/facts/loopback.py": "127.0.0.1 alone",
    "falaj/finops/prices/aws_source.py": "falaj prices refresh",
    "falaj/finops/prices/azure_source.py": "falaj prices refresh",
    "falaj/pipelines/publish/gitlab.py": "write comments",
    "falaj/pipelines/tools.py": "falaj.pipelines.tools",
    "falaj/preflight/aws/context.py": "falaj preflight",
    "falaj/preflight/azure/context.py": "falaj preflight",
    "falaj/preflight/reach.py": "falaj preflight",
    "falaj/sandbox/lab/api.py": "laboratory",
    "falaj/sandbox/lab/ports.py": "laboratory",
    "falaj/sandbox/lab/service_proxy.py": "laboratory",
    "falaj/sandbox/lab/supervisor.py": "laboratory",
    "falaj/sandbox/official_release.py": "engine's release",
}
"""File that imports a client of a network -> the words of the page that stand for it."""


def test_every_connection_is_on_the_page() -> None:
    files = [
        file
        for folder in ("components", "falaj", "policy_pack")
        for file in (ROOT / folder).rglob("*.py")
        if "falaj/components" not in file.as_posix() and "falaj/policy_pack" not in file.as_posix()
    ]
    found = {file.relative_to(ROOT).as_posix() for file in files if CLIENT.search(file.read_text(encoding="utf-8"))}
    assert found == CONNECTIONS.keys()
    assert [words for words in CONNECTIONS.values() if words not in PAGE] == []


def test_the_hidden_variables_are_on_the_page() -> None:
    *first, last = _HIDDEN_PREFIXES
    assert f"{', '.join(f'`{name}`' for name in first)} or `{last}`" in " ".join(PAGE.split())
