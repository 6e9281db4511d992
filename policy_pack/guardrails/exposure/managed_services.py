"""Network exposure of managed services that run code: agents, training jobs, virtual desktops, pools and clusters.

Property names checked against pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0 on 2026-11-25 (a test repeats it).
"""

from ..engine.conditions import FALSE, NOT_TRUE, SET, none_of, one_of
from ..engine.families import exposure_rule
from ..engine.rows import Check, Guardrail, Severity, aws, azure
from ..engine.verdicts import Verdict

_AGENTS = aws("bedrock/AgentcoreAgentRuntime", "bedrock/AgentcoreBrowser", "bedrock/AgentcoreCodeInterpreter")
_BATCH_PODS = "eksProperties?.podProperties?"
_TRAINING_JOBS = ("trainingJobDefinition?", "trainingJobDefinitions[*]")

AWS_ROWS = (
    # Model-generated code and web pages are untrusted. In the mode SANDBOX they reach S3 only.
    Check(_AGENTS, "networkConfiguration.networkMode", one_of("VPC", "SANDBOX")),
    Check(aws("bedrock/AgentcoreGateway"), "authorizerType", one_of("CUSTOM_JWT", "AWS_IAM")),
    Check(aws("sagemaker/TrainingJob"), "vpcConfig.subnets", SET),
    *(Check(aws("sagemaker/HyperParameterTuningJob"), f"{job}.vpcConfig.subnets", SET) for job in _TRAINING_JOBS),
    Check(aws("opensearchingest/Pipeline"), "vpcOptions.subnetIds", SET),
    Check(aws("pipes/Pipe"),
          "targetParameters?.ecsTaskParameters?.networkConfiguration?.awsVpcConfiguration?.assignPublicIp",
          none_of("ENABLED")),
)  # fmt: skip

_APPSTREAM = aws("appstream/Fleet", "appstream/ImageBuilder")

ACCESS_ROWS = (
    Check(aws("ec2/ImageBlockPublicAccess"), "state", one_of("block-new-sharing")),
    Check(aws("ebs/SnapshotBlockPublicAccess"), "state", one_of("block-all-sharing", "block-new-sharing")),
    Check(_APPSTREAM, "enableDefaultInternetAccess", NOT_TRUE),
    Check(aws("workspaces/Directory"), "workspaceCreationProperties?.enableInternetAccess", NOT_TRUE),
    Check(aws("workspaces/Directory"), "workspaceCreationProperties?.userEnabledAsLocalAdministrator", NOT_TRUE),
    Check(aws("cloud9/EnvironmentEC2"), "connectionType", one_of("CONNECT_SSM")),
    Check(aws("ec2/SerialConsoleAccess"), "enabled", FALSE),
    Check(aws("codebuild/Project"), "projectVisibility", none_of("PUBLIC_READ")),
)

CONTAINER_ROWS = (
    *(Check(aws("batch/JobDefinition"), f"{_BATCH_PODS}.{kind}[*].securityContext?.privileged", NOT_TRUE)
      for kind in ("containers", "initContainers")),
    # Batch on EKS uses the host network by default.
    Check(aws("batch/JobDefinition"), f"{_BATCH_PODS}.hostNetwork", FALSE),
    Check(aws("ec2/InstanceMetadataDefaults"), "httpTokens", one_of("required")),
    Check(aws("imagebuilder/InfrastructureConfiguration"), "instanceMetadataOptions.httpTokens", one_of("required")),
)  # fmt: skip

_NODES = azure("servicefabric:NodeType")
_COSMOS_POSTGRES = azure("dbforpostgresql:ServerGroupCluster")

AZURE_ROWS = (
    Check(azure("redhatopenshift:OpenShiftCluster"), "apiserverProfile.visibility", one_of("Private")),
    Check(azure("redhatopenshift:OpenShiftCluster"), "ingressProfiles[*].visibility", one_of("Private")),
    Check(azure("batch:Pool"), "networkConfiguration.publicIPAddressConfiguration.provision",
          one_of("NoPublicIPAddresses")),
    Check(_NODES, "enableNodePublicIP", NOT_TRUE),
    Check(_NODES, "enableNodePublicIPv6", NOT_TRUE),
    Check(_COSMOS_POSTGRES, "coordinatorEnablePublicIpAccess", FALSE),
    Check(_COSMOS_POSTGRES, "nodeEnablePublicIpAccess", NOT_TRUE),
    Check(azure("web:WebApp", "web:WebAppSlot"), "siteConfig?.publicNetworkAccess", none_of("Enabled")),
    Check(azure("purview:Account"), "ingestionStorage?.publicNetworkAccess", one_of("Disabled", missing=Verdict.PASS)),
)  # fmt: skip


MANAGED_EXPOSURE: tuple[Guardrail, ...] = (
    exposure_rule(118, Severity.HIGH,
                  "Agents, training jobs and pipelines on AWS run in the VPC and authenticate their callers",
                  "third-party or model-generated code can send what it reads to any address that it reaches",
                  "Set network_mode to VPC, set the subnets in vpc_config or vpc_options, and set an authorizer",
                  checks=AWS_ROWS),
    exposure_rule(119, Severity.CRITICAL,
                  "Batch jobs and ECS daemons have no access to their host, and hosts require IMDSv2",
                  "an attacker who breaks out of such a container controls the host and everything on it",
                  "Remove privileged, set host_network to false and http_tokens to required",
                  checks=CONTAINER_ROWS),
    exposure_rule(121, Severity.HIGH,
                  "Virtual desktops, builds, images and snapshots on AWS are not shared or reachable publicly",
                  "access that one person opens for an hour stays open",
                  "Set the property in the message: block public sharing, use Systems Manager to connect, and disable "
                  "internet access",
                  checks=ACCESS_ROWS),
    exposure_rule(205, Severity.CRITICAL,
                  "Managed clusters, pools and databases on Azure are reachable from private networks only",
                  "a public address is found and probed within minutes",
                  "Set visibility to Private, provision to NoPublicIPAddresses, or disable public access, as the "
                  "message says",
                  checks=AZURE_ROWS),
)  # fmt: skip
