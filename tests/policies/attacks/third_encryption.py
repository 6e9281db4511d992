"""Data that is readable at rest or on its way: unseen attacks, written on 2026-11-28 before their evaluation."""

from ..blind import GROUP, SUB, TAGS, aws, az, crd
from . import Attack

RG = {"resourceGroupName": "rg-platform"}
READABLE = ("FJ-ENC-", "FJ-ESC-112")
DISK = f"{GROUP}/providers/Microsoft.Compute/disks/golden"
GATEWAY = {"id": f"{GROUP}/providers/Microsoft.Network/virtualNetworkGateways/vpn"}
POLICY = {"dhGroup": "DHGroup14", "ikeEncryption": "AES256", "ikeIntegrity": "SHA256", "ipsecEncryption": "AES256",
          "ipsecIntegrity": "SHA256", "pfsGroup": "PFS2048", "saDataSizeKilobytes": 102400000,
          "saLifeTimeSeconds": 3600}  # fmt: skip

ATTACKS = (
    Attack("Oracle rejects encryption of its network", READABLE, (
        aws("rds/OptionGroup", {"name": "ora", "engineName": "oracle-ee", "majorEngineVersion": "19", "tags": TAGS,
            "options": [{"optionName": "NATIVE_NETWORK_ENCRYPTION", "optionSettings": [
                {"name": "SQLNET.ENCRYPTION_SERVER", "value": "REJECTED"}]}]}),), "major",
        "Rows and passwords cross the network in clear (Amazon RDS, 'NNE option settings')"),
    Attack("VPN tunnel with IKEv1 and a group of 1,024 bits", READABLE, (
        aws("ec2/VpnConnection", {"customerGatewayId": "cgw-1", "transitGatewayId": "tgw-1", "type": "ipsec.1",
            "tags": TAGS, **{f"tunnel{number}{key}": value for number in (1, 2) for key, value in (
                ("IkeVersions", ["ikev1"]), ("Phase1DhGroupNumbers", [2]), ("Phase2DhGroupNumbers", [2]),
                ("Phase1IntegrityAlgorithms", ["SHA1"]), ("Phase1EncryptionAlgorithms", ["AES128"]))}}),), "major",
        "Recorded traffic can be decrypted: group 2 is broken by states (AWS Site-to-Site VPN, 'Tunnel options')"),
    Attack("Azure VPN connection encrypts with DES", READABLE, (
        az("network:VirtualNetworkGatewayConnection", {**RG, "connectionType": "IPsec", "location": "uaenorth",
            "tags": TAGS, "virtualNetworkGateway1": GATEWAY, "connectionProtocol": "IKEv2", "localNetworkGateway2": {
                "id": f"{GROUP}/providers/Microsoft.Network/localNetworkGateways/dc"},
            "ipsecPolicies": [{**POLICY, "ikeEncryption": "DES", "ipsecEncryption": "DES", "ipsecIntegrity": "MD5",
                               "ikeIntegrity": "MD5", "dhGroup": "DHGroup1"}]}),), "major",
        "DES is broken in a day (Azure VPN Gateway, 'Cryptographic requirements', allowed but weak)"),
    Attack("Virtual WAN links a site without encryption", READABLE, (
        az("network:VpnGateway", {**RG, "gatewayName": "wan", "location": "uaenorth", "tags": TAGS, "connections": [
            {"name": "dc", "remoteVpnSite": {"id": f"{GROUP}/providers/Microsoft.Network/vpnSites/dc"},
             "vpnLinkConnections": [{"name": "l", "ipsecPolicies": [{**POLICY, "ipsecEncryption": "None"}]}]}]}),),
        "critical", "The tunnel authenticates and does not encrypt (Azure Virtual WAN, 'IPsec policies')"),
    Attack("Machine image of Azure without a disk encryption set", READABLE, (
        az("compute:Image", {**RG, "imageName": "golden", "location": "uaenorth", "tags": TAGS,
            "hyperVGeneration": "V2", "storageProfile": {"osDisk": {
                "osType": "Linux", "osState": "Generalized", "managedDisk": {"id": DISK}}}}),), "major",
        "The copy has platform keys only (Azure, 'Server-side encryption of Azure Disk Storage', images)"),
    Attack("Version of a gallery image without a disk encryption set", READABLE, (
        az("compute:GalleryImageVersion", {**RG, "galleryName": "images", "galleryImageName": "golden",
            "galleryImageVersionName": "1.0.0", "location": "uaenorth", "tags": TAGS,
            "storageProfile": {"source": {"id": f"{GROUP}/providers/Microsoft.Compute/images/golden"}},
            "publishingProfile": {"targetRegions": [{"name": "uaenorth", "regionalReplicaCount": 1}]}}),), "major",
        "Replicas have platform keys only (Azure, 'Use customer-managed keys for encrypting images')"),
    Attack("Data centre of managed Cassandra without customer-managed keys", (*READABLE, "FJ-ESC-115"), (
        az("cosmosdb:CassandraDataCenter", {**RG, "clusterName": "cass", "dataCenterName": "dc1", "properties": {
            "dataCenterLocation": "uaenorth", "nodeCount": 3, "diskSku": "P30", "sku": "Standard_E8s_v4",
            "delegatedSubnetId":
            f"{SUB}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/cass"}}),), "major",
        "Disks and backups have platform keys (Managed Instance for Apache Cassandra, 'Customer-managed keys')"),
    Attack("Self-hosted gateway of API Management accepts TLS 1.0", (*READABLE, "FJ-ESC-115"), (
        az("apimanagement:GatewayHostnameConfiguration", {**RG, "serviceName": "apim", "gatewayId": "dc", "hcId": "h",
            "hostname": "api.example.ae", "certificateId": "cert", "tls10Enabled": True, "tls11Enabled": True}),),
        "major", "Clients can be downgraded (API Management, 'Gateway hostname configuration')"),
    Attack("Broker of IoT Operations listens without TLS", (*READABLE, "FJ-EXP-"), (
        az("iotoperations:BrokerListener", {**RG, "instanceName": "iot", "brokerName": "default",
            "listenerName": "plain", "extendedLocation": {"name": f"{GROUP}/cl", "type": "CustomLocation"},
            "properties": {"serviceType": "LoadBalancer", "ports": [{"port": 1883, "protocol": "Mqtt"}]}}),), "major",
        "Passwords and readings cross the network in clear (Azure IoT Operations, 'Secure MQTT broker')"),
    Attack("Envoy Gateway accepts TLS 1.0", READABLE, (
        crd("gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy", {
            "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "g"}],
            "tls": {"minVersion": "1.0", "maxVersion": "1.2"}}),), "major",
        "Clients can be downgraded (Envoy Gateway, 'ClientTrafficPolicy', tls.minVersion)"),
    Attack("Traefik does not verify the servers behind it", READABLE, (
        crd("traefik.io/v1alpha1:ServersTransport", {"serverName": "loans.internal", "insecureSkipVerify": True}),),
        "major", "Whoever is on the path reads the traffic (Traefik, 'ServersTransport', insecureSkipVerify)"),
    Attack("Targets of VPC Lattice are called over plain HTTP", READABLE, (
        aws("vpclattice/TargetGroup", {"type": "IP", "name": "loans", "tags": TAGS, "config": {
            "port": 80, "protocol": "HTTP", "vpcIdentifier": "vpc-1"}}),), "minor",
        "Requests between the network and the service are in clear (VPC Lattice, 'Target groups')"),
    Attack("Certificate whose private key can be exported", (*READABLE, "FJ-IDN-", "FJ-EXP-"), (
        aws("acm/Certificate", {"domainName": "api.example.ae", "validationMethod": "DNS", "tags": TAGS,
            "options": {"export": "ENABLED"}}),), "minor",
        "Whoever may export it can pretend to be the service (AWS Certificate Manager, 'Exportable certificates')"),
)  # fmt: skip
