"""Types of resources in the code are spelled as the SDKs spell them: under another spelling no resource is found."""

import re
from pathlib import Path

from falaj.sandbox.clouds.sdk_schema import sdk

ROOT = Path(__file__).parents[2]
FOLDERS = ("falaj/facts", "falaj/finops", "falaj/preflight", "falaj/reconcile", "falaj/rights", "falaj/simulation",
           "components", "policy_pack/guardrails")  # fmt: skip
PACKAGES = {"aws": "pulumi_aws", "azure-native": "pulumi_azure_native"}
TOKEN = re.compile(r"""["'](?P<before>\w*?)(?P<token>aws:\w+/\w+:\w+|azure-native:\w+:\w+)["']""", re.IGNORECASE)
FORMER = {
    "azure-native:cache:Database",
    "azure-native:documentdb:MongoCluster",
    "azure-native:dbforpostgresql:Cluster",
    "azure-native:dbforpostgresql:ServerGroup",
    "azure-native:kusto:Database",
}
"""Types of older SDKs, which plans still name."""


def _is_known(token: str) -> bool:
    package = PACKAGES.get(token.partition(":")[0])
    return package is not None and (token in sdk(package).tokens or token in FORMER)


def test_types_are_those_of_the_sdks() -> None:
    files = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    found = [(path, match) for path in files for match in TOKEN.finditer(path.read_text(encoding="utf-8"))]
    unknown = {
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path, match in found
        if match["before"] or not _is_known(match["token"])
    }
    assert unknown == set()
    assert len(found) > 300
