"""The properties in the tables of predicates exist in the SDKs: a misspelled name would never be evaluated."""

import pytest
from guardrails.cost.machines import MACHINE_PATHS
from guardrails.cost.single_machines import CAPACITY_PATHS
from guardrails.exposure.plaintext_addresses import REPOSITORIES
from guardrails.exposure.plaintext_settings import SCRIPTS, SETTINGS
from guardrails.identity.aws_accounts import GRANTS
from guardrails.readers.resource_policies import DOCUMENTS
from guardrails.readers.task_containers import CONTAINERS
from guardrails.residency.buckets import TARGETS
from guardrails.residency.copies import COPIES, LOGS
from guardrails.residency.movers_aws import AWS_MOVERS
from guardrails.residency.movers_azure import AZURE_MOVERS
from guardrails.residency.services import SHARES
from guardrails.unverifiable.code_sources import BUCKET_PATHS, REPOSITORY_PATHS

from tests.every_case import check_every

from .exposure_cases import refused
from .sdk_paths import has_path

CONTAINER_JSON = {token: tuple(path.split(".")[0] for path in paths) for token, paths in CONTAINERS.items()}
MOVERS: dict[str, tuple[str, ...]] = {}
for mover in (*AWS_MOVERS, *AZURE_MOVERS):
    for token in mover.tokens:
        MOVERS[token] = (*MOVERS.get(token, ()), mover.path.partition(".**")[0].removesuffix("[*]"))
TABLES = (
    MOVERS,
    COPIES,
    LOGS,
    TARGETS,
    SHARES,
    DOCUMENTS,
    GRANTS,
    MACHINE_PATHS,
    CAPACITY_PATHS,
    SETTINGS,
    CONTAINER_JSON,
    SCRIPTS,
    REPOSITORIES,
    BUCKET_PATHS,
    REPOSITORY_PATHS,
)
ENTRIES = sorted(
    (token, path)
    for table in TABLES
    for token, paths in table.items()
    for path in ((paths,) if isinstance(paths, str) else paths)
)


def check_path(entry: tuple[str, str]) -> None:
    assert has_path(*entry)


def test_tables_name_properties_of_the_sdk() -> None:
    check_every(ENTRIES, check_path)


@pytest.mark.parametrize("token", sorted(DOCUMENTS))
def test_every_resource_policy_is_evaluated(token: str) -> None:
    public = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}
    assert "FJ-EXP-112" in refused(token, {DOCUMENTS[token]: public})
