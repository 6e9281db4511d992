"""Good idioms of platform teams on AWS: networks of the organisation (set 23, blind)."""

from ..blind import ME, TAGS, aws
from ..harness import UNKNOWN
from . import Idiom
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import SUBNETS, arn, kept
from .seventeenth_aws import CERTIFICATE
from .thirteenth_aws import OURS
from .twelfth_aws_platform import VPC, logs
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import alarm
from .twenty_second_xaws import PATTERNS, group

ORG = "o-a1b2c3d4e5"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("spokes and the inspection meet at a gateway of the organisation, each with its table and no way between", (
        BUDGET, aws("ec2transitgateway/TransitGateway", {
            "description": "Core", "amazonSideAsn": 64512, "autoAcceptSharedAttachments": "disable",
            "defaultRouteTableAssociation": "disable", "defaultRouteTablePropagation": "disable",
                "dnsSupport": "enable",
            "vpnEcmpSupport": "enable", "multicastSupport": "disable", "securityGroupReferencingSupport": "enable",
            "tags": {**TAGS, "Name": "core"}}, "core"),
        *(given for name, appliance in (("inspection", "enable"), ("payments", "disable"), ("models", "disable"))
          for given in (
            aws("ec2transitgateway/VpcAttachment", {
                "transitGatewayId": UNKNOWN, "vpcId": VPC, "subnetIds": SUBNETS, "applianceModeSupport": appliance,
                "dnsSupport": "enable", "ipv6Support": "disable", "transitGatewayDefaultRouteTableAssociation": False,
                "transitGatewayDefaultRouteTablePropagation": False, "tags": {**TAGS, "Name": name}}, name, links={
                    "transitGatewayId": ("core",)}),
            aws("ec2transitgateway/RouteTableAssociation", {"transitGatewayAttachmentId": UNKNOWN,
                                                            "transitGatewayRouteTableId": UNKNOWN}, f"{name}-in",
                                                            links={
                "transitGatewayAttachmentId": (name,), "transitGatewayRouteTableId": (
                    "after" if name == "inspection" else "before",)}))),
        *(aws("ec2transitgateway/RouteTable", {"transitGatewayId": UNKNOWN, "tags": {**TAGS, "Name": name}}, name,
              links={"transitGatewayId": ("core",)}) for name in ("before", "after")),
        aws("ec2transitgateway/Route", {"destinationCidrBlock": "0.0.0.0/0", "transitGatewayAttachmentId": UNKNOWN,
                                        "transitGatewayRouteTableId": UNKNOWN}, "to-inspection", links={
            "transitGatewayAttachmentId": ("inspection",), "transitGatewayRouteTableId": ("before",)}),
        aws("ec2transitgateway/Route", {"destinationCidrBlock": "10.99.0.0/16", "blackhole": True,
                                        "transitGatewayRouteTableId": UNKNOWN}, "nowhere", links={
            "transitGatewayRouteTableId": ("before",)}),
        *(aws("ec2transitgateway/RouteTablePropagation", {"transitGatewayAttachmentId": UNKNOWN,
              "transitGatewayRouteTableId": UNKNOWN}, f"{name}-back", links={
                  "transitGatewayAttachmentId": (name,), "transitGatewayRouteTableId": ("after",)})
          for name in ("payments", "models")),
        aws("ram/ResourceShare", {"name": "core", "allowExternalPrincipals": False, "tags": TAGS}, "share"),
        aws("ram/ResourceAssociation", {"resourceArn": UNKNOWN, "resourceShareArn": UNKNOWN}, "shared", links={
            "resourceArn": ("core",), "resourceShareArn": ("share",)}),
        aws("ram/PrincipalAssociation", {"principal":
            f"arn:aws:organizations::{ME}:ou/{ORG}/ou-ab12-cd34ef56", "resourceShareArn": UNKNOWN}, "workloads", links={
                "resourceShareArn": ("share",)}),
        aws("ec2/FlowLog", {"transitGatewayId": UNKNOWN, "maxAggregationInterval": 60, "logDestinationType": "s3",
                            "logDestination": "arn:aws:s3:::bank-flows/core/", "tags": TAGS}, "flows", links={
                                "transitGatewayId": ("core",)})),
        f"{PATTERNS}/centralize-network-connectivity-using-aws-transit-gateway; {AWS_DOCS}/vpc/latest/tgw, as known",
        merged(merged(OURS, {"residency": {"known": {"bank-flows": "the bank's bucket of records"}},
                             "identity": {"trusted": {ORG: "our organisation"}}}), kept("core"))),
    Idiom("two tunnels lead to the data centre over its own line, with new ciphers, records and an alarm for each", (
        BUDGET, logs("/vpn/dc1"),
        aws("ec2/CustomerGateway", {"bgpAsn": "65010", "ipAddress": "10.255.0.10", "type": "ipsec.1", "deviceName":
                                    "dc1-a", "tags": {**TAGS, "Name": "dc1"}}, "dc1"),
        aws("directconnect/Gateway", {"name": "core", "amazonSideAsn": "64513", "tags": TAGS}, "line"),
        aws("directconnect/GatewayAssociation", {"dxGatewayId": UNKNOWN, "associatedGatewayId": "tgw-0123456789abcdef0",
                                                 "allowedPrefixes": ["10.64.0.0/10"]}, "line-core", links={
                                                     "dxGatewayId": ("line",)}),
        aws("ec2/VpnConnection", {
            "customerGatewayId": UNKNOWN, "transitGatewayId": "tgw-0123456789abcdef0", "type": "ipsec.1",
            "staticRoutesOnly": False, "outsideIpAddressType": "PrivateIpv4", "transportTransitGatewayAttachmentId":
            "tgw-attach-0123456789abcdef0", "presharedKeyStorage": "SecretsManager", **{
                f"tunnel{number}{name}": value for number in (1, 2) for name, value in {
                    "IkeVersions": ["ikev2"], "Phase1DhGroupNumbers": [20, 21], "Phase2DhGroupNumbers": [20, 21],
                    "Phase1EncryptionAlgorithms": ["AES256-GCM-16"], "Phase2EncryptionAlgorithms": ["AES256-GCM-16"],
                    "Phase1IntegrityAlgorithms": ["SHA2-384"], "Phase2IntegrityAlgorithms": ["SHA2-384"],
                    "DpdTimeoutAction": "restart", "StartupAction": "start", "EnableTunnelLifecycleControl": True,
                    "LogOptions": {"cloudwatchLogOptions": {"logEnabled": True, "logOutputFormat": "json",
                        "logGroupArn":
                                                            arn("logs", "log-group:/vpn/dc1")}}}.items()},
            "tags": {**TAGS, "Name": "dc1"}}, "tunnels", links={"customerGatewayId": ("dc1",)}),
        *(aws("cloudwatch/MetricAlarm", {
            "name": f"dc1-{number}", "namespace": "AWS/VPN", "metricName": "TunnelState", "statistic": "Maximum",
            "period": 60, "evaluationPeriods": 3, "threshold": 1, "comparisonOperator": "LessThanThreshold",
            "treatMissingData": "breaching", "dimensions": {"TunnelIpAddress": f"10.255.0.{number}"}, "alarmActions": [
                arn("sns", "platform-alarms")], "tags": TAGS}, f"dc1-{number}") for number in (21, 22))),
        f"{AWS_DOCS}/vpn/latest/s2svpn/private-ip-dx.html; .../VPNTunnels.html, as known", merged(
            OURS, {"residency": {"known": {"tgw-attach-0123456789abcdef0": "the line to our data centre"}}})),
    Idiom("scores are offered to the bank's accounts by a private service whose callers one accepts one by one", (
        BUDGET, group("scores", ("10.64.0.0/16", 443, "Endpoints of callers")),
        aws("lb/LoadBalancer", {
            "name": "scores", "internal": True, "loadBalancerType": "network", "subnets": SUBNETS, "securityGroups": [
                UNKNOWN], "enforceSecurityGroupInboundRulesOnPrivateLinkTraffic": "on",
                    "enableDeletionProtection": True,
            "enableCrossZoneLoadBalancing": True, "accessLogs": {"bucket": "bank-balancers", "enabled": True,
                                                                 "prefix": "scores"}, "tags": TAGS}, "balancer", links={
                "securityGroups": ("sg-scores",)}),
        aws("lb/TargetGroup", {"name": "scores", "port": 443, "protocol": "TLS", "targetType": "ip",
                               "vpcId": VPC, "preserveClientIp": "false", "proxyProtocolV2": True, "healthCheck": {
                                   "protocol": "HTTPS", "path": "/ready"}, "tags": TAGS}, "targets"),
        aws("lb/Listener", {"loadBalancerArn": UNKNOWN, "port": 443, "protocol": "TLS", "certificateArn": CERTIFICATE,
                            "sslPolicy": "ELBSecurityPolicy-TLS13-1-3-2021-06", "tcpIdleTimeoutSeconds": 350,
                            "defaultActions": [{"type": "forward", "targetGroupArn": UNKNOWN}], "tags": TAGS},
            "listener", links={"loadBalancerArn": ("balancer",), "defaultActions": ("targets",)}),
        aws("ec2/VpcEndpointService", {
            "acceptanceRequired": True, "networkLoadBalancerArns": [UNKNOWN], "privateDnsName": "scores.bank.ae",
            "supportedIpAddressTypes": ["ipv4"], "supportedRegions": [R], "tags": {**TAGS, "Name": "scores"}},
                "service",
            links={"networkLoadBalancerArns": ("balancer",)}),
        aws("ec2/VpcEndpointServiceAllowedPrinciple", {"vpcEndpointServiceId": UNKNOWN, "principalArn":
                                                       f"arn:aws:iam::{ME}:role/payments-network"}, "payments", links={
            "vpcEndpointServiceId": ("service",)}),
        aws("ec2/VpcEndpointConnectionNotification", {
            "vpcEndpointServiceId": UNKNOWN, "connectionNotificationArn": arn("sns", "platform-alarms"),
            "connectionEvents": ["Connect", "Accept", "Reject", "Delete"]}, "news", links={
                "vpcEndpointServiceId": ("service",)}),
        alarm("scores-reset", "AWS/NetworkELB", "TCP_Target_Reset_Count", 100.0, LoadBalancer="net/scores/0123")),
        f"{AWS_DOCS}/vpc/latest/privatelink/configure-endpoint-service.html, as known", merged(OURS, {
            "residency": {"known": {"bank-balancers": "the bank's bucket of records, in me-central-1"}}})),
)  # fmt: skip
