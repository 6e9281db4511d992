"""Good idioms of stacks that cross Azure, AWS, the data centre and their clusters, as whole plans (set 20, blind)."""

from ..blind import KEY, ME, TAGS, aws, az, document, k8s, meta, statement
from ..harness import UNKNOWN
from . import Idiom
from .aws_platform import bucket
from .eleventh_charts import CLOSED, SMALL, inside
from .fifteenth_work import SCRATCH, SCRATCH_MOUNTS
from .fourth import HERE, ID, KEY_URL, OURS, RG, R
from .fourth_kubernetes import AZURE_BUDGET
from .fourth_kubernetes import BUDGET as AWS_BUDGET
from .kubernetes import on_aks
from .nineteenth_azure import POOL
from .ninth_aws import arn
from .ninth_azure import CLIENT, LOGS, TENANT
from .sixteenth_stores import reached
from .sixth_azure import endpoint
from .thirteenth_azure import USER
from .thirteenth_cluster_access import account
from .twelfth_aws_platform import rights
from .twelfth_azure_platform import VAULT, audit, granted
from .twelfth_charts import POD, mirrored, ours
from .twentieth_goodb_charts import namespace
from .twentieth_goodb_clouds import BLOBS, ENDED, PULL, READER, deployment
from .twentieth_goodb_data import GPU, TAINTED

IDIOMS: tuple[Idiom, ...] = (
    Idiom("an app of AKS has secrets of its vault by workload identity, and no password in the cluster", (
        *on_aks(*namespace("claims"),
            k8s("core/v1:ServiceAccount", {"metadata": meta("claims", "claims", annotations={
                "azure.workload.identity/client-id": CLIENT, "azure.workload.identity/tenant-id": TENANT,
                "azure.workload.identity/service-account-token-expiration": "3600"}),
                "automountServiceAccountToken": False}, "claims-account"),
            inside("secrets-store.csi.x-k8s.io/v1:SecretProviderClass", "claims", {"provider": "azure", "parameters": {
                "usePodIdentity": "false", "useVMManagedIdentity": "false", "clientID": CLIENT, "tenantId": TENANT,
                "keyvaultName": "kv-claims", "cloudName": "AzurePublicCloud", "objects":
                "array:\n  - |\n    objectName: database\n    objectType: secret\n  - |\n    objectName: claims-tls\n"
                "    objectType: secret\n    objectFormat: pem\n    filePermission: 0440\n"}}, "claims"),
            *deployment("claims", "claims", labels={"azure.workload.identity/use": "true"}, volumeMounts=[
                *SCRATCH_MOUNTS, {"name": "secrets", "mountPath": "/secrets", "readOnly": True}], pod={"volumes": [
                    *SCRATCH, {"name": "secrets", "csi": {"driver": "secrets-store.csi.k8s.io", "readOnly": True,
                                                          "volumeAttributes": {"secretProviderClass": "claims"}}}]})),
        az("keyvault:Vault", {
            **HERE, "vaultName": "kv-claims", "properties": {
                "tenantId": TENANT, "sku": {"family": "A", "name": "premium"}, "enableRbacAuthorization": True,
                "enablePurgeProtection": True, "enableSoftDelete": True, "softDeleteRetentionInDays": 90,
                "publicNetworkAccess": "disabled", "networkAcls": {"bypass": "None", "defaultAction": "Deny"},
                "enabledForDeployment": False, "enabledForTemplateDeployment": False}}, "vault", protect=True),
        endpoint("claims", f"{OURS}.KeyVault/vaults/kv-claims", "vault"),
        audit("vault", f"{OURS}.KeyVault/vaults/kv-claims"),
        az("managedidentity:UserAssignedIdentity", {**HERE, "resourceName": "claims"}, "identity"),
        az("managedidentity:FederatedIdentityCredential", {
            **RG, "resourceName": UNKNOWN, "federatedIdentityCredentialResourceName": "claims", "issuer": UNKNOWN,
            "subject": "system:serviceaccount:claims:claims", "audiences": ["api://AzureADTokenExchange"]}, "federated",
            links={"resourceName": ("identity",), "issuer": ("aks",)}),
        granted("reads", f"{OURS}.KeyVault/vaults/kv-claims", READER)),
        "learn.microsoft.com/azure/aks/csi-secrets-store-identity-access; .../workload-identity-overview, as known",
        {**ours(), **ENDED}),
    Idiom("images of AKS come from a premium registry with quarantine, a key and an endpoint of the network", (
        *on_aks(*namespace("quotes"), account("quotes", "quotes"), *deployment("quotes", "quotes", 3, volumeMounts=
            SCRATCH_MOUNTS, image=f"crquotes.azurecr.io/quotes@sha256:{'e' * 64}", pod={"volumes": SCRATCH}),
            k8s("core/v1:Service", {"metadata": meta("quotes", "quotes", annotations={
                "service.beta.kubernetes.io/azure-load-balancer-internal": "true",
                "service.beta.kubernetes.io/azure-load-balancer-internal-subnet": "balancers",
                "service.beta.kubernetes.io/azure-load-balancer-health-probe-request-path": "/ready"}), "spec": {
                    "type": "LoadBalancer", "externalTrafficPolicy": "Local", "selector": {"app": "quotes"},
                    "loadBalancerSourceRanges": ["10.0.0.0/8"], "ports": [{"name": "https", "port": 443, "targetPort":
                                                                           "https", "appProtocol": "https"}]}},
                "quotes-service")),
        az("containerregistry:Registry", {
            **HERE, "registryName": "crquotes", "sku": {"name": "Premium"}, "identity": {
                "type": "UserAssigned", "userAssignedIdentities": {ID: {}}}, "adminUserEnabled": False,
            "anonymousPullEnabled": False, "dataEndpointEnabled": True, "publicNetworkAccess": "Disabled",
            "networkRuleBypassOptions": "None", "zoneRedundancy": "Enabled", "encryption": {
                "status": "enabled", "keyVaultProperties": {"identity": CLIENT, "keyIdentifier":
                                                            KEY_URL.rpartition("/")[0]}},
            "policies": {"quarantinePolicy": {"status": "disabled"}, "retentionPolicy": {"status": "enabled", "days":
                30},
                         "exportPolicy": {"status": "disabled"}, "azureADAuthenticationAsArmPolicy": {
                             "status": "enabled"}, "softDeletePolicy": {"status": "disabled"}}}, "registry",
                                 protect=True),
        endpoint("crquotes", f"{OURS}.ContainerRegistry/registries/crquotes", "registry"),
        audit("registry", f"{OURS}.ContainerRegistry/registries/crquotes"),
        granted("pulls", f"{OURS}.ContainerRegistry/registries/crquotes", PULL),
        az("privatedns:PrivateZone", {**RG, "privateZoneName": "privatelink.azurecr.io", "location": "Global", "tags":
            TAGS},
           "zone"),
        az("privatedns:VirtualNetworkLink", {
            **RG, "privateZoneName": UNKNOWN, "virtualNetworkLinkName": "spoke", "location": "Global",
            "registrationEnabled": False, "virtualNetwork": {"id": f"{OURS}.Network/virtualNetworks/spoke"}, "tags":
                TAGS},
            "link", links={"privateZoneName": ("zone",)})),
        "learn.microsoft.com/azure/container-registry/container-registry-best-practices; .../private-link, as known",
        {**ours(), **ENDED}),
    Idiom("vLLM of AKS answers on a pool of H100 that may be empty, with its model in a container of blobs", (
        *on_aks(*namespace("models"),
            k8s("core/v1:ServiceAccount", {"metadata": meta("chat", "models", annotations={
                "azure.workload.identity/client-id": CLIENT}), "automountServiceAccountToken": False}, "chat-account"),
            k8s("core/v1:PersistentVolume", {"metadata": {"name": "models", "labels": TAGS}, "spec": {
                "capacity": {"storage": "200Gi"}, "accessModes": ["ReadOnlyMany"], "persistentVolumeReclaimPolicy":
                "Retain", "storageClassName": "blobs", "mountOptions": ["-o allow_other", "--attr-timeout=240"],
                    "csi": {
                    "driver": "blob.csi.azure.com", "readOnly": True, "volumeHandle": "rg-platform#stmodels#models",
                    "volumeAttributes": {"resourceGroup": "rg-platform", "storageAccount": "stmodels", "containerName":
                                         "models", "protocol": "fuse2", "AzureStorageAuthType": "MSI",
                                         "AzureStorageIdentityClientID": CLIENT}}}}, "volume"),
            k8s("core/v1:PersistentVolumeClaim", {"metadata": meta("models", "models"), "spec": {
                "accessModes": ["ReadOnlyMany"], "storageClassName": "blobs", "volumeName": "models", "resources": {
                    "requests": {"storage": "200Gi"}}}}, "claim"),
            *deployment("chat", "models", 1, resources=GPU, args=[
                "--model=/models/falcon-h1", "--port=8443", "--ssl-certfile=/tls/tls.crt", "--ssl-keyfile=/tls/tls.key",
                "--max-model-len=16384", "--disable-log-requests"], env=[
                    {"name": "VLLM_API_KEY", "valueFrom": {"secretKeyRef": {"name": "chat", "key": "api-key"}}},
                    {"name": "VLLM_NO_USAGE_STATS", "value": "1"}, {"name": "HF_HUB_OFFLINE", "value": "1"}],
                labels={"azure.workload.identity/use": "true"}, volumeMounts=[
                    *SCRATCH_MOUNTS, {"name": "models", "mountPath": "/models", "readOnly": True},
                    {"name": "tls", "mountPath": "/tls", "readOnly": True}], pod={"tolerations": TAINTED, "volumes": [
                        *SCRATCH, {"name": "models", "persistentVolumeClaim": {"claimName": "models", "readOnly":
                            True}},
                        {"name": "tls", "secret": {"secretName": "chat-tls"}}]}),
            reached("chat", "models", {"app": "chat"}, 8443, "assistants")),
        az("containerservice:AgentPool", {
            **RG, "resourceName": UNKNOWN, "agentPoolName": "h100", **POOL, "mode": "User", "vmSize":
            "Standard_NC40ads_H100_v5", "count": 1, "minCount": 0, "maxCount": 2, "availabilityZones": ["1"],
            "nodeTaints": ["nvidia.com/gpu=present:NoSchedule"], "nodeLabels": {"falaj.io/workload-profile": "gpu"},
            "scaleDownMode": "Delete"}, "h100", links={"resourceName": ("aks",)}),
        az("storage:StorageAccount", {
            **HERE, "accountName": "stmodels", "kind": "StorageV2", "sku": {"name": "Standard_ZRS"}, **USER,
            "allowBlobPublicAccess": False, "allowSharedKeyAccess": False, "defaultToOAuthAuthentication": True,
            "minimumTlsVersion": "TLS1_2", "enableHttpsTrafficOnly": True, "publicNetworkAccess": "Disabled",
            "allowCrossTenantReplication": False, "allowedCopyScope": "PrivateLink", "isLocalUserEnabled": False,
            "networkRuleSet": {"defaultAction": "Deny", "bypass": "None"}, "encryption": {
                "keySource": "Microsoft.Keyvault", "requireInfrastructureEncryption": True, "encryptionIdentity": {
                    "encryptionUserAssignedIdentity": ID}, "keyVaultProperties": {
                        "keyName": VAULT["keyName"], "keyVaultUri": VAULT["keyVaultUri"]}}}, "store", protect=True),
        az("storage:BlobServiceProperties", {
            **RG, "accountName": UNKNOWN, "blobServicesName": "default", "isVersioningEnabled": True, "changeFeed": {
                "enabled": True}, "deleteRetentionPolicy": {"enabled": True, "days": 30},
                    "containerDeleteRetentionPolicy":
            {"enabled": True, "days": 30}}, "blobs", links={"accountName": ("store",)}),
        az("storage:ManagementPolicy", {**RG, "accountName": UNKNOWN, "managementPolicyName": "default", "policy": {
            "rules": [{"name": "old", "enabled": True, "type": "Lifecycle", "definition": {
                "filters": {"blobTypes": ["blockBlob"]}, "actions": {"version": {"delete": {
                    "daysAfterCreationGreaterThan": 90}}}}}]}}, "life", links={"accountName": ("store",)}),
        endpoint("stmodels", f"{OURS}.Storage/storageAccounts/stmodels", "blob"),
        az("monitor:DiagnosticSetting", {
            "name": "audit", "resourceUri": f"{OURS}.Storage/storageAccounts/stmodels/blobServices/default",
                "workspaceId":
            LOGS, "logs": [{"categoryGroup": "allLogs", "enabled": True}]}, "audit-store"),
        granted("reads", f"{OURS}.Storage/storageAccounts/stmodels", BLOBS)),
        "learn.microsoft.com/azure/aks/azure-blob-csi; .../aks/gpu-cluster; docs.vllm.ai, as known on 2026-11-30",
        {**ours(), **ENDED}),
    Idiom("Velero of the data centre keeps a second copy of its namespaces in the bank's bucket of AWS", (
        AWS_BUDGET, *bucket("bank-backups"),
        aws("s3/BucketObjectLockConfiguration", {"bucket": UNKNOWN, "rule": {"defaultRetention": {
            "mode": "GOVERNANCE", "days": 30}}}, "kept", links={"bucket": ("bucket",)}),
        aws("rolesanywhere/TrustAnchor", {"name": "dc1", "enabled": True, "tags": TAGS, "source": {
            "sourceType": "AWS_ACM_PCA", "sourceData": {"acmPcaArn": arn(
                "acm-pca", "certificate-authority/11111111-2222-3333-4444-555555555555")}}}, "anchor"),
        aws("iam/Role", {"name": "velero-dc1", "tags": TAGS, "maxSessionDuration": 3600, "assumeRolePolicy": document({
            "Effect": "Allow", "Principal": {"Service": "rolesanywhere.amazonaws.com"}, "Action": [
                "sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"], "Condition": {
                    "StringEquals": {"aws:PrincipalTag/x509Subject/CN": "velero.dc1.bank.ae", "aws:SourceAccount": ME},
                    "ArnEquals": {"aws:SourceArn": arn("rolesanywhere",
                                                       "trust-anchor/11111111-2222-3333-4444-555555555555")}}})},
            "velero-dc1"),
        rights("velero-dc1", statement(["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload",
                                        "s3:ListMultipartUploadParts"], "arn:aws:s3:::bank-backups/dc1/*"),
               statement("s3:ListBucket", "arn:aws:s3:::bank-backups", {"StringLike": {"s3:prefix": ["dc1/*"]}}),
               statement(["kms:Decrypt", "kms:GenerateDataKey"], KEY)),
        aws("rolesanywhere/Profile", {"name": "velero", "enabled": True, "roleArns": [UNKNOWN], "durationSeconds": 3600,
                                      "tags": TAGS}, "profile", links={"roleArns": ("velero-dc1",)}),
        inside("velero.io/v1:BackupStorageLocation", "aws", {
            "provider": "aws", "accessMode": "ReadWrite", "default": False, "backupSyncPeriod": "1h",
            "validationFrequency": "10m", "objectStorage": {"bucket": "bank-backups", "prefix": "dc1"}, "credential": {
                "name": "velero-aws", "key": "cloud"}, "config": {
                    "region": R, "serverSideEncryption": "aws:kms", "kmsKeyId": KEY, "checksumAlgorithm": "CRC32"}},
            "velero"),
        inside("velero.io/v1:Schedule", "weekly", {
            "schedule": "0 22 * * 5", "skipImmediately": False, "paused": False, "useOwnerReferencesInBackup": False,
            "template": {"ttl": "2160h", "storageLocation": "aws", "includedNamespaces": ["payments", "lending"],
                         "snapshotMoveData": True, "snapshotVolumes": True, "includeClusterResources": False,
                         "excludedResources": ["events", "pods"], "itemOperationTimeout": "4h"}}, "velero")),
        "velero.io/docs/v1.17/api-types; docs.aws.amazon.com/rolesanywhere/latest/userguide, as known",
        {**ours(), **ENDED}),
    Idiom("a cluster of the data centre takes secrets of an Azure vault by a certificate, over the private line", (
        AZURE_BUDGET,
        az("keyvault:Vault", {
            **HERE, "vaultName": "kv-dc1", "properties": {
                "tenantId": TENANT, "sku": {"family": "A", "name": "standard"}, "enableRbacAuthorization": True,
                "enablePurgeProtection": True, "enableSoftDelete": True, "softDeleteRetentionInDays": 90,
                "publicNetworkAccess": "disabled", "networkAcls": {"bypass": "None", "defaultAction": "Deny"}}},
                    "vault",
            protect=True),
        az("keyvault:Secret", {**RG, "vaultName": UNKNOWN, "secretName": "partner-token", "tags": TAGS, "properties": {
            "attributes": {"enabled": True, "expires": 1798675200}, "contentType": "token", "value": UNKNOWN}},
                "secret",
            links={"vaultName": ("vault",)}),
        endpoint("dc1", f"{OURS}.KeyVault/vaults/kv-dc1", "vault"), audit("vault", f"{OURS}.KeyVault/vaults/kv-dc1"),
        granted("reads", f"{OURS}.KeyVault/vaults/kv-dc1", READER), *namespace("partners"),
        inside("external-secrets.io/v1:SecretStore", "azure", {"provider": {"azurekv": {
            "authType": "ServicePrincipal", "vaultUrl": "https://kv-dc1.vault.azure.net", "tenantId": TENANT,
            "environmentType": "PublicCloud", "authSecretRef": {
                "clientId": {"name": "azure-app", "key": "client-id"}, "clientCertificate": {
                    "name": "azure-app", "key": "tls.pem"}}}}}, "partners"),
        inside("external-secrets.io/v1:ExternalSecret", "partner", {
            "refreshInterval": "1h", "secretStoreRef": {"kind": "SecretStore", "name": "azure"}, "target": {
                "name": "partner", "creationPolicy": "Owner", "deletionPolicy": "Delete"}, "data": [{
                    "secretKey": "token", "remoteRef": {"key": "secret/partner-token"}}]}, "partners"),
        account("partners", "partners"), *deployment("partners", "partners", volumeMounts=[
            *SCRATCH_MOUNTS, {"name": "token", "mountPath": "/token", "readOnly": True}], pod={"volumes": [
                *SCRATCH, {"name": "token", "secret": {"secretName": "partner", "defaultMode": 288}}]}),
        mirrored("reloader", "2.2.4", {"reloader": {
            "reloadStrategy": "annotations", "watchGlobally": False, "autoReloadAll": False, "enableHA": True,
            "readOnlyRootFileSystem": True, "logFormat": "json", "deployment": {
                "replicas": 2, "image": {"name": "registry.bank.ae/stakater/reloader", "tag": "v1.4.9"}, "resources":
                    SMALL,
                "labels": TAGS, "pod": {}, "securityContext": POD, "containerSecurityContext": CLOSED}, "podMonitor": {
                    "enabled": True}}}, "partners")),
        "external-secrets.io/latest/provider/azure-key-vault; learn.microsoft.com/azure/key-vault/general/private-link-"
        "service, as known on 2026-11-30", {**ours(), **ENDED}),
)  # fmt: skip
