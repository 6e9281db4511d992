"""The service-linked role of EC2 Spot, on moto's IAM."""

import boto3
from moto import mock_aws

from falaj.preflight.aws import services
from falaj.preflight.aws.context import AwsContext
from falaj.preflight.rows import Verdict
from tests.unit.preflight.aws_answers import KEYS, changed, context, settings


def in_moto() -> AwsContext:
    """Returns a context whose IAM is moto's."""
    made = context({})
    return AwsContext(
        "prod-uae", made.settings, "awsuae", made.site, lambda service, region: boto3.client(service, region, **KEYS)
    )


@mock_aws
def test_an_account_that_never_used_spot_lacks_its_role() -> None:
    (row,) = services.spot_role(in_moto())
    command = "aws iam create-service-linked-role --aws-service-name spot.amazonaws.com"
    assert (row.verdict, row.commands) == (Verdict.COSTS, (command,))
    assert "AWSServiceRoleForEC2Spot" in row.needed
    assert "gpuspot" in row.needed
    iam = boto3.client("iam", "us-east-1", **KEYS)
    # moto names the service-linked role of Spot otherwise than IAM does.
    path = "/aws-service-role/spot.amazonaws.com/"
    iam.create_role(RoleName="AWSServiceRoleForEC2Spot", Path=path, AssumeRolePolicyDocument="{}")
    (row,) = services.spot_role(in_moto())
    assert (row.verdict, row.commands) == (Verdict.OK, ())


def test_a_site_without_spot_pools_needs_no_spot_role() -> None:
    site = settings().sites["awsuae"]
    pools = {name: pool for name, pool in site.pools.items() if "spot" not in pool.capacity.value}
    assert list(services.spot_role(context({}, changed("prod-uae", pools=pools)))) == []
