"""Attacks on encryption, second blind set: tunnels, scopes, checks that a client skips, and a mesh that is gone around.

Severity stands beside each; the source is the vendor's document that says that the cloud accepts it (2026-11-27).
"""

from ..blind import GROUP, KEY, ME, TAGS, aws, az, crd, k8s, meta, pod, workload
from . import Attack

IN = {"resourceGroupName": "g"}
GATEWAY = f"{GROUP}/providers/Microsoft.Network/virtualNetworkGateways/vpn"
AT = {"resourceGroupName": "g", "location": "uaenorth", "tags": TAGS}

ATTACKS: tuple[Attack, ...] = (
    Attack(  # critical; VPN Gateway, "IPsec/IKE policy": ipsecEncryption None carries the packets in the clear
        "site-to-site tunnel without encryption",
        ("FJ-ENC-",),
        (az("network:VirtualNetworkGatewayConnection", {
            **AT, "virtualNetworkGatewayConnectionName": "dc", "connectionType": "IPsec",
            "virtualNetworkGateway1": {"id": GATEWAY}, "ipsecPolicies": [{
                "dhGroup": "DHGroup14", "ikeEncryption": "AES256", "ikeIntegrity": "SHA256", "ipsecEncryption": "None",
                "ipsecIntegrity": "SHA256", "pfsGroup": "None", "saDataSizeKilobytes": 102400000,
                "saLifeTimeSeconds": 3600}]}),),
    ),
    Attack(  # medium; Site-to-Site VPN, "Tunnel options": IKEv1, SHA-1 and a group of 1,024 bits
        "VPN with IKEv1, SHA-1 and a group of 1,024 bits",
        ("FJ-ENC-",),
        (aws("ec2/VpnConnection", {
            "customerGatewayId": "cgw-1", "type": "ipsec.1", "transitGatewayId": "tgw-1", "tags": TAGS,
            "tunnel1IkeVersions": ["ikev1"], "tunnel1Phase1DhGroupNumbers": [2], "tunnel1Phase2DhGroupNumbers": [2],
            "tunnel1Phase1IntegrityAlgorithms": ["SHA1"], "tunnel1Phase2IntegrityAlgorithms": ["SHA1"],
            "tunnel1Phase1EncryptionAlgorithms": ["AES128"], "tunnel1Phase2EncryptionAlgorithms": ["AES128"]}),),
    ),
    Attack(  # high; Azure Storage, "Encryption scopes": a scope of Microsoft's key overrides the account's key
        "encryption scope with Microsoft's key in an account with a key of one's own",
        ("FJ-ENC-",),
        (az("storage:EncryptionScope", {**IN, "accountName": "st", "encryptionScopeName": "s", "state": "Enabled",
                                        "source": "Microsoft.Storage"}),),
    ),
    Attack(  # high; Azure SQL, "Transparent data encryption": state Disabled stores the database in the clear
        "database of SQL whose files are not encrypted",
        ("FJ-ENC-",),
        (az("sql:TransparentDataEncryption", {**IN, "serverName": "s", "databaseName": "d", "tdeName": "current",
                                              "state": "Disabled"}),),
    ),
    Attack(  # high; Athena, "Override client-side settings": clients say where and how results are stored
        "workgroup of Athena whose clients choose the place and the key of results",
        ("FJ-ENC-111", "FJ-RES-106"),
        (aws("athena/Workgroup", {"name": "w", "tags": TAGS, "configuration": {
            "enforceWorkgroupConfiguration": False, "resultConfiguration": {
                "outputLocation": "s3://results/", "expectedBucketOwner": ME, "encryptionConfiguration": {
                    "encryptionOption": "SSE_KMS", "kmsKeyArn": KEY}}}}),),
    ),
    Attack(  # high; Storage Gateway, "SMB security level": ClientSpecified takes SMB 1 without signing and encryption
        "file gateway that takes SMB without encryption",
        ("FJ-ENC-",),
        (aws("storagegateway/Gateway", {
            "gatewayName": "g", "gatewayTimezone": "GMT+4:00", "gatewayType": "FILE_S3", "gatewayIpAddress": "10.0.0.9",
            "smbSecurityStrategy": "ClientSpecified", "tags": TAGS}),),
    ),
    Attack(  # high; Kubernetes, "APIService": insecureSkipTLSVerify lets anybody on the path answer for the API
        "API service whose certificate nobody verifies",
        ("FJ-ENC-", "FJ-EXP-329"),
        (k8s("apiregistration.k8s.io/v1:APIService", {
            "metadata": {"name": "v1beta1.custom.metrics.k8s.io", "labels": TAGS}, "spec": {
                "group": "custom.metrics.k8s.io", "version": "v1beta1", "insecureSkipTLSVerify": True,
                "service": {"name": "adapter", "namespace": "monitoring"}, "groupPriorityMinimum": 100,
                "versionPriority": 100}}),),
    ),
    Attack(  # high; Istio, "Resource annotations": traffic of these ports goes around the sidecar, in the clear
        "pods whose traffic to the database goes around the mesh",
        ("FJ-ENC-",),
        (k8s("apps/v1:Deployment", {"metadata": meta(), "spec": {
            "replicas": 2, "selector": {"matchLabels": {"app": "x"}}, "template": {
                "metadata": {"labels": {**TAGS, "app": "x"}, "annotations": {
                    "traffic.sidecar.istio.io/excludeOutboundPorts": "5432",
                    "traffic.sidecar.istio.io/excludeInboundPorts": "8080"}}, "spec": pod({})}}}),),
    ),
    Attack(  # high; PostgreSQL, "libpq environment variables", and Node.js: no TLS, or a certificate of anybody
        "pod that talks to its database without TLS and verifies no certificate",
        ("FJ-ENC-",),
        (workload("apps/v1:Deployment", {"env": [{"name": "PGSSLMODE", "value": "disable"},
                                                 {"name": "NODE_TLS_REJECT_UNAUTHORIZED", "value": "0"}]}),),
    ),
    Attack(  # medium; Traefik, "ServersTransport": insecureSkipVerify takes any certificate of the backend
        "transport of Traefik that verifies no certificate",
        ("FJ-ENC-",),
        (crd("traefik.io/v1alpha1:ServersTransport", {"insecureSkipVerify": True}),),
    ),
)  # fmt: skip
