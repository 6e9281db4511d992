"""Quotas of AWS that the emulated cloud holds."""

import pytest

from falaj.sandbox.clouds.values import Json
from tests.unit.clouds.aws_site import BUCKET, Site
from tests.unit.clouds.driver import CreatedResource, Driver, refused

LUSTRE = "aws:fsx/lustreFileSystem:LustreFileSystem"
LINK = "aws:fsx/dataRepositoryAssociation:DataRepositoryAssociation"
SIZE: dict[str, Json] = {"deploymentType": "PERSISTENT_2", "storageCapacity": 1200, "perUnitStorageThroughput": 125}


@pytest.fixture
def site(aws: Driver) -> Site:
    """A VPC with two subnets in two zones."""
    return Site(aws)


def test_a_file_system_has_at_most_eight_associations(site: Site) -> None:
    """Amazon FSx for Lustre, quotas: 8 data repository associations a file system."""
    system = site.aws.create(LUSTRE, "scratch", subnetIds=site.subnets[0].id, **SIZE)
    site.aws.create(BUCKET, "eight-folders", bucket="eight-folders")

    def link(number: int) -> CreatedResource:
        address = f"s3://eight-folders/{number}"
        inputs: dict[str, Json] = {"fileSystemPath": f"/{number}", "dataRepositoryPath": address}
        return site.aws.create(LINK, f"link-{number}", fileSystemId=system.id, **inputs)

    links = [link(number) for number in range(8)]
    assert "ServiceLimitExceeded" in refused(lambda: link(8))
    site.aws.delete(links[0])
    link(8)
