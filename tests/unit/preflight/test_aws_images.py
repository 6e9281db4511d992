"""Machine images of the pools, as EKS publishes them: with fixed answers, and on moto's SSM, which has none."""

import json
from typing import Any

import boto3
from moto import mock_aws

from falaj.components.core.site.aws_releases import AMI_ALIAS, ami_release
from falaj.components.core.validation.enums import NodeAutoscaler
from falaj.preflight.aws import cluster
from falaj.preflight.aws.context import AwsContext
from falaj.preflight.rows import Verdict
from tests.unit.preflight.aws_answers import KEYS, changed, context, settings

RELEASE = ami_release(AMI_ALIAS)


def test_the_machine_images_of_all_architectures() -> None:
    def published(request: Any) -> Any:
        names = json.loads(request["body"])["Names"]
        return {"Parameters": [{"Name": name, "Value": "ami-1"} for name in names if "/arm64/" in name]}

    rows = {row.subject: row.verdict for row in cluster.machine_image(context({"GetParameters": published}))}
    assert rows == {
        "machine image arm64 standard recommended": Verdict.OK,
        f"machine image arm64 standard {RELEASE}": Verdict.OK,
        f"machine image x86_64 nvidia {RELEASE}": Verdict.REFUSED,
    }


def test_karpenters_images_are_those_of_its_alias() -> None:
    asked: list[str] = []

    def published(request: Any) -> Any:
        asked.extend(json.loads(request["body"])["Names"])
        return {"Parameters": [{"Name": name, "Value": "ami-1"} for name in asked if "v20260903" not in name]}

    site = settings().sites["awsuae"]
    assert site.aws
    options = site.aws.model_copy(update={"ami_alias": "al2023@v20260903"})
    given = changed("prod-uae", kubernetes_version="1.35", aws=options)
    rows = list(cluster.machine_image(context({"GetParameters": published}, given)))
    images = "/aws/service/eks/optimized-ami/1.35/amazon-linux-2023"
    assert asked == [
        f"{images}/arm64/standard/recommended/image_id",
        f"{images}/arm64/standard/amazon-eks-node-al2023-arm64-standard-1.35-v20260903/image_id",
        f"{images}/x86_64/nvidia/amazon-eks-node-al2023-x86_64-nvidia-1.35-v20260903/image_id",
    ]
    assert {(row.verdict, row.setting) for row in rows} == {
        (Verdict.OK, ""),
        (Verdict.REFUSED, "sites.awsuae.aws.ami_alias"),
    }


def test_cluster_autoscaler_uses_recommended_images_only() -> None:
    given = changed("prod-uae", node_autoscaler=NodeAutoscaler.CLUSTER_AUTOSCALER)
    rows = cluster.machine_image(context({"GetParameters": {"Parameters": []}}, given))
    assert all(row.subject.endswith(" recommended") for row in rows)


@mock_aws
def test_a_region_without_images_of_eks() -> None:
    made = context({})
    asked = AwsContext("prod-uae", made.settings, "awsuae", made.site, on_moto)
    assert {row.verdict for row in cluster.machine_image(asked)} == {Verdict.REFUSED}


def on_moto(service: str, region: str) -> Any:
    """Returns a client of moto, whose SSM has none of EKS's parameters."""
    return boto3.client(service, region_name=region, **KEYS)  # type: ignore[call-overload]
