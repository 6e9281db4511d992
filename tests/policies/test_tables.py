"""What predicates look up in tables is called in the SDKs as it is called there: a misspelt name judges nothing."""

import pytest
from guardrails.cost.machines import MACHINE_PATHS
from guardrails.cost.single_machines import CAPACITY_PATHS
from guardrails.exposure.containers import CONTAINERS
from guardrails.exposure.plaintext_settings import SCRIPTS, SETTINGS
from guardrails.readers.resource_policies import DOCUMENTS
from guardrails.residency.copies import COPIES, EXPORTS, LOGS
from guardrails.residency.destinations import ADDRESSES
from guardrails.residency.services import SHARES

from .exposure_cases import refused
from .sdk_paths import has_path

IN_TEXT = {token: tuple(path.split(".")[0] for path in paths) for token, paths in CONTAINERS.items()}
TABLES = (
    ADDRESSES,
    COPIES,
    LOGS,
    EXPORTS,
    SHARES,
    DOCUMENTS,
    MACHINE_PATHS,
    CAPACITY_PATHS,
    SETTINGS,
    IN_TEXT,
    SCRIPTS,
)
NAMED = sorted(
    (token, path)
    for table in TABLES
    for token, found in table.items()
    for path in ((found,) if isinstance(found, str) else found)
)


@pytest.mark.parametrize(("token", "path"), NAMED)
def test_tables_name_properties_that_the_sdk_has(token: str, path: str) -> None:
    assert has_path(token, path)


@pytest.mark.parametrize("token", sorted(DOCUMENTS))
def test_every_policy_on_a_resource_is_read(token: str) -> None:
    everybody = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}
    assert "FJ-EXP-112" in refused(token, {DOCUMENTS[token]: everybody})
