"""Attacks on Azure: artificial intelligence, monitoring and extensions of clusters (2026-12-01, twenty-first set).

Properties by pulumi-azure-native 3.29.0. What a service does with them by its documentation, as known.
"""

from ..blind import HERE, OURS, RG, az
from ..harness import Given
from . import Attack
from .cost_services import AZURE, STACK

ENC = ("FJ-ENC-", "FJ-RES-", "FJ-ESC-")
EXP = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-")
RSL = ("FJ-RSL-", "FJ-EXP-", "FJ-ESC-")
IMAGE = f"{OURS}.MachineLearningServices/workspaces/ml-bank/environments/train/versions/3"
COMPUTE = f"{OURS}.MachineLearningServices/workspaces/ml-bank/computes/train"
CLUSTER = {**RG, "clusterName": "aks", "clusterRp": "Microsoft.ContainerService",
           "clusterResourceName": "managedClusters"}  # fmt: skip


def _job(**more: object) -> Given:
    """Returns a job that trains a model."""
    return az("machinelearningservices:Job", {
        **RG, "workspaceName": "ml-bank", "id": "nightly", "properties": {
            "jobType": "Command", "command": "python train.py", "environmentId": IMAGE, "computeId": COMPUTE,
            "limits": {"jobLimitsType": "Command", "timeout": "PT4H"}, "identity": {"identityType": "Managed"},
            **more}})  # fmt: skip


ATTACKS = (
    Attack("agents keep conversations and files in stores of Microsoft", ENC, (
        az("cognitiveservices:ProjectCapabilityHost", {
            **RG, "accountName": "ai-bank", "projectName": "claims", "capabilityHostName": "agents",
            "projectCapabilityHostProperties": {"aiServicesConnections": ["models"]}}),),
        "critical", "what customers write lies beside that of others, without a key of the bank (Azure AI Foundry "
        "Agent Service, 'Basic and standard agent setup')"),
    Attack("a job of learning is root of the machine that runs it", EXP, (_job(resources={
        "instanceCount": 1, "dockerArgs": "--privileged --pid=host -v /:/host"}),),
        "critical", "it reads what other jobs left there, and the token of the machine (Azure Machine Learning, "
        "'JobResourceConfiguration': extra arguments to docker run)"),
    Attack("a key of somebody opens a shell in each job of learning", EXP, (_job(services={
        "shell": {"jobServiceType": "SSH", "nodes": {"nodesValueType": "All"}, "properties": {
            "sshPublicKeys": "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDx somebody"}}}),),
        "major", "whoever has the key works with the identity and data of the job (Azure Machine Learning, 'Interact "
        "with your jobs')"),
    Attack("a search has thirty-six of the dearest units without a ceiling", ("FJ-COST-",), (
        STACK, AZURE, az("search:Service", {
            **HERE, "searchServiceName": "srch-bank", "sku": {"name": "storage_optimized_l2"}, "replicaCount": 3,
            "partitionCount": 12, "hostingMode": "Default", "publicNetworkAccess": "Disabled",
            "disableLocalAuth": True, "identity": {"type": "SystemAssigned"},
            "encryptionWithCmk": {"enforcement": "Enabled"}}),),
        "major", "each unit costs thousands a month (Azure AI Search, 'Pricing')"),
    Attack("of the records of Linux only emergencies are kept", RSL, (az("monitor:DataCollectionRule", {
        **HERE, "dataCollectionRuleName": "dcr-linux", "kind": "Linux",
        "dataSources": {"syslog": [{
            "name": "syslog", "streams": ["Microsoft-Syslog"], "facilityNames": ["auth", "authpriv"],
            "logLevels": ["Emergency"]}]},
        "destinations": {"logAnalytics": [{
            "name": "law", "workspaceResourceId": f"{OURS}.OperationalInsights/workspaces/law-bank"}]},
        "dataFlows": [{"streams": ["Microsoft-Syslog"], "destinations": ["law"]}]}),),
        "major", "sign-ins and sudo are of the levels Info and Notice (Azure Monitor, 'Collect Syslog events': "
        "minimum log level)"),
    Attack("the alert on refused calls of the vault waits for a billion", RSL, (az("monitor:MetricAlert", {
        "resourceGroupName": "rg-platform", "tags": HERE["tags"], "location": "global", "ruleName": "vault-refused",
        "scopes": [f"{OURS}.KeyVault/vaults/kv-bank"], "severity": 1, "enabled": True, "windowSize": "PT5M",
        "evaluationFrequency": "PT1M", "criteria": {
            "odataType": "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria", "allOf": [{
                "criterionType": "StaticThresholdCriterion", "name": "refused", "metricName": "ServiceApiResult",
                "operator": "GreaterThan", "threshold": 1000000000, "timeAggregation": "Count",
                "dimensions": [{"name": "StatusCode", "operator": "Include", "values": ["403"]}]}]},
        "actions": [{"actionGroupId": f"{OURS}.Insights/actionGroups/ag-soc"}]}),),
        "major", "it never rings (Azure Monitor, 'Metric alerts')"),
    Attack("a group that alerts are sent to has nobody in it", RSL, (az("monitor:ActionGroup", {
        "resourceGroupName": "rg-platform", "tags": HERE["tags"], "location": "global", "actionGroupName": "ag-soc",
        "groupShortName": "soc", "enabled": True, "emailReceivers": [], "webhookReceivers": []}),),
        "major", "alerts of every rule reach nobody (Azure Monitor, 'Action groups')"),
    Attack("services of the cluster call each other in plaintext, whoever they are", EXP, (
        az("kubernetesconfiguration:Extension", {
            **CLUSTER, "extensionName": "dapr", "extensionType": "microsoft.dapr", "autoUpgradeMinorVersion": False,
            "version": "1.15.5", "releaseTrain": "stable",
            "configurationSettings": {"global.mtls.enabled": "false", "global.ha.enabled": "true"},
            "scope": {"cluster": {"releaseNamespace": "dapr-system"}}}),),
        "major", "sidecars encrypt nothing, and policies of access know no caller (Dapr, 'Setup & configure mTLS')"),
    Attack("models of the cluster answer the Internet without TLS", EXP, (
        az("kubernetesconfiguration:Extension", {
            **CLUSTER, "extensionName": "azureml", "extensionType": "Microsoft.AzureML.Kubernetes",
            "autoUpgradeMinorVersion": False, "version": "1.1.80", "releaseTrain": "stable",
            "configurationSettings": {
                "enableTraining": "true", "enableInference": "true", "allowInsecureConnections": "true",
                "inferenceRouterServiceType": "LoadBalancer"},
            "scope": {"cluster": {"releaseNamespace": "azureml"}}}),),
        "critical", "its service gets a public address, and keys of endpoints cross the network in plaintext (Azure "
        "Machine Learning, 'Deploy the extension': configuration settings)"),
)  # fmt: skip
"""Attacks with the rules that should refuse them."""
