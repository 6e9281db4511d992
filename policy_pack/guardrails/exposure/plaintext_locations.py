"""Paths of environment variables and scripts in less common services.

Property names checked against pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0 on 2026-11-25 (a test repeats it). Not
checked: properties whose purpose is to contain a secret, such as passwords and `secureValue`, because a plan does not
show where the program obtained them; and variables of sidecars, which refer to settings of their app.
"""

from ..engine.rows import aws, azure

_ML_JOB_PATHS = ("environmentVariables", "trial?.environmentVariables")

FURTHER_SETTINGS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(aws("amplify/App"), ("environmentVariables", "autoBranchCreationConfig?.environmentVariables")),
    **dict.fromkeys(aws("apigateway/Stage"), ("variables",)),
    **dict.fromkeys(aws("apigatewayv2/Stage"), ("stageVariables",)),
    # A connection may name a secret of Secrets Manager by SECRET_ID instead (awsdocs/
    # aws-glue-developer-guide c4620ef doc_source/aws-glue-api-catalog-connections.md, read 2026-12-01).
    **dict.fromkeys(aws("glue/Connection"), ("connectionProperties",)),
    **dict.fromkeys(
        aws("bedrock/AgentcoreAgentRuntime", "bedrock/AgentcoreHarness", "lambda/MicrovmsImage"),
        ("environmentVariables",)),
    **dict.fromkeys(aws("batch/JobDefinition"), (
        "eksProperties?.podProperties?.containers[*].envs", "eksProperties?.podProperties?.initContainers[*].envs",
    )),
    **dict.fromkeys(aws("ecs/DaemonTaskDefinition"), ("containerDefinitions[*].environments",)),
    **dict.fromkeys(aws("ecs/ExpressGatewayService"), ("primaryContainer?.environments",)),
    **dict.fromkeys(aws("elasticbeanstalk/ConfigurationTemplate"), ("settings",)),
    **dict.fromkeys(aws("glue/Job"), ("defaultArguments", "nonOverridableArguments")),
    **dict.fromkeys(aws("kinesisanalyticsv2/Application"), (
        "applicationConfiguration?.environmentProperties?.propertyGroups[*].propertyMap",
    )),
    **dict.fromkeys(aws("lightsail/ContainerServiceDeploymentVersion"), ("containers[*].environment",)),
    **dict.fromkeys(aws("mwaa/Environment"), ("airflowConfigurationOptions",)),
    **dict.fromkeys(aws("sagemaker/Algorithm"), ("inferenceSpecification?.containers[*].environment",)),
    **dict.fromkeys(aws("sagemaker/DataQualityJobDefinition"), ("dataQualityAppSpecification?.environment",)),
    **dict.fromkeys(aws("sagemaker/HyperParameterTuningJob"), (
        "trainingJobDefinition?.environment", "trainingJobDefinitions[*].environment",
    )),
    **dict.fromkeys(aws("sagemaker/MonitoringSchedule"), (
        "monitoringScheduleConfig?.monitoringJobDefinition?.environment",
    )),
    **dict.fromkeys(aws("synthetics/Canary"), ("runConfig?.environmentVariables",)),
    **dict.fromkeys(azure("app:Build"), ("configuration?.environmentVariables",)),
    **dict.fromkeys(azure("app:ContainerAppsSessionPool"), ("customContainerTemplate?.containers[*].env",)),
    **dict.fromkeys(azure("app:ContainerAppsSourceControl"), ("githubActionConfiguration?.buildEnvironmentVariables",)),
    **dict.fromkeys(azure("app:DaprComponent", "app:ConnectedEnvironmentsDaprComponent"), ("metadata",)),
    **dict.fromkeys(azure("appplatform:Deployment"), ("properties?.deploymentSettings?.environmentVariables",)),
    **dict.fromkeys(azure("appplatform:BuildServiceBuild"), ("properties?.env",)),
    **dict.fromkeys(azure("appplatform:Gateway"), ("properties?.environmentVariables?.properties",)),
    **dict.fromkeys(azure("appplatform:Job"), ("properties?.template?.environmentVariables",)),
    **dict.fromkeys(azure("datafactory:Factory"), ("globalParameters",)),
    **dict.fromkeys(azure("datafactory:GlobalParameter"), ("properties",)),
    **dict.fromkeys(azure("machinelearningservices:BatchDeployment"), ("properties?.environmentVariables",)),
    **dict.fromkeys(azure("machinelearningservices:Compute"), (
        "properties?.properties?.customServices[*].environmentVariables",
    )),
    **dict.fromkeys(azure("machinelearningservices:InferenceGroup"), (
        "inferenceGroupProperties?.environmentConfiguration?.environmentVariables",
    )),
    **dict.fromkeys(azure("machinelearningservices:Job"), tuple(f"properties?.{path}" for path in _ML_JOB_PATHS)),
    **dict.fromkeys(azure("machinelearningservices:Schedule"),
                    tuple(f"properties?.action?.jobDefinition?.{path}" for path in _ML_JOB_PATHS)),
    **dict.fromkeys(azure("batch:Pool"), ("startTask?.environmentSettings",)),
    **dict.fromkeys(azure("web:WebAppBackupConfiguration", "web:WebAppBackupConfigurationSlot"), ("databases",)),
}  # fmt: skip
"""Type -> paths of its variables: a map, or a list of names with values."""

_FLEET_VM = "computeProfile?.baseVirtualMachineProfile?"
_BULK_VM = "properties?.computeProfile?.virtualMachineProfile?"
_EXTENSIONS = "virtualMachineProfile?.extensionProfile?.extensions[*]"

FURTHER_SCRIPTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(aws("ec2/SpotFleetRequest"), ("launchSpecifications[*].userData",)),
    **dict.fromkeys(aws("lightsail/Instance"), ("userData",)),
    **dict.fromkeys(aws("imagebuilder/ImageRecipe"), ("userDataBase64",)),
    **dict.fromkeys(aws("imagebuilder/Component"), ("data",)),
    **dict.fromkeys(aws("ssm/Document", "appconfig/HostedConfigurationVersion"), ("content",)),
    **dict.fromkeys(aws("sagemaker/NotebookInstanceLifecycleConfiguration"), ("onCreate", "onStart")),
    **dict.fromkeys(aws("sagemaker/StudioLifecycleConfig"), ("studioLifecycleConfigContent",)),
    **dict.fromkeys(azure("compute:VirtualMachineScaleSet"), (
        "virtualMachineProfile?.osProfile?.customData", "virtualMachineProfile?.userData",
        f"{_EXTENSIONS}.settings?.commandToExecute", f"{_EXTENSIONS}.settings?.script",
    )),
    **dict.fromkeys(azure("compute:VirtualMachineScaleSetVM"), ("osProfile?.customData", "userData")),
    **dict.fromkeys(
        azure("compute:VirtualMachineRunCommandByVirtualMachine", "compute:VirtualMachineScaleSetVMRunCommand"),
        ("source?.script",)),
    **dict.fromkeys(azure("azurefleet:Fleet"), (f"{_FLEET_VM}.osProfile?.customData", f"{_FLEET_VM}.userData")),
    **dict.fromkeys(azure("computebulkactions:BulkAction"),
                    (f"{_BULK_VM}.osProfile?.customData", f"{_BULK_VM}.userData")),
    **dict.fromkeys(azure("batch:Pool"), ("startTask?.commandLine",)),
    **dict.fromkeys(azure("datafactory:LinkedService"), ("properties?.connectionString",)),
}  # fmt: skip
"""Type -> scripts and connection strings, as text or base64."""
