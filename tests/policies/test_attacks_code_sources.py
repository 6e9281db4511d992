"""Programs from buckets and repositories: those of the stack and listed ones only.

The properties are those of pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0; the owner of a bucket replaces the objects
in it (Amazon S3 User Guide, "Bucket owner").
"""

import json
from typing import Any

import pytest
from guardrails.engine.enforcement import Enforcement

from .harness import UNKNOWN, Given, Pack, blocking

SETTINGS = {
    "default": {"all": "mandatory"},
    "escape": {"code_sources": {"artifacts": "the platform team", "https://github.com/example": "the bank itself"}},
}
PACK = Pack(Enforcement.model_validate(SETTINGS))
OWN = Given("aws:s3/bucket:Bucket", {"bucket": "own"}, "own")
STRANGER = "artifacts-of-somebody"


def is_refused(token: str, props: dict[str, Any]) -> bool:
    return "FJ-ESC-111" in blocking(PACK.evaluate_stack(OWN, Given(token, props)))


BUCKETS: tuple[tuple[str, Any], ...] = (
    ("aws:lambda/function:Function", lambda name: {"s3Bucket": name}),
    ("aws:emr/cluster:Cluster", lambda name: {"bootstrapActions": [{"name": "b", "path": f"s3://{name}/setup.sh"}]}),
    ("aws:emr/cluster:Cluster", lambda name: {"steps": [{"hadoopJarStep": {
        "jar": "command-runner.jar", "args": ["spark-submit", f"s3a://{name}/job.py"]}}]}),
    ("aws:glue/job:Job", lambda name: {"command": {"scriptLocation": f"s3://{name}/job.py"}}),
    ("aws:glue/job:Job", lambda name: {"command": {}, "defaultArguments": {"--extra-py-files": f"s3://{name}/a.zip"}}),
    ("aws:kinesisanalyticsv2/application:Application", lambda name: {"applicationConfiguration": {
        "applicationCodeConfiguration": {"codeContent": {"s3ContentLocation": {"bucketArn": f"arn:aws:s3:::{name}"}}}
    }}),
    ("aws:mwaa/environment:Environment", lambda name: {"sourceBucketArn": f"arn:aws:s3:::{name}"}),
    ("aws:sagemaker/pipeline:Pipeline", lambda name: {"pipelineDefinition":
        f'{{"Steps": [{{"Arguments": {{"ModelDataUrl": "s3://{name}/"}}}}]}}'}),
)  # fmt: skip


@pytest.mark.parametrize(("token", "props"), BUCKETS)
def test_buckets_of_programs_are_ones_own(token: str, props: Any) -> None:
    assert is_refused(token, props(STRANGER))
    assert not is_refused(token, props("own"))
    assert not is_refused(token, props("artifacts"))
    assert not is_refused(token, {})


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://github.com/example/app.git", False),
        ("https://github.com/Example/app", False),
        ("https://github.com/example-of-somebody/app", True),
        ("https://github.com/stranger/app", True),
        (UNKNOWN, False),
    ],
)
def test_repositories_are_listed(address: Any, expected: bool) -> None:
    assert is_refused("azure-native:web:WebAppSourceControl", {"name": "app", "repoUrl": address}) is expected


def test_programs_of_the_service_itself_need_no_bucket() -> None:
    steps = [{"hadoopJarStep": {"jar": "command-runner.jar", "args": ["state-pusher-script"]}}]
    assert not is_refused("aws:emr/cluster:Cluster", {"steps": steps})
    assert not is_refused("aws:lambda/function:Function", {"s3Bucket": UNKNOWN})


def test_data_of_a_training_is_none_of_its_programs_but_needs_a_known_place() -> None:
    def step(**arguments: object) -> Given:
        text = json.dumps({"Steps": [{"Name": "Train", "Type": "Training", "Arguments": arguments}]})
        return Given("aws:sagemaker/pipeline:Pipeline", {"pipelineDefinition": text})

    place = f"s3://{STRANGER}/x"
    data = ({"InputDataConfig": [{"DataSource": {"S3DataSource": {"S3Uri": place}}}]},
            {"OutputDataConfig": {"S3OutputPath": place}})  # fmt: skip
    for arguments in data:
        found = blocking(PACK.evaluate_stack(OWN, step(**arguments))) | blocking(
            PACK.evaluate_resource(step(**arguments))
        )
        assert "FJ-ESC-111" not in found
        assert "FJ-RES-003" in found
    for arguments in ({"HyperParameters": {"sagemaker_submit_directory": place}},
                      {"ProcessingInputs": [{"InputName": "code", "S3Input": {"S3Uri": place}}]}):  # fmt: skip
        assert "FJ-ESC-111" in blocking(PACK.evaluate_stack(OWN, step(**arguments)))
