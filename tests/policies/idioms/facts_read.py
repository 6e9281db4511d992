"""Good idioms that rules refused until the sources of their facts were read (2026-11-30)."""

import json

from ..blind import KEY, ME, TAGS, aws, k8s, meta
from ..facts_read import volume_class
from . import Idiom

PIPELINE = json.dumps({"Version": "2020-12-01", "Steps": [{"Name": "train", "Type": "Training", "Arguments": {
    "ResourceConfig": {"InstanceType": "ml.m5.xlarge", "InstanceCount": 1, "VolumeSizeInGB": 30,
                       "VolumeKmsKeyId": KEY},
    "ProfilerRuleConfigurations": [{"RuleConfigurationName": "report", "InstanceType": "ml.m5.large",
                                    "VolumeSizeInGB": 5}]}}]})  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a class of shares in an account that no public network reaches", (
        volume_class("file.csi.azure.com", publicNetworkAccess="Disabled", protocol="smb"),),
        "azurefile-csi-driver, docs/driver-parameters.md: publicNetworkAccess"),
    Idiom("volumes of the bank's own Qumulo", (
        k8s("storage.k8s.io/v1:StorageClass", {
            "metadata": meta("qumulo"), "provisioner": "qumulo.csi.k8s.io", "reclaimPolicy": "Retain",
            "parameters": {"server": "10.20.0.4", "storeRealPath": "/volumes", "storeExportPath": "/volumes"}}),),
        "Qumulo, CSI driver: the name of the provisioner"),
    Idiom("a pipeline trains with the bank's key, and a rule of the profiler looks on", (
        aws("sagemaker/Pipeline", {
            "pipelineName": "train", "pipelineDisplayName": "train", "pipelineDefinition": PIPELINE, "tags": TAGS,
            "roleArn": f"arn:aws:iam::{ME}:role/train"}),),
        "Amazon SageMaker API, ProfilerRuleConfiguration: it has no key of a volume"),
    Idiom("collections are encrypted with the bank's key, which comes before the key of AWS", (
        aws("opensearch/ServerlessSecurityPolicy", {"name": "p", "type": "encryption", "policy": json.dumps({
            "Rules": [{"ResourceType": "collection", "Resource": ["collection/a"]}], "AWSOwnedKey": True,
            "KmsARN": KEY})}),),
        "Amazon OpenSearch Service, 'Encryption in Amazon OpenSearch Serverless'"),
)  # fmt: skip
