"""Reasons and remedies that the rules on customer-managed keys share."""

OWN_KEY = (
    "whoever controls the key controls access to the data; a customer-managed key can be audited, disabled and deleted"
)
AWS_KEY = "Set the property in the message, with the ARN of a customer-managed aws.kms.Key that rotates"
AZURE_KEY = "Create an azure_native.keyvault.Key in a vault with purge protection, and reference it"
AZURE_DISK_SET = "Create an azure_native.compute.DiskEncryptionSet for your key, and reference its id"
