"""Good idioms on Azure and of clusters after the mends for the twenty-second set, written before any run."""

from ..blind import TAGS, az, k8s, meta
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .azure_platform import lock
from .eleventh_charts import inside
from .fifteenth_work import SCRATCH, SCRATCH_MOUNTS, pod
from .fourth import HERE, ID, KEY_URL, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .nineteenth_azure_data import INIT, counted
from .ninth_azure import CLIENT, LOGS, TENANT
from .sixteenth_stores import password, reached
from .sixth_azure import endpoint
from .thirteenth_azure import ADMINS, DISKS, GALLERY, USER, settings
from .thirteenth_cluster_access import account
from .twelfth_azure_platform import CLOSED, OWN, audit, granted
from .twelfth_charts import LARGE, ours
from .twentieth_goodb_charts import approved, merged, namespace, web
from .twenty_first_xazure import AVM, zone_link
from .twenty_first_xcharts import CLAIM, leaving
from .twenty_first_xclusters import app

SITE, MYSQL = f"{OURS}.Web/sites/logic-letters", f"{OURS}.DBforMySQL/flexibleServers/mysql-shop"
TOPIC, REDIS = f"{OURS}.EventGrid/topics/evgt-orders", f"{OURS}.Cache/redisEnterprise/amr-carts"
VM = f"{OURS}.Compute/virtualMachines/vm-jump"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("letters are flows of Logic Apps in a plan of three zones, reached in the network, with their store closed", (
        AZURE_BUDGET,
        az("web:AppServicePlan", {**HERE, "name": "asp-letters", "kind": "elastic", "zoneRedundant": True, "sku": {
            "name": "WS1", "tier": "WorkflowStandard", "capacity": 3}}, "plan"),
        az("web:WebApp", {
            **HERE, "name": "logic-letters", "kind": "functionapp,workflowapp", "serverFarmId": UNKNOWN, **USER,
                "httpsOnly":
            True, **CLOSED, "keyVaultReferenceIdentity": ID, "virtualNetworkSubnetId": f"{VNET}/subnets/flows",
            "outboundVnetRouting": {"allTraffic": True, "contentShareTraffic": True}, "clientAffinityEnabled": False,
            "siteConfig": {"minTlsVersion": "1.3", "scmMinTlsVersion": "1.3", "ftpsState": "Disabled",
                "http20Enabled": True,
                           "netFrameworkVersion": "v10.0", "appSettings": [{"name": name, "value": value} for name,
                               value in (
                ("FUNCTIONS_EXTENSION_VERSION", "~4"), ("FUNCTIONS_WORKER_RUNTIME", "dotnet"), ("APP_KIND",
                    "workflowApp"),
                ("AzureWebJobsStorage__accountName", "stbank"), ("AzureWebJobsStorage__credential", "managedidentity"),
                ("AzureWebJobsStorage__managedIdentityResourceId", ID))]}}, "site", protect=True, links={
                    "serverFarmId": ("plan",)}),
        *(az(f"web:WebApp{part}Allowed", {**RG, "name": "logic-letters", "allow": False}, part.lower(), links={
            "name": ("site",)}) for part in ("Scm", "Ftp")),
        endpoint("logic-letters", SITE, "sites"), audit("site", SITE), granted(
            "store", f"{OURS}.Storage/storageAccounts/stbank", "ba92f5b4-2d11-453d-a403-e96b0029c9fe")),
        f"{LEARN}/logic-apps/create-single-tenant-workflows-azure-portal; .../secure-single-tenant-workflow, as known",
        merged(OWN, unpriced("azure-native:web:AppServicePlan::plan"))),
    Idiom("the shop's MySQL has two zones, asks for TLS, is opened by Entra in the network and writes its audit", (
        AZURE_BUDGET,
        az("dbformysql:Server", {
            **HERE, "serverName": "mysql-shop", "version": "8.0.21", "createMode": "Default", "availabilityZone": "1",
                "sku": {
                "name": "Standard_D4ads_v5", "tier": "GeneralPurpose"}, "storage": {
                    "storageSizeGB": 128, "autoGrow": "Enabled", "autoIoScaling": "Enabled"}, "highAvailability": {
                "mode": "ZoneRedundant", "standbyAvailabilityZone": "2"}, "backup": {
                    "backupRetentionDays": 35, "geoRedundantBackup": "Disabled"}, "identity": {
                "type": "UserAssigned", "userAssignedIdentities": [ID]}, "dataEncryption": {
                    "type": "AzureKeyVault", "primaryKeyURI": KEY_URL, "primaryUserAssignedIdentityId": ID},
                        "network": {
                "publicNetworkAccess": "Disabled", "delegatedSubnetResourceId": f"{VNET}/subnets/mysql",
                "privateDnsZoneResourceId": f"{OURS}.Network/privateDnsZones/shop.private.mysql.database.azure.com"},
            "maintenanceWindow": {"customWindow": "Enabled", "dayOfWeek": 5, "startHour": 22, "startMinute": 0}},
                "server",
            protect=True),
        az("dbformysql:AzureADAdministrator", {**RG, "serverName": "mysql-shop", "administratorName": "ActiveDirectory",
            "administratorType": "ActiveDirectory", "login": "mysql-admins", "sid": ADMINS, "tenantId": TENANT,
            "identityResourceId": ID}, "admins", links={"serverName": ("server",)}),
        *settings("dbformysql", "mysql-shop", require_secure_transport="ON", tls_version="TLSv1.2,TLSv1.3",
                  audit_log_enabled="ON", audit_log_events="CONNECTION,ADMIN,DDL,DCL", slow_query_log="ON",
                  aad_auth_only="ON"),
        az("dbformysql:Database", {**RG, "serverName": "mysql-shop", "databaseName": "shop", "charset": "utf8mb4",
                                   "collation": "utf8mb4_0900_ai_ci"}, "shop", protect=True, links={
                                       "serverName": ("server",)}),
        audit("server", MYSQL), lock(MYSQL, "server")),
        f"{AVM}/db-for-my-sql/flexible-server; {LEARN}/mysql/flexible-server/concepts-audit-logs, as known",
        merged(OWN, unpriced("azure-native:dbformysql:Server::server"))),
    Idiom(
        "carts are in Managed Redis of zones that Entra opens, and settings of apps in a store with a key and copies", (
        AZURE_BUDGET,
        az("redisenterprise:RedisEnterprise", {
            **HERE, "clusterName": "amr-carts", "sku": {"name": "Balanced_B10"}, "highAvailability": "Enabled",
            "minimumTlsVersion": "1.2", **CLOSED, **USER, "encryption": {"customerManagedKeyEncryption": {
                "keyEncryptionKeyUrl": KEY_URL, "keyEncryptionKeyIdentity": {
                    "identityType": "userAssignedIdentity", "userAssignedIdentityResourceId": ID}}}}, "redis",
                        protect=True),
        az("redisenterprise:Database", {
            **RG, "clusterName": "amr-carts", "databaseName": "default", "clientProtocol": "Encrypted", "port": 10000,
            "clusteringPolicy": "OSSCluster", "evictionPolicy": "VolatileLRU", "accessKeysAuthentication": "Disabled",
            "persistence": {"aofEnabled": False, "rdbEnabled": True, "rdbFrequency": "6h"}}, "database", links={
                "clusterName": ("redis",)}),
        az("redisenterprise:AccessPolicyAssignment", {
            **RG, "clusterName": "amr-carts", "databaseName": "default", "accessPolicyAssignmentName": "carts",
            "accessPolicyName": "default", "user": {"objectId": CLIENT}}, "carts", links={"databaseName": ("database",
                )}),
        endpoint("amr-carts", REDIS, "redisEnterprise"), *zone_link("redis-zone", "privatelink.redis.azure.net"),
        az("appconfiguration:ConfigurationStore", {
            **HERE, "configStoreName": "appcs-bank", "sku": {"name": "standard"}, **USER, **CLOSED,
                "disableLocalAuth": True,
            "enablePurgeProtection": True, "softDeleteRetentionInDays": 7, "dataPlaneProxy": {
                "authenticationMode": "Pass-through", "privateLinkDelegation": "Enabled"}, "encryption": {
                "keyVaultProperties": {"keyIdentifier": KEY_URL, "identityClientId": CLIENT}}}, "settings",
                    protect=True),
        az("appconfiguration:KeyValue", {**RG, "configStoreName": "appcs-bank", "keyValueName": "shop:limit",
            "value": "20",
                                         "tags": TAGS}, "limit", links={"configStoreName": ("settings",)}),
        endpoint("appcs-bank", f"{OURS}.AppConfiguration/configurationStores/appcs-bank", "configurationStores"),
        audit("redis", REDIS), audit("settings", f"{OURS}.AppConfiguration/configurationStores/appcs-bank")),
        f"{AVM}/cache/redis-enterprise; {LEARN}/redis/secure-azure-managed-redis; .../azure-app-configuration, "
        f"as known",
        merged(OWN, unpriced("azure-native:redisenterprise:RedisEnterprise::redis",
                             "azure-native:appconfiguration:ConfigurationStore::settings"))),
    Idiom("staff reach a jump host by Bastion inside the network alone, whose sessions are on record", (
        AZURE_BUDGET,
        az("network:BastionHost", {
            **HERE, "bastionHostName": "bas-hub", "sku": {"name": "Premium"}, "enablePrivateOnlyBastion": True,
            "enableSessionRecording": True, "enableTunneling": False, "enableIpConnect": False,
                "enableShareableLink": False,
            "disableCopyPaste": True, "enableFileCopy": False, "scaleUnits": 2,
                "zones": ["1", "2"],
            "ipConfigurations": [{"name": "inner", "subnet": {"id": f"{VNET}/subnets/AzureBastionSubnet"}}]},
                "bastion"),
        az("network:NetworkInterface", {**HERE, "networkInterfaceName": "nic-jump", "enableAcceleratedNetworking": True,
            "networkSecurityGroup": {"id": f"{OURS}.Network/networkSecurityGroups/nsg-jump"}, "ipConfigurations": [{
                "name": "inner", "primary": True, "privateIPAllocationMethod": "Dynamic", "subnet": {
                    "id": f"{VNET}/subnets/jump"}}]}, "nic"),
        az("compute:VirtualMachine", {
            **HERE, "vmName": "vm-jump", **USER, "zones": ["1"], "hardwareProfile": {"vmSize": "Standard_D2ds_v5"},
            "securityProfile": {"encryptionAtHost": True, "securityType": "TrustedLaunch", "uefiSettings": {
                "secureBootEnabled": True, "vTpmEnabled": True}}, "storageProfile": {
                "imageReference": {"id": GALLERY}, "osDisk": {"createOption": "FromImage", "deleteOption": "Delete",
                    "managedDisk": {"storageAccountType": "Premium_LRS", "diskEncryptionSet": {"id": DISKS}}}},
                        "osProfile": {
                "computerName": "jump", "adminUsername": "platform", "customData": INIT, "linuxConfiguration": {
                    "disablePasswordAuthentication": True, "provisionVMAgent": True, "ssh": {"publicKeys": [{
                        "path": "/home/platform/.ssh/authorized_keys", "keyData":
                        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ platform"}]}, "patchSettings": {
                            "patchMode": "AutomaticByPlatform", "assessmentMode": "AutomaticByPlatform",
                            "automaticByPlatformSettings": {"bypassPlatformSafetyChecksOnUserSchedule": True}}}},
            "networkProfile": {"networkInterfaces": [{"id": UNKNOWN, "primary": True, "deleteOption": "Delete"}]},
            "diagnosticsProfile": {"bootDiagnostics": {"enabled": True}}}, "jump", links={"networkProfile": ("nic",)}),
        az("compute:VirtualMachineExtension", {
            **HERE, "vmName": "vm-jump", "vmExtensionName": "AADSSHLoginForLinux",
                "publisher": "Microsoft.Azure.ActiveDirectory",
            "type": "AADSSHLoginForLinux", "typeHandlerVersion": "1.0", "autoUpgradeMinorVersion": True}, "sign-in",
                links={
                "vmName": ("jump",)}),
        az("maintenance:MaintenanceConfiguration", {
            **HERE, "resourceName": "mc-fridays", "maintenanceScope": "InGuestPatch", "visibility": "Custom",
                "startDateTime":
            "2026-12-04 01:00", "duration": "03:00", "timeZone": "Arabian Standard Time", "recurEvery": "1Week Friday",
            "extensionProperties": {"InGuestPatchMode": "User"}, "installPatches": {"rebootSetting": "IfRequired",
                "linuxParameters": {"classificationsToInclude": ["Critical", "Security"]}}}, "fridays"),
        az("maintenance:ConfigurationAssignment", {
            **RG, "location": "uaenorth", "configurationAssignmentName": "jump", "providerName": "Microsoft.Compute",
            "resourceType": "virtualMachines", "resourceName": "vm-jump", "maintenanceConfigurationId": UNKNOWN,
                "resourceId":
            VM}, "patched", links={"maintenanceConfigurationId": ("fridays",)}),
        az("monitor:DataCollectionRule", {
            **HERE, "dataCollectionRuleName": "dcr-linux", "kind": "Linux", "dataSources": {"syslog": [{
                "name": "auth", "streams": ["Microsoft-Syslog"], "facilityNames": ["auth", "authpriv"], "logLevels": [
                    "Info", "Notice", "Warning", "Error", "Critical", "Alert", "Emergency"]}]}, "destinations": {
                "logAnalytics": [{"name": "logs", "workspaceResourceId": LOGS}]}, "dataFlows": [
                {"streams": ["Microsoft-Syslog"], "destinations": ["logs"]}]}, "collected"),
        az("monitor:DataCollectionRuleAssociation", {"associationName": "jump", "resourceUri": VM,
            "dataCollectionRuleId":
            UNKNOWN}, "collected-here", links={"dataCollectionRuleId": ("collected",)})),
        f"{LEARN}/bastion/private-only-deployment; .../bastion/session-recording; .../update-manager, as known",
        merged(OWN, unpriced("azure-native:network:BastionHost::bastion",
            "azure-native:compute:VirtualMachine::jump"))),
    Idiom(
        "orders are told by a topic of Event Grid in the network to a queue, by an identity, and lost news are kept", (
        az("eventgrid:Topic", {
            **HERE, "topicName": "evgt-orders", "identity": {"type": "UserAssigned",
                "userAssignedIdentities": {ID: {}}}, **CLOSED, "disableLocalAuth": True,
                    "minimumTlsVersionAllowed": "1.2",
            "inputSchema": "CloudEventSchemaV1_0", "dataResidencyBoundary": "WithinRegion"}, "topic"),
        az("eventgrid:EventSubscription", {
            "scope": TOPIC, "eventSubscriptionName": "bookings", "eventDeliverySchema": "CloudEventSchemaV1_0",
            "deliveryWithResourceIdentity": {"identity": {"type": "UserAssigned", "userAssignedIdentity": ID},
                "destination": {
                "endpointType": "ServiceBusQueue", "resourceId":
                f"{OURS}.ServiceBus/namespaces/sb-bank/queues/bookings"}}, "filter": {
                "includedEventTypes": ["ae.bank.order.booked"], "enableAdvancedFilteringOnArrays": True},
                    "retryPolicy": {
                "maxDeliveryAttempts": 20, "eventTimeToLiveInMinutes": 1440}, "deadLetterWithResourceIdentity": {
                "identity": {"type": "UserAssigned", "userAssignedIdentity": ID}, "deadLetterDestination": {
                    "endpointType": "StorageBlob", "resourceId": f"{OURS}.Storage/storageAccounts/stbank",
                    "blobContainerName": "lost"}}}, "bookings", links={"scope": ("topic",)}),
        endpoint("evgt-orders", TOPIC, "topic"), audit("topic", TOPIC), granted("sender", TOPIC,
            "d5a91429-5739-47e2-a06b-3470a27159e7"), counted(
                "orders-lost", TOPIC, "Microsoft.EventGrid/topics", "DeadLetteredCount", "GreaterThan", 0)),
        f"{AVM}/event-grid/topic; {LEARN}/event-grid/managed-service-identity; .../manage-event-delivery, as known",
            OWN),
    *approved(
        Idiom("the shop is behind the inner ingress with the bank's certificate, and grows fast and shrinks slowly", (
            *namespace("shop"), *app("shop", "shop", 8443, 3), web("shop", "shop", "shop.bank.ae", 443),
            k8s("autoscaling/v2:HorizontalPodAutoscaler", {"metadata": meta("shop", "shop"), "spec": {
                "minReplicas": 3, "maxReplicas": 12, "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment",
                    "name":
                    "shop"}, "behavior": {"scaleUp": {"stabilizationWindowSeconds": 0, "policies": [
                        {"type": "Percent", "value": 100, "periodSeconds": 30}]}, "scaleDown": {
                            "stabilizationWindowSeconds": 300, "policies": [{"type": "Pods", "value": 1,
                                "periodSeconds":
                                                                             60}]}}, "metrics": [
                    {"type": "ContainerResource", "containerResource": {"name": "cpu", "container": "shop", "target": {
                        "type": "Utilization", "averageUtilization": 65}}}]}}, "scale")),
            "kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale, as known", ours()),
        Idiom(
            "accounts are closed each night by a job that keeps its work on a sealed disk and reaches the ledger "
            "alone", (
            *namespace("closing"), account("close", "closing"), password("close", "closing", "PGPASSWORD"),
            k8s("core/v1:PersistentVolumeClaim", {"metadata": meta("close", "closing"), "spec": CLAIM}, "disk"),
            leaving("ledger", "closing", "10.30.20.0/28", port=5432),
            k8s("scheduling.k8s.io/v1:PriorityClass", {"metadata": {"name": "nightly", "labels": TAGS}, "value": 100000,
                "globalDefault": False, "preemptionPolicy": "Never", "description": "Work of the night"}, "nightly"),
            k8s("batch/v1:CronJob", {"metadata": meta("close", "closing"), "spec": {
                "schedule": "30 23 * * *", "timeZone": "Asia/Dubai", "concurrencyPolicy": "Forbid", "jobTemplate": {
                    "metadata": {"labels": TAGS}, "spec": {
                        "backoffLimit": 2, "activeDeadlineSeconds": 14400, "podFailurePolicy": {"rules": [{
                            "action": "FailJob", "onExitCodes": {"operator": "In", "values": [42]}}, {
                                "action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget",
                                    "status": "True"}]}]},
                        "template": {"metadata": {"labels": {**TAGS, "app": "close"}}, "spec": pod(
                            "close", LARGE, env=[{"name": "PGHOST", "value": "db.bank.ae"}, {
                                "name": "PGSSLMODE", "value": "verify-full"}],
                                    envFrom=[{"secretRef": {"name": "close"}}],
                            volumeMounts=[*SCRATCH_MOUNTS, {"name": "work", "mountPath": "/work"}], pod={
                                "restartPolicy": "Never", "priorityClassName": "nightly", "volumes": [
                                    *SCRATCH, {"name": "work", "persistentVolumeClaim": {
                                        "claimName": "close"}}]})}}}}}, "close")),
            "kubernetes.io/docs/concepts/workloads/controllers/job (Pod failure policy), as known", ours()),
        Idiom("figures of payments are read by TLS, rules tell of errors, and alerts go to those on duty of the team", (
            *namespace("payments"),
            inside("monitoring.coreos.com/v1:ServiceMonitor", "payments", {
                "selector": {"matchLabels": {"app": "payments"}}, "namespaceSelector": {"matchNames": ["payments"]},
                    "endpoints": [{
                    "port": "metrics", "scheme": "https", "interval": "30s", "tlsConfig": {
                        "ca": {"configMap": {"name": "bank-authority", "key": "ca.crt"}}, "serverName":
                        "payments.payments.svc"}, "authorization": {"credentials": {"name": "scrape",
                            "key": "token"}}}]},
                "payments"),
            inside("monitoring.coreos.com/v1:PrometheusRule", "payments-errors", {"groups": [{
                "name": "payments", "interval": "1m", "rules": [
                    {"record": "payments:errors:rate5m", "expr":
                     "sum(rate(http_requests_total{namespace=\"payments\",code=~\"5..\"}[5m]))"},
                    {"alert": "PaymentsFail", "expr": "payments:errors:rate5m > 1", "for": "5m", "labels": {
                        "severity": "critical"}, "annotations": {"summary": "Payments fail", "runbook_url":
                                                                 "https://docs.bank.ae/runbooks/payments"}}]}]},
                                                                     "payments"),
            inside("monitoring.coreos.com/v1alpha1:AlertmanagerConfig", "payments-duty", {
                "route": {"receiver": "duty", "groupBy": ["alertname"], "groupWait": "30s", "groupInterval": "5m",
                          "repeatInterval": "4h", "matchers": [{"name": "severity", "matchType": "=",
                              "value": "critical"}]},
                "receivers": [{"name": "duty", "webhookConfigs": [{"url": "https://duty.bank.ae/payments",
                    "sendResolved":
                    True, "httpConfig": {"authorization": {"credentials": {"name": "duty", "key": "token"}}}}]}]},
                        "payments"),
            reached("metrics", "payments", {"app": "payments"}, 9443, "monitoring")),
            "prometheus-operator.dev/docs/developer/alerting; .../docs/api-reference, as known", ours()),
    ),
)  # fmt: skip
