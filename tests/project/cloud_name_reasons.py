"""Reasons for which a file outside the clouds' own names a cloud."""

OPTIONS = "the field of a cloud's own options, and the old names of fields that moved there"
POOL_OPTION = "reads an option of pools on one cloud, which pools on other clouds cannot set"
MOVED = "old names of fields that moved to the options of a cloud"
REPLICATION = "replication is between a site on AWS and a site on Azure, whatever other clouds there are"
LABEL = "a label, resource or API group that exists on one cloud only; no other cloud has one of that name"
CLIENT_ID = "the public name of an argument; traits of the cloud decide where it is allowed"
S3_PROTOCOL = "variables of the S3 protocol, which stores on premises also use; hosts of clouds that are refused there"
AZURE_SPELLING = "normalises Azure's display names of regions; names of other clouds are not changed to another region"
AZURE_PRICES = "recognises the names of Azure sizes, which have no family, and whose lists mix Linux and Windows prices"
EXPORTS = "readers of utilisation exports, one per monitoring product"
FREE = "free resource types of AWS and Azure; those of another cloud are in its own meters, without a charge"
SCHEDULES = (
    "types of the schedules that components of AWS and Azure create; another cloud's meters state their own hours"
)
