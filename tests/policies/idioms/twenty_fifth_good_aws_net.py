"""Good programs of platform teams on AWS: networks, watchers and catalogues (set 25, before any rule ran)."""

from ..blind import KEY, TAGS, aws, statement
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .seventeenth_aws import CERTIFICATE
from .thirteenth_aws import OURS
from .twelfth_aws_platform import rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import alarm
from .twenty_fourth_good_aws import log
from .twenty_third_aws import store

TUNNEL = {f"tunnel{number}{key}": value for number in (1, 2) for key, value in {
    "IkeVersions": ["ikev2"], "Phase1DhGroupNumbers": [20, 21], "Phase1EncryptionAlgorithms": ["AES256-GCM-16"],
    "Phase1IntegrityAlgorithms": ["SHA2-384"], "Phase2DhGroupNumbers": [20, 21], "Phase2EncryptionAlgorithms": [
        "AES256-GCM-16"], "Phase2IntegrityAlgorithms": ["SHA2-384"], "StartupAction": "start", "DpdTimeoutAction":
    "restart", "LogOptions": {"cloudwatchLogOptions": {
        "logEnabled": True, "logGroupArn": arn("logs", "log-group:/aws/vpn/site"), "logOutputFormat": "json",
        "bgpLogEnabled": True, "bgpLogGroupArn": arn("logs", "log-group:/aws/vpn/site"), "bgpLogOutputFormat": "json"}},
}.items()}  # fmt: skip


def of_word(value: str) -> list[dict[str, str]]:
    """Returns a filter of findings by one word."""
    return [{"comparison": "EQUALS", "value": value}]


def managed(name: str, severity: str) -> Given:
    """Returns a view of the findings of one severity that nobody has worked on."""
    return aws("securityhub/Insight", {"name": name, "groupByAttribute": "AwsAccountId", "filters": {
        "severityLabels": of_word(severity), "workflowStatuses": of_word("NEW"), "recordStates": of_word("ACTIVE")}},
        name)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("Verified Access: staff reach the wiki by Identity Center, each group by a policy, and records are kept", (
        BUDGET, log("/aws/verified-access", "access-log"),
        aws("verifiedaccess/Instance", {"description": "Staff", "fipsEnabled": False, "tags": TAGS}, "instance"),
        aws("verifiedaccess/TrustProvider", {
            "policyReferenceName": "staff", "trustProviderType": "user", "userTrustProviderType":
            "iam-identity-center", "description": "Identity Center", "sseSpecification": {
                "customerManagedKeyEnabled": True, "kmsKeyArn": KEY}, "tags": TAGS}, "provider"),
        aws("verifiedaccess/InstanceTrustProviderAttachment", {
            "verifiedaccessInstanceId": UNKNOWN, "verifiedaccessTrustProviderId": UNKNOWN}, "attached", links={
                "verifiedaccessInstanceId": ("instance",), "verifiedaccessTrustProviderId": ("provider",)}),
        aws("verifiedaccess/InstanceLoggingConfiguration", {
            "verifiedaccessInstanceId": UNKNOWN, "accessLogs": {
                "includeTrustContext": True, "logVersion": "ocsf-1.0.0-rc.2", "cloudwatchLogs": {
                    "enabled": True, "logGroup": "/aws/verified-access"}}}, "records", links={
                        "verifiedaccessInstanceId": ("instance",)}),
        aws("verifiedaccess/Group", {
            "verifiedaccessInstanceId": UNKNOWN, "description": "Engineers", "policyDocument":
            "permit(principal, action, resource) when { context.staff.groups has "
            "\"11111111-2222-3333-4444-555555555555\" };", "sseConfiguration": {
                "customerManagedKeyEnabled": True, "kmsKeyArn": KEY}, "tags": TAGS}, "engineers", links={
                    "verifiedaccessInstanceId": ("instance",)}),
        aws("verifiedaccess/Endpoint", {
            "verifiedAccessGroupId": UNKNOWN, "attachmentType": "vpc", "endpointType": "load-balancer", "description":
            "Wiki", "applicationDomain": "wiki.bank.ae", "endpointDomainPrefix": "wiki", "domainCertificateArn":
            CERTIFICATE, "securityGroupIds": GROUPS, "loadBalancerOptions": {
                "loadBalancerArn": arn("elasticloadbalancing", "loadbalancer/app/wiki/0123456789abcdef"), "port": 443,
                "protocol": "https", "subnetIds": SUBNETS}, "policyDocument":
            "permit(principal, action, resource) when { context.staff.user.email.address like \"*@bank.ae\" };",
            "sseSpecification": {"customerManagedKeyEnabled": True, "kmsKeyArn": KEY}, "tags": TAGS}, "wiki", links={
                "verifiedAccessGroupId": ("engineers",)})),
        f"{AWS_DOCS}/verified-access/latest/ug/getting-started.html; .../auth-policies.html, as known",
        merged(OURS, merged({"residency": {"known": {"@bank.ae": "our own mail"}}}, unpriced(
            "aws:verifiedaccess/endpoint:Endpoint::wiki")))),
    Idiom("Network Manager: sites, devices and lines of branches are known beside the transit gateway they reach", (
        aws("networkmanager/GlobalNetwork", {"description": "The bank's network", "tags": TAGS}, "network"),
        aws("networkmanager/Site", {"globalNetworkId": UNKNOWN, "description": "Data centre", "location": {
            "address": "Abu Dhabi", "latitude": "24.45", "longitude": "54.38"}, "tags": TAGS}, "site", links={
                "globalNetworkId": ("network",)}),
        aws("networkmanager/Device", {
            "globalNetworkId": UNKNOWN, "siteId": UNKNOWN, "description": "Edge router", "type": "router", "vendor":
            "Juniper", "model": "MX204", "location": {"address": "Abu Dhabi"}, "tags": TAGS}, "router", links={
                "globalNetworkId": ("network",), "siteId": ("site",)}),
        aws("networkmanager/Link", {
            "globalNetworkId": UNKNOWN, "siteId": UNKNOWN, "bandwidth": {"downloadSpeed": 1000, "uploadSpeed": 1000},
            "providerName": "Etisalat", "type": "fibre", "tags": TAGS}, "line", links={
                "globalNetworkId": ("network",), "siteId": ("site",)}),
        aws("networkmanager/LinkAssociation", {"globalNetworkId": UNKNOWN, "deviceId": UNKNOWN, "linkId": UNKNOWN},
            "line-used", links={"globalNetworkId": ("network",), "deviceId": ("router",), "linkId": ("line",)}),
        aws("networkmanager/TransitGatewayRegistration", {
            "globalNetworkId": UNKNOWN, "transitGatewayArn": arn("ec2", "transit-gateway/tgw-0123456789abcdef0")},
            "registered", links={"globalNetworkId": ("network",)}),
        aws("networkmanager/CustomerGatewayAssociation", {
            "globalNetworkId": UNKNOWN, "deviceId": UNKNOWN, "linkId": UNKNOWN, "customerGatewayArn":
            arn("ec2", "customer-gateway/cgw-0123456789abcdef0")}, "gateway", links={
                "globalNetworkId": ("network",), "deviceId": ("router",), "linkId": ("line",)})),
        f"{AWS_DOCS}/network-manager/latest/tgwnm/on-premises-networks.html, as known", merged(
            OURS, {"residency": {"global_services": {
            "aws:networkmanager/": "names of sites and lines alone, and no data of customers"}}})),
    Idiom("VPN: a site behind Direct Connect has a second way by IPsec with strong ciphers, records and probes", (
        BUDGET, log("/aws/vpn/site", "vpn-log"),
        aws("ec2/CustomerGateway", {"type": "ipsec.1", "bgpAsn": "65010", "ipAddress": "94.200.10.20", "deviceName":
                                    "edge-1", "tags": TAGS}, "site"),
        aws("ec2/VpnGateway", {"vpcId": "vpc-0123456789abcdef0", "amazonSideAsn": "64520", "tags": TAGS}, "gateway"),
        aws("ec2/VpnConnection", {
            "customerGatewayId": UNKNOWN, "vpnGatewayId": UNKNOWN, "type": "ipsec.1", "staticRoutesOnly": False,
            "presharedKeyStorage": "SecretsManager", **TUNNEL, "tags": TAGS}, "vpn", links={
                "customerGatewayId": ("site",), "vpnGatewayId": ("gateway",)}),
        aws("ec2/VpnGatewayRoutePropagation", {"vpnGatewayId": UNKNOWN, "routeTableId": "rtb-0123456789abcdef0"},
            "routes", links={"vpnGatewayId": ("gateway",)}),
        aws("networkmonitor/Monitor", {"monitorName": "site", "aggregationPeriod": 60, "tags": TAGS}, "monitor"),
        *(aws("networkmonitor/Probe", {
            "monitorName": UNKNOWN, "sourceArn": arn("ec2", f"subnet/{subnet}"), "destination": "10.10.0.10",
            "destinationPort": 443, "protocol": "TCP", "packetSize": 200, "tags": TAGS}, f"probe-{subnet}", links={
                "monitorName": ("monitor",)}) for subnet in SUBNETS[:2]),
        alarm("vpn-down", "AWS/VPN", "TunnelState", 1.0, VpnId="vpn-0123456789abcdef0")),
        f"{AWS_DOCS}/vpn/latest/s2svpn/VPNTunnels.html; .../network-monitor, as known",
        merged(OURS, merged({"residency": {"known": {"94.200.10.20": "our data centre"}}}, unpriced(
            "aws:networkmonitor/monitor:Monitor::monitor", *(
                f"aws:networkmonitor/probe:Probe::probe-{subnet}" for subnet in SUBNETS[:2]))))),
    Idiom("IPv6: nodes go out by an egress-only gateway, no subnet takes calls, and the whole account is blocked", (
        aws("ec2/VpcBlockPublicAccessOptions", {"internetGatewayBlockMode": "block-ingress"}, "blocked"),
        aws("ec2/Vpc", {"cidrBlock": "10.64.0.0/16", "assignGeneratedIpv6CidrBlock": True, "enableDnsSupport": True,
                        "enableDnsHostnames": True, "tags": {**TAGS, "Name": "pods"}}, "vpc"),
        aws("ec2/DefaultSecurityGroup", {"vpcId": UNKNOWN, "tags": TAGS}, "closed", links={"vpcId": ("vpc",)}),
        aws("ec2/DefaultNetworkAcl", {"defaultNetworkAclId": UNKNOWN, "tags": TAGS}, "acl", links={
            "defaultNetworkAclId": ("vpc",)}),
        aws("ec2/EgressOnlyInternetGateway", {"vpcId": UNKNOWN, "tags": TAGS}, "out", links={"vpcId": ("vpc",)}),
        aws("ec2/RouteTable", {"vpcId": UNKNOWN, "routes": [{"ipv6CidrBlock": "::/0", "egressOnlyGatewayId": UNKNOWN}],
                               "tags": TAGS}, "routes", links={"vpcId": ("vpc",), "routes": ("out",)}),
        *(given for number, zone in enumerate("abc") for given in (
            aws("ec2/Subnet", {
                "vpcId": UNKNOWN, "cidrBlock": f"10.64.{number * 64}.0/18", "ipv6CidrBlock": UNKNOWN,
                "availabilityZone": f"{R}{zone}", "assignIpv6AddressOnCreation": True, "enableDns64": False,
                "enableResourceNameDnsAaaaRecordOnLaunch": True, "privateDnsHostnameTypeOnLaunch": "resource-name",
                "mapPublicIpOnLaunch": False, "tags": {**TAGS, "kubernetes.io/role/internal-elb": "1"}},
                f"subnet-{zone}", links={"vpcId": ("vpc",), "ipv6CidrBlock": ("vpc",)}),
            aws("ec2/RouteTableAssociation", {"subnetId": UNKNOWN, "routeTableId": UNKNOWN}, f"routed-{zone}", links={
                "subnetId": (f"subnet-{zone}",), "routeTableId": ("routes",)}),
            aws("ec2/SubnetCidrReservation", {
                "subnetId": UNKNOWN, "cidrBlock": f"10.64.{number * 64 + 32}.0/19", "reservationType": "prefix",
                "description": "Prefixes of nodes"}, f"prefixes-{zone}", links={"subnetId": (f"subnet-{zone}",)}))),
        aws("ec2/FlowLog", {"vpcId": UNKNOWN, "trafficType": "ALL", "logDestinationType": "s3", "logDestination":
                            "arn:aws:s3:::bank-flow-logs/pods/", "destinationOptions": {
                                "fileFormat": "parquet", "perHourPartition": True, "hiveCompatiblePartitions": True},
                            "tags": TAGS}, "flows", links={"vpcId": ("vpc",)})),
        f"{AWS_DOCS}/vpc/latest/userguide/egress-only-internet-gateway.html; .../security-vpc-bpa.html; aws/"
        "aws-eks-best-practices ipv6, as known", merged(OURS, {"residency": {"known": {
            "bank-flow-logs": "our own bucket, in me-central-1"}}})),
    Idiom("Service Catalog: teams launch the bank's own products by a role, with tags that they choose from a list", (
        aws("servicecatalog/Portfolio", {"name": "data", "providerName": "Platform", "description": "Stores that teams "
                                         "may make", "tags": TAGS}, "portfolio"),
        *(aws("servicecatalog/TagOption", {"key": "cost-centre", "value": value, "active": True}, value)
          for value in ("cc-100", "cc-200")),
        *(aws("servicecatalog/TagOptionResourceAssociation", {"resourceId": UNKNOWN, "tagOptionId": UNKNOWN},
              f"{value}-used", links={"resourceId": ("portfolio",), "tagOptionId": (value,)})
          for value in ("cc-100", "cc-200")),
        aws("servicecatalog/BudgetResourceAssociation", {"budgetName": UNKNOWN, "resourceId": UNKNOWN}, "budgeted",
            links={"budgetName": ("budget",), "resourceId": ("portfolio",)}), BUDGET,
        aws("servicecatalog/PrincipalPortfolioAssociation", {"portfolioId": UNKNOWN, "principalArn":
            role_arn("team-risk"), "principalType": "IAM"}, "risk", links={"portfolioId": ("portfolio",)})),
        f"{AWS_DOCS}/servicecatalog/latest/adminguide/tagoptions.html, as known", OURS),
    Idiom("Storage Gateway: branches see files of a bucket by SMB, signed and sealed, for groups of the directory", (
        BUDGET, *store("bank-branch-files", "files"), log("/aws/storagegateway/branch", "audit-log"),
        trusted("storagegateway.amazonaws.com", "files-role"), rights("files-role", statement(
            ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:GetObjectVersion",
             "s3:ListMultipartUploadParts"], "arn:aws:s3:::bank-branch-files/*"), statement(
            ["s3:ListBucket", "s3:GetBucketLocation"], "arn:aws:s3:::bank-branch-files"), statement(
            ["kms:Decrypt", "kms:GenerateDataKey"], KEY)),
        aws("storagegateway/Gateway", {
            "gatewayName": "branch", "gatewayTimezone": "GMT+4:00", "gatewayType": "FILE_S3", "gatewayIpAddress":
            "10.20.0.30", "gatewayVpcEndpoint": "vpce-0123456789abcdef0-abcdefgh.storagegateway.me-central-1.vpce."
            "amazonaws.com", "smbSecurityStrategy": "MandatoryEncryption", "smbFileShareVisibility": False,
            "cloudwatchLogGroupArn": UNKNOWN, "maintenanceStartTime": {"dayOfWeek": "5", "hourOfDay": 22,
                                                                       "minuteOfHour": 0}, "tags": TAGS}, "gateway",
            links={"cloudwatchLogGroupArn": ("audit-log",)}),
        aws("storagegateway/Cache", {"gatewayArn": UNKNOWN, "diskId": "pci-0000:03:00.0-scsi-0:0:0:0"}, "cache", links={
            "gatewayArn": ("gateway",)}),
        aws("storagegateway/SmbFileShare", {
            "gatewayArn": UNKNOWN, "locationArn": UNKNOWN, "roleArn": UNKNOWN, "fileShareName": "branch",
            "authentication": "ActiveDirectory", "accessBasedEnumeration": True, "smbAclEnabled": True,
            "validUserLists": ["@branch-staff"], "adminUserLists": ["@files-admins"], "kmsEncrypted": True, "kmsKeyArn":
            KEY, "objectAcl": "bucket-owner-full-control", "defaultStorageClass": "S3_INTELLIGENT_TIERING",
            "guessMimeTypeEnabled": True, "auditDestinationArn": UNKNOWN, "tags": TAGS}, "share", links={
                "gatewayArn": ("gateway",), "locationArn": ("files",), "roleArn": ("files-role",),
                "auditDestinationArn": ("audit-log",)})),
        f"{AWS_DOCS}/filegateway/latest/files3/CreatingAnSMBFileShare.html; .../security-strategy.html, as known",
        merged(OURS, merged(kept("files"), unpriced(
            "aws:storagegateway/gateway:Gateway::gateway", "aws:storagegateway/smbFileShare:SmbFileShare::share")))),
)  # fmt: skip
