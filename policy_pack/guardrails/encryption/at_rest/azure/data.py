"""Encryption at rest of Azure databases, AI and analytics services.

Property names checked against pulumi-azure-native 3.29.0 on 2026-11-24 (a test repeats it).
"""

from ....engine.conditions import SET, TRUE, one_of
from ....engine.families import encryption_rule
from ....engine.rows import Check, Guardrail, Severity, azure
from ..reasons import AZURE_KEY, OWN_KEY

_KEY_VAULT = one_of("Microsoft.Keyvault")

DATABASE_ROWS = (
    Check(azure("sql:ManagedInstance"), "keyId", SET),
    Check(azure("sql:EncryptionProtector"), "serverKeyType", one_of("AzureKeyVault")),
    Check(azure("sql:TransparentDataEncryption"), "state", one_of("Enabled")),
    Check(azure("synapse:SqlPoolTransparentDataEncryption"), "status", one_of("Enabled")),
    Check(azure("dbforpostgresql:Server", "dbformysql:Server"), "dataEncryption.primaryKeyURI", SET),
    Check(azure("dbforpostgresql:Server", "dbformysql:Server"), "dataEncryption.type", one_of("AzureKeyVault")),
    Check(azure("cosmosdb:DatabaseAccount"), "keyVaultKeyUri", SET),
    Check(azure("redisenterprise:RedisEnterprise"), "encryption.customerManagedKeyEncryption.keyEncryptionKeyUrl", SET),
    Check(azure("kusto:Cluster"), "keyVaultProperties.keyVaultUri", SET),
    Check(azure("kusto:Cluster"), "enableDiskEncryption", TRUE),
)

AI_ROWS = (
    # Without connections of its own, conversations, files and vectors of a project's agents are in accounts of
    # Microsoft with its keys ("Microsoft Foundry Agent Service frequently asked questions", read 2026-12-01).
    *(Check(azure("cognitiveservices:ProjectCapabilityHost"), f"projectCapabilityHostProperties.{name}Connections",
            SET) for name in ("storage", "threadStorage", "vectorStore")),
    Check(azure("cognitiveservices:Account"), "properties.encryption.keySource", _KEY_VAULT),
    Check(azure("cognitiveservices:Account"), "properties.encryption.keyVaultProperties.keyVaultUri", SET),
    Check(azure("machinelearningservices:Workspace"), "encryption.status", one_of("Enabled")),
    Check(azure("machinelearningservices:Workspace"), "encryption.keyVaultProperties.keyIdentifier", SET),
    Check(azure("search:Service"), "encryptionWithCmk.enforcement", one_of("Enabled")),
    Check(azure("databricks:Workspace"),
          "encryption.entities.managedServices.keyVaultProperties.keyVaultUri", SET),
    Check(azure("databricks:Workspace"), "encryption.entities.managedDisk.keyVaultProperties.keyVaultUri", SET),
    Check(azure("synapse:Workspace"), "encryption.cmk.key.keyVaultUrl", SET),
)  # fmt: skip

AZURE_DATA: tuple[Guardrail, ...] = (
    encryption_rule(204, Severity.HIGH, "Azure databases are encrypted with a customer-managed key",
                    OWN_KEY, AZURE_KEY,
                    checks=DATABASE_ROWS),
    encryption_rule(206, Severity.HIGH, "Azure AI and analytics services are encrypted with a customer-managed key",
                    OWN_KEY, f"{AZURE_KEY}; give agents of a project connections to stores of your own",
                    checks=AI_ROWS),
)  # fmt: skip
