"""Type tokens are normalised to one current name."""

import pytest
from guardrails.engine.tokens import normalise

from falaj.sandbox.clouds.sdk_schema import sdk


@pytest.mark.parametrize(
    ("token", "current"),
    [
        ("aws:s3/bucket:Bucket", "aws:s3/bucket:Bucket"),
        ("aws:elasticloadbalancingv2/listener:Listener", "aws:lb/listener:Listener"),
        ("aws:applicationloadbalancing/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup"),
        ("aws:ec2/transitGatewayPeeringAttachmentAccepter:TransitGatewayPeeringAttachmentAccepter",
         "aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter"),
        ("azure-native:storage/v20230101:StorageAccount", "azure-native:storage:StorageAccount"),
        ("azure-native_storage_v20230101:storage:StorageAccount", "azure-native:storage:StorageAccount"),
        ("azure-native:documentdb:DatabaseAccount", "azure-native:cosmosdb:DatabaseAccount"),
        ("azure-native:documentdb/v20230415:DatabaseAccount", "azure-native:cosmosdb:DatabaseAccount"),
        ("azure-native:cache:Redis", "azure-native:redis:Redis"),
        ("azure-native:cache/v20230501preview:RedisEnterprise", "azure-native:redisenterprise:RedisEnterprise"),
        ("azure-native:insights:Component", "azure-native:applicationinsights:Component"),
        ("azure-native:insights:DiagnosticSetting", "azure-native:monitor:DiagnosticSetting"),
        ("azure-native:network/v20210501:FrontDoor", "azure-native:frontdoor:FrontDoor"),
        ("azure-native:network:Endpoint", "azure-native:trafficmanager:Endpoint"),
        ("azure-native:netapp:Volume", "azure-native:netapp:CapacityPoolVolume"),
        ("azure-native:devices:IotDpsResource", "azure-native:deviceprovisioningservices:IotDpsResource"),
        ("kubernetes:apps/v1beta2:Deployment", "kubernetes:apps/v1:Deployment"),
        ("kubernetes:apps/v1:DeploymentPatch", "kubernetes:apps/v1:Deployment"),
        ("kubernetes:extensions/v1beta1:Deployment", "kubernetes:apps/v1:Deployment"),
        ("kubernetes:extensions/v1beta1:Ingress", "kubernetes:networking.k8s.io/v1:Ingress"),
        ("kubernetes:extensions/v1beta1:IngressPatch", "kubernetes:networking.k8s.io/v1:Ingress"),
        ("kubernetes:batch/v1beta1:CronJobPatch", "kubernetes:batch/v1:CronJob"),
        ("kubernetes:apiregistration/v1beta1:APIService", "kubernetes:apiregistration.k8s.io/v1:APIService"),
        ("kubernetes:helm.sh/v3:Release", "kubernetes:helm.sh/v1:Release"),
        ("random:index/randomId:RandomId", "random:index/randomId:RandomId"),
    ],
)  # fmt: skip
def test_a_token_is_normalised_to_the_current_name(token: str, current: str) -> None:
    assert normalise(token) == current
    assert normalise(current) == current


@pytest.mark.parametrize("package", ["pulumi_aws", "pulumi_azure_native"])
def test_current_tokens_are_not_changed(package: str) -> None:
    assert [token for token in sdk(package).tokens if normalise(token) != token] == []
