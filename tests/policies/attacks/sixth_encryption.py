"""Attacks on encryption, at rest and in transit, by values and places that few rules name (2026-11-28)."""

from ..blind import GROUP, KEY, ME, TAGS, aws, az, crd, k8s, meta
from . import Attack

ENC = ("FJ-ENC-", "FJ-EXP-", "FJ-ESC-")
R = "me-central-1"
RG = {"resourceGroupName": "rg-platform"}
HERE = {**RG, "location": "uaenorth", "tags": TAGS}
OURS = f"{GROUP}/providers/Microsoft"
WIRE = "who is between the two reads what they say"
CA = ("LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJVekNCK3FBREFnRUNBZ0VCTUFvR0NDcUdTTTQ5QkFNQ01BOHhEVEFMQmdOVkJBTVRC"
      "SFZ6TFhneApMUzB0TFMxRlRrUWdRMFZTVkVsR1NVTkJWRVV0TFMwdExRPT0K")  # fmt: skip

ATTACKS = (
    Attack("a group of parameters of MySQL accepts TLS 1.0", ENC, (aws("rds/ParameterGroup", {
        "family": "mysql8.0", "name": "orders", "tags": TAGS, "parameters": [
            {"name": "require_secure_transport", "value": "1"},
            {"name": "tls_version", "value": "TLSv1,TLSv1.1,TLSv1.2"}]}),), "major", WIRE),
    Attack("passwords of PostgreSQL are kept as MD5", ENC, (aws("rds/ParameterGroup", {
        "family": "postgres16", "name": "orders", "tags": TAGS, "parameters": [
            {"name": "rds.force_ssl", "value": "1"}, {"name": "password_encryption", "value": "md5"},
            {"name": "rds.accepted_password_auth_method", "value": "md5+scram"}]}),),
        "minor", "hashes from a dump are broken in minutes"),
    Attack("PostgreSQL of Azure accepts TLS 1.0", ENC, (az("dbforpostgresql:Configuration", {
        **RG, "serverName": "pg", "configurationName": "ssl_min_protocol_version", "source": "user-override",
        "value": "TLSv1"}),), "major", WIRE),
    Attack("a cache prefers encryption and does not insist", ENC, (aws("elasticache/ReplicationGroup", {
        "replicationGroupId": "sessions", "description": "sessions", "engine": "valkey", "engineVersion": "8.1",
        "nodeType": "cache.t4g.small", "numCacheClusters": 2, "automaticFailoverEnabled": True, "multiAzEnabled": True,
        "atRestEncryptionEnabled": True, "kmsKeyId": KEY, "transitEncryptionEnabled": True,
        "transitEncryptionMode": "preferred", "userGroupIds": ["app"], "subnetGroupName": "db", "tags": TAGS}),),
        "major", "clients without TLS are served"),
    Attack("a file system is encrypted with the cloud's key by its alias", ENC, (aws("efs/FileSystem", {
        "creationToken": "files", "encrypted": True, "tags": TAGS,
        "kmsKeyId": f"arn:aws:kms:{R}:{ME}:alias/aws/elasticfilesystem"}, protect=True), aws(
            "efs/BackupPolicy", {"fileSystemId": "fs-1", "backupPolicy": {"status": "ENABLED"}}, "backup",
            links={"fileSystemId": ("it",)})),
        "major", "nobody can revoke the key or see who used it"),
    Attack("a key rotates every seven years", ENC, (aws("kms/Key", {
        "enableKeyRotation": True, "rotationPeriodInDays": 2560, "deletionWindowInDays": 30, "tags": TAGS}),),
        "minor", "one key decrypts seven years of data"),
    Attack("an API trusts client certificates of an authority in an unlisted bucket", (*ENC, "FJ-RES-", "FJ-IDN-"), (
        aws("apigateway/DomainName", {
            "domainName": "api.example.ae", "endpointConfiguration": {"types": "REGIONAL"}, "tags": TAGS,
            "regionalCertificateArn": f"arn:aws:acm:{R}:{ME}:certificate/11111111-2222-3333-4444-555555555555",
            "securityPolicy": "TLS_1_2", "mutualTlsAuthentication": {"truststoreUri": "s3://their-lake/ca.pem"}}),),
        "critical", "who owns the bucket issues certificates of every client"),
    Attack("a tunnel has a key that anybody guesses", ENC, (aws("ec2/VpnConnection", {
        "customerGatewayId": "cgw-1", "transitGatewayId": "tgw-1", "type": "ipsec.1", "tags": TAGS, **{
            f"tunnel{number}{key}": value for number in (1, 2) for key, value in {
                "PresharedKey": "example_12345678", "IkeVersions": ["ikev2"],
                "Phase1DhGroupNumbers": [20], "Phase2DhGroupNumbers": [20],
                "Phase1EncryptionAlgorithms": ["AES256-GCM-16"], "Phase2EncryptionAlgorithms": ["AES256-GCM-16"],
                "Phase1IntegrityAlgorithms": ["SHA2-384"], "Phase2IntegrityAlgorithms": ["SHA2-384"]}.items()}}),),
        "major", "who guesses the key is the other end"),
    Attack("the traffic between apps of an environment is in plaintext", ENC, (az("app:ManagedEnvironment", {
        **HERE, "environmentName": "env", "zoneRedundant": True, "publicNetworkAccess": "Disabled",
        "vnetConfiguration": {"internal": True, "infrastructureSubnetId":
                              f"{OURS}.Network/virtualNetworks/v/subnets/s"},
        "peerAuthentication": {"mtls": {"enabled": False}},
        "peerTrafficConfiguration": {"encryption": {"enabled": False}},
        "workloadProfiles": [{"name": "Consumption", "workloadProfileType": "Consumption"}]}),), "major", WIRE),
    Attack("the deployment site of an app accepts TLS 1.0", ENC, (az("web:WebApp", {
        **HERE, "name": "portal", "httpsOnly": True, "identity": {"type": "SystemAssigned"}, "kind": "app,linux",
        "publicNetworkAccess": "Disabled", "virtualNetworkSubnetId": f"{OURS}.Network/virtualNetworks/v/subnets/s",
        "siteConfig": {
            "minTlsVersion": "1.2", "scmMinTlsVersion": "1.0", "ftpsState": "Disabled", "http20Enabled": True,
            "minTlsCipherSuite": "TLS_RSA_WITH_AES_128_CBC_SHA", "linuxFxVersion": "PYTHON|3.13"}}),
        az("web:WebAppFtpAllowed", {**RG, "name": "portal", "allow": False}, "ftp", links={"name": ("it",)}),
        az("web:WebAppScmAllowed", {**RG, "name": "portal", "allow": False}, "scm", links={"name": ("it",)}),
        az("web:WebAppAuthSettingsV2", {**RG, "name": "portal", "platform": {"enabled": True}, "globalValidation": {
            "requireAuthentication": True, "unauthenticatedClientAction": "Return401"}, "httpSettings": {
                "requireHttps": True}, "identityProviders": {"azureActiveDirectory": {"enabled": True, "registration": {
                    "clientId": "c", "openIdIssuer":
                        "https://login.microsoftonline.com/00000000-1111-2222-3333-444444444444/v2.0"}}}}, "auth",
           links={"name": ("it",)})), "major", "the password of the deployment goes over broken encryption"),
    Attack("nodes of AKS trust an authority of a stranger", ENC, (az("containerservice:ManagedCluster", {
        **HERE, "resourceName": "aks", "dnsPrefix": "aks", "kubernetesVersion": "1.34", "enableRBAC": True,
        "identity": {"type": "UserAssigned", "userAssignedIdentities": [
            f"{OURS}.ManagedIdentity/userAssignedIdentities/aks"]}, "disableLocalAccounts": True,
        "diskEncryptionSetID": f"{OURS}.Compute/diskEncryptionSets/des",
        "sku": {"name": "Base", "tier": "Standard"}, "aadProfile": {"managed": True, "enableAzureRBAC": True},
        "apiServerAccessProfile": {"enablePrivateCluster": True, "enablePrivateClusterPublicFQDN": False},
        "networkProfile": {"networkPlugin": "azure", "networkPolicy": "cilium", "networkDataplane": "cilium",
                           "outboundType": "userDefinedRouting"},
        "oidcIssuerProfile": {"enabled": True}, "securityProfile": {
            "workloadIdentity": {"enabled": True}, "customCATrustCertificates": [CA], "azureKeyVaultKms": {
                "enabled": True, "keyId": "https://kv-bank.vault.azure.net/keys/k/0123456789abcdef0123456789abcdef",
                "keyVaultNetworkAccess": "Private", "keyVaultResourceId": f"{OURS}.KeyVault/vaults/kv-bank"}},
        "agentPoolProfiles": [{"name": "system", "mode": "System", "count": 3, "vmSize": "Standard_D4ds_v5",
                               "enableEncryptionAtHost": True, "osDiskType": "Ephemeral", "enableNodePublicIP": False,
                               "availabilityZones": ["1", "2", "3"],
                               "vnetSubnetID": f"{OURS}.Network/virtualNetworks/v/subnets/s", "tags": TAGS}]}, "aks"),),
        "critical", "who has the key is every registry and every vault for the nodes"),
    Attack("volumes of a class are shares of NFS without encryption", ENC, (k8s("storage.k8s.io/v1:StorageClass", {
        "metadata": {"name": "shared", "labels": TAGS}, "provisioner": "file.csi.azure.com", "parameters": {
            "protocol": "nfs", "skuName": "Premium_ZRS", "resourceGroup": "rg-platform", "storageAccount": "stfiles"},
        "mountOptions": ["nconnect=4", "actimeo=30"]}),), "major", "files cross the network in plaintext"),
    Attack("a rule of CloudNativePG is for clients without TLS", ENC, (crd("postgresql.cnpg.io/v1:Cluster", {
        "instances": 3, "storage": {"size": "20Gi"}, "enableSuperuserAccess": False, "postgresql": {
            "pg_hba": ["hostnossl all all 10.0.0.0/8 scram-sha-256"]}}),), "major", WIRE),
    Attack("a gateway of the mesh offers 3DES", ENC, (crd("networking.istio.io/v1:Gateway", {
        "selector": {"istio": "ingressgateway"}, "servers": [{
            "port": {"number": 443, "name": "https", "protocol": "HTTPS"}, "hosts": ["portal.example.ae"],
            "tls": {"mode": "SIMPLE", "credentialName": "portal", "minProtocolVersion": "TLSV1_2",
                    "cipherSuites": ["DES-CBC3-SHA", "AES128-SHA"]}}]}),), "minor", WIRE),
    Attack("the controller of ingresses accepts TLS 1.0 by its settings", ENC, (k8s("core/v1:ConfigMap", {
        "metadata": meta("ingress-nginx-controller", "ingress-nginx"), "data": {
            "ssl-protocols": "TLSv1 TLSv1.1 TLSv1.2", "ssl-ciphers": "ALL:@SECLEVEL=0",
            "allow-snippet-annotations": "true", "annotations-risk-level": "Critical"}}),), "major", WIRE),
)  # fmt: skip
