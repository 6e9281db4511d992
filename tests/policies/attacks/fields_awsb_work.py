"""Attacks on AI, analytics and pipelines of AWS by properties of reviewed types that no rule read (2026-11-29).

Properties by pulumi-aws 7.51.1; what a setting does by the vendor's document that is named, as known, and by the
service models of botocore 1.44.8.
"""

import base64
import json

from ..blind import KEY, ME, TAGS, aws
from . import Attack
from .tenth_aws import R, _ours

ROLE = f"arn:aws:iam::{ME}:role/worker"
SWITCH, SOURCE, PROGRAM, TLS, COST = ("FJ-ESC-115",), ("FJ-ESC-111",), ("FJ-IDN-313",), ("FJ-ENC-425",), ("FJ-COST-",)
STUDIO = {"domainName": "studio", "authMode": "IAM", "vpcId": "vpc-1", "subnetIds": ["subnet-1"], "kmsKeyId": KEY,
          "appNetworkAccessType": "VpcOnly", "tags": TAGS}  # fmt: skip
USER = {"executionRole": ROLE, "securityGroups": ["sg-1"]}
LOOP = {"humanTaskUiArn": _ours("sagemaker", "human-task-ui/case"), "taskCount": 1, "taskTitle": "case",
        "taskDescription": "case"}  # fmt: skip
API_KEY = _ours("bedrock-agentcore", "token-vault/default/apikeycredentialprovider/models")
CLUSTER = {"name": "jobs", "releaseLabel": "emr-7.2.0", "serviceRole": ROLE, "securityConfiguration": "own",
           "ec2Attributes": {"instanceProfile": "worker", "subnetId": "subnet-1"}, "tags": TAGS,
           "masterInstanceGroup": {"instanceType": "m7g.xlarge"},
           "autoTerminationPolicy": {"idleTimeout": 3600}}  # fmt: skip
AIRFLOW = {"name": "flows", "dagS3Path": "dags", "executionRoleArn": ROLE, "sourceBucketArn": "arn:aws:s3:::flows",
           "kmsKey": KEY, "webserverAccessMode": "PRIVATE_ONLY", "tags": TAGS,
           "networkConfiguration": {"securityGroupIds": ["sg-1"], "subnetIds": ["subnet-1"]}}  # fmt: skip


def _studio(name: str, user: object, harm: str, rules: tuple[str, ...] = SWITCH, **more: object) -> Attack:
    """Returns a domain of SageMaker Studio with further settings of its users."""
    settings = {**USER, **user} if isinstance(user, dict) else USER
    return Attack(name, rules, (aws("sagemaker/Domain", {
        **STUDIO, "defaultUserSettings": settings, **more}),), "major", harm)  # fmt: skip


def _agent(name: str, harm: str, rules: tuple[str, ...] = SWITCH, **more: object) -> Attack:
    """Returns a harness of an agent."""
    kept = {"harnessName": "helper", "executionRoleArn": ROLE, "systemPrompts": [{"text": "help"}], "tags": TAGS,
            "model": {"bedrockModelConfig": {"modelId": "anthropic.claude-3-haiku-20240307-v1:0"}}}  # fmt: skip
    return Attack(name, rules, (aws("bedrock/AgentcoreHarness", {**kept, **more}),), "critical", harm)


def _airflow(name: str, setting: str, value: str, harm: str) -> Attack:
    """Returns a managed Airflow with an option."""
    return Attack(name, PROGRAM, (aws("mwaa/Environment", {
        **AIRFLOW, "airflowConfigurationOptions": {setting: value}}),), "critical", harm)  # fmt: skip


def _hadoop(name: str, part: str, setting: str, value: str, harm: str) -> Attack:
    """Returns a cluster of EMR with a setting of one of its programs."""
    configurations = [{"Classification": part, "Properties": {setting: value}}]
    return Attack(name, (*PROGRAM, *TLS), (aws("emr/Cluster", {
        **CLUSTER, "configurationsJson": json.dumps(configurations)}),), "critical", harm)  # fmt: skip


ATTACKS = (
    _studio("notebooks of everybody begin with a stranger's programs", {"jupyterLabAppSettings": {
        "codeRepositories": [{"repositoryUrl": "https://github.com/stranger/miner"}]}},
        "Amazon SageMaker, CodeRepository", SOURCE),
    _studio("every user of Studio has the files of all", {"customFileSystemConfigs": [{
        "efsFileSystemConfig": {"fileSystemId": "fs-1", "fileSystemPath": "/"}}]},
        "Amazon SageMaker, EFSFileSystemConfig, FileSystemPath"),
    _studio("machines of Studio that nobody uses go on", {"jupyterLabAppSettings": {"appLifecycleManagement": {
        "idleSettings": {"lifecycleManagement": "DISABLED"}}}}, "Amazon SageMaker, IdleSettings"),
    _studio("machines of Studio stop after a year", {"jupyterLabAppSettings": {"appLifecycleManagement": {
        "idleSettings": {"lifecycleManagement": "ENABLED", "idleTimeoutInMinutes": 525600}}}},
        "Amazon SageMaker, IdleSettings"),
    _studio("records do not say which user of Studio acted", None, "Amazon SageMaker, ExecutionRoleIdentityConfig",
            domainSettings={"executionRoleIdentityConfig": "DISABLED"}),
    Attack("people of another company look at cases", SWITCH, (aws("sagemaker/FlowDefinition", {
        "flowDefinitionName": "cases", "roleArn": ROLE, "tags": TAGS, "humanLoopConfig": {
            **LOOP, "workteamArn": _ours("sagemaker", "workteam/vendor-crowd/acme")},
        "outputConfig": {"s3OutputPath": f"s3://own-{R}/x", "kmsKeyId": KEY}}),),
        "critical", "Amazon SageMaker, 'Subscribe to vendor workforces'"),
    _agent("prompts of an agent go to OpenAI", "Amazon Bedrock AgentCore, HarnessOpenAiModelConfig",
           model={"openaiModelConfig": {"modelId": "gpt-5", "apiKeyArn": API_KEY}}),
    _agent("prompts of an agent go to Google", "Amazon Bedrock AgentCore, HarnessGeminiModelConfig",
           model={"geminiModelConfig": {"modelId": "gemini-3", "apiKeyArn": API_KEY}}),
    _agent("prompts of an agent go wherever LiteLLM sends them", "Amazon Bedrock AgentCore, HarnessLiteLlmModelConfig",
           model={"litellmModelConfig": {"modelId": "openai/gpt-5", "apiKeyArn": API_KEY}}),
    _agent("an agent has skills of a stranger", "Amazon Bedrock AgentCore, HarnessSkillGitSource", SOURCE,
           skills=[{"git": {"url": "https://github.com/stranger/skills"}}]),
    Attack("a caller says himself whose documents he may find", SWITCH, (aws("kendra/Index", {
        "name": "docs", "roleArn": ROLE, "serverSideEncryptionConfiguration": {"kmsKeyId": KEY}, "tags": TAGS,
        "userContextPolicy": "USER_TOKEN", "userTokenConfigurations": {"jsonTokenTypeConfiguration": {
            "groupAttributeField": "groups", "userNameAttributeField": "user"}}}),),
        "major", "Amazon Kendra, 'Controlling access to documents', JSON"),
    _airflow("every caller of Airflow runs its workflows", "api.auth_backends", "airflow.api.auth.backend.default",
             "Apache Airflow, [api] auth_backends"),
    _airflow("Airflow shows its settings with their passwords", "webserver.expose_config", "True",
             "Apache Airflow, [webserver] expose_config"),
    _airflow("a result of a task runs programs in Airflow", "core.allowed_deserialization_classes", ".*",
             "Apache Airflow, [core] allowed_deserialization_classes"),
    _airflow("Airflow shows the passwords of connections", "core.hide_sensitive_var_conn_fields", "False",
             "Apache Airflow, [core] hide_sensitive_var_conn_fields"),
    _hadoop("nobody signs in to the cluster's Hive", "hive-site", "hive.server2.authentication", "NONE",
            "Apache Hive, 'Setting Up HiveServer2'"),
    Attack("machines of a cluster have Log4Shell", SWITCH, (aws("emr/Cluster", {
        **CLUSTER, "releaseLabel": "emr-5.10.0"}),),
        "critical", "Amazon EMR, 'Approach to mitigate CVE-2021-44228'"),
    Attack("messages of Kafka cross the network in clear by a rule of devices", TLS, (aws("iot/TopicRule", {
        "name": "meters", "enabled": True, "sql": "SELECT * FROM 'meters'", "sqlVersion": "2016-03-23", "tags": TAGS,
        "kafkas": [{"destinationArn": _ours("iot", "ruledestination/vpc/x"), "topic": "meters", "clientProperties": {
            "bootstrap.servers": "10.0.0.4:9092", "security.protocol": "PLAINTEXT"}}]}),),
        "major", "AWS IoT, 'Apache Kafka', client properties"),
    Attack("connectors take any broker for their own", PROGRAM, (aws("mskconnect/WorkerConfiguration", {
        "name": "own", "tags": TAGS, "propertiesFileContent":
            "key.converter=org.apache.kafka.connect.storage.StringConverter\n"
            "ssl.endpoint.identification.algorithm=\n"}),), "major", "Apache Kafka, 'Security', host names"),
    Attack("metrics are taken from any server", TLS, (aws("amp/Scraper", {
        "alias": "own", "tags": TAGS, "destination": {"amp": {"workspaceArn": _ours("aps", "workspace/ws-1")}},
        "source": {"eks": {"clusterArn": _ours("eks", "cluster/own"), "subnetIds": ["subnet-1"]}},
        "scrapeConfiguration": base64.b64encode(
            b"scrape_configs:\n- job_name: x\n  scheme: https\n  tls_config:\n    insecure_skip_verify: true\n"
        ).decode()}),), "minor", "Prometheus, 'Configuration', tls_config"),
    Attack("a stream is taken from whoever has some certificate", SWITCH, (aws("medialive/Channel", {
        "name": "own", "channelClass": "SINGLE_PIPELINE", "tags": TAGS, "destinations": [{"id": "own"}],
        "inputSpecification": {"codec": "AVC", "inputResolution": "HD", "maximumBitrate": "MAX_10_MBPS"},
        "encoderSettings": {"outputGroups": [], "timecodeConfig": {"source": "EMBEDDED"}}, "inputAttachments": [{
            "inputAttachmentName": "own", "inputId": "1", "inputSettings": {
                "networkInputSettings": {"serverValidation": "CHECK_CRYPTOGRAPHY_ONLY"}}}]}),),
        "minor", "AWS Elemental MediaLive, NetworkInputSettings"),
    Attack("what a pipeline deploys is everybody's to read", SWITCH, (aws("codepipeline/Pipeline", {
        "roleArn": ROLE, "tags": TAGS, "artifactStores": [{
            "type": "S3", "location": "own-artifacts", "encryptionKey": {"id": KEY, "type": "KMS"}}],
        "stages": [{"name": "deploy", "actions": [{
            "name": "site", "category": "Deploy", "owner": "AWS", "provider": "S3", "version": "1", "configuration": {
                "BucketName": "own-site", "Extract": "true", "CannedACL": "public-read"}}]}]}),),
        "critical", "AWS CodePipeline, 'Amazon S3 deploy action', CannedACL"),
    Attack("a pipe starts a thousand containers for a message", COST, (aws("pipes/Pipe", {
        "source": _ours("sqs", "in"), "target": _ours("ecs", "cluster/own"), "roleArn": ROLE, "tags": TAGS,
        "kmsKeyIdentifier": KEY, "targetParameters": {"ecsTaskParameters": {
            "taskDefinitionArn": _ours("ecs", "task-definition/own:1"), "taskCount": 1000}}}),),
        "major", "Amazon EventBridge Pipes, PipeTargetEcsTaskParameters"),
    Attack("a job that looks for drift has a hundred machines", COST, (aws("sagemaker/DataQualityJobDefinition", {
        "name": "drift", "roleArn": ROLE, "tags": TAGS, "dataQualityAppSpecification": {
            "imageUri": f"{ME}.dkr.ecr.{R}.amazonaws.com/drift@sha256:{'a' * 64}"},
        "dataQualityJobInput": {"endpointInput": {"endpointName": "own"}},
        "dataQualityJobOutputConfig": {"kmsKeyId": KEY, "monitoringOutputs": {"s3Output": {"s3Uri": "s3://own/x"}}},
        "jobResources": {"clusterConfig": {"instanceCount": 100, "instanceType": "ml.m5.large", "volumeSizeInGb": 20,
                                           "volumeKmsKeyId": KEY}}}),),
        "major", "Amazon SageMaker, MonitoringClusterConfig"),
    Attack("a workflow runs a hundred times at once", COST, (aws("glue/Workflow", {
        "name": "own", "maxConcurrentRuns": 100, "tags": TAGS}),), "minor", "AWS Glue, CreateWorkflow"),
    Attack("a job that hangs goes on for a week", SWITCH, (aws("glue/Job", {
        "name": "own", "roleArn": ROLE, "command": {"scriptLocation": "s3://own/x.py"}, "glueVersion": "5.0",
        "securityConfiguration": "own", "numberOfWorkers": 2, "workerType": "G.1X", "timeout": 10080, "tags": TAGS}),),
        "minor", "AWS Glue, Job, Timeout"),
    Attack("workers without work wait for a week", SWITCH, (aws("emrserverless/Application", {
        "name": "own", "releaseLabel": "emr-7.2.0", "type": "spark", "tags": TAGS,
        "maximumCapacity": {"cpu": "100 vCPU", "memory": "400 GB"}, "autoStopConfiguration": {
            "enabled": True, "idleTimeoutMinutes": 10080}}),), "minor", "Amazon EMR Serverless, AutoStopConfig"),
)  # fmt: skip
