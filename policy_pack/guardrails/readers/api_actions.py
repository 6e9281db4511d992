"""Names of actions of AWS, by the services of its SDK and of API Gateway, and which of them decide.

`data/decisive_actions.csv` has those that make one administrator, give sign-in, lead data elsewhere or end what is
recorded. The SDK for Step Functions and the scheduler writes services without hyphens (AWS Step Functions Developer
Guide, "Supported AWS SDK service integrations"; identifiers by botocore 1.44.8, read 2026-11-30).
"""

import csv
from collections.abc import Mapping
from functools import cache

from ..engine.data_folder import DATA

_PREFIXES = {
    "acmpca": "acm-pca", "cloudwatchlogs": "logs", "cognitoidentity": "cognito-identity",
    "cognitoidentityprovider": "cognito-idp", "configservice": "config", "databasemigration": "dms",
    "directoryservice": "ds", "ec2instanceconnect": "ec2-instance-connect", "efs": "elasticfilesystem",
    "elasticloadbalancingv2": "elasticloadbalancing", "elasticsearch": "es", "emr": "elasticmapreduce",
    "eventbridge": "events", "opensearch": "es", "redshiftserverless": "redshift-serverless", "sfn": "states",
    "ssoadmin": "sso", "vpclattice": "vpc-lattice", "workspacesweb": "workspaces-web",
}  # fmt: skip
"""Service of the SDK, in lower case -> prefix of its actions in policies, where they differ."""


@cache
def _kinds() -> Mapping[str, str]:
    with (DATA / "decisive_actions.csv").open(encoding="utf-8", newline="") as file:
        return {row["action"].lower(): row["kind"] for row in csv.DictReader(file)}


def kind_of_action(service: str, action: str) -> str:
    """Returns the kind of a decisive action (`rights` or `change`); empty if it is none that the table has."""
    name = service.strip().lower()
    return _kinds().get(f"{_PREFIXES.get(name, name)}:{action.strip().lower()}", "")
