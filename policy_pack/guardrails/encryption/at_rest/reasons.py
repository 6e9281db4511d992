"""Sentences that the rules on customer-managed keys share."""

OWN_KEY = "whoever holds the key decides who reads the data; a key of one's own can be audited, denied and destroyed"
AWS_KEY = "Set it as said, with the ARN of an aws.kms.Key of your own that rotates"
AZURE_KEY = "Create an azure_native.keyvault.Key in a vault with purge protection and refer to it"
AZURE_DISK_SET = "Create an azure_native.compute.DiskEncryptionSet for your key and pass its id"
