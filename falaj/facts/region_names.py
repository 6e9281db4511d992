"""Names of the regions of all clouds, to recognise places outside the UAE in texts.

`falaj.facts.regions` holds what is true of the regions in the UAE; here are only names.
"""

import re

AWS_REGION = re.compile(
    r"(?<![a-z0-9])(?:us|eu|ap|sa|ca|me|af|il|mx|cn|eusc)(?:-(?:gov|iso[a-z]?|de))?"
    r"-(?:central|(?:north|south)(?:east|west)?|east|west)-[0-9]{1,3}(?![0-9])"
)
"""Region of AWS in lower case, also one that does not exist yet. Source: the region expressions of the partitions in
botocore 1.x, `data/partitions.json`, read 2026-11-27; a test holds it against every region there. Vendors of stores
with the API of S3 name theirs alike, such as Backblaze's `eu-central-003`."""

AWS_ZONE_ID = re.compile(r"[a-z]{2,4}[0-9]-(?:az|[a-z]{3}[0-9]-az|wl[0-9]-[a-z]{3}-wlz)[0-9]")
"""ID of an availability zone, local zone or Wavelength zone, such as `euw1-az1`, `use1-bos1-az1`, `use1-wl1-bos-wlz1`
(AWS, "AZ IDs" and "Available Local Zones"; the zones of us-east-1 and eu-west-2 in infracost's parser_test.go; read
2026-11-27)."""

GOOGLE_REGION = re.compile(
    r"(?:africa|asia|australia|europe|me|northamerica|southamerica|us)"
    r"-(?:central|(?:north|south)(?:east|west)?|east|west)[0-9]{1,2}(?:-(?:ai[0-9])?[a-z])?"
)
"""Region or zone of Google Cloud, such as `europe-west4` and `us-south1-ai1b` (Memorystore, "Regions and zones", and
Cloud Storage, "AI zones" of 2026-04-08, read 2026-11-27). None is in the UAE."""

_AZURE_REGIONS = """
apacsoutheast2 arlem australiacentral australiacentral2 australiaeast australiasoutheast austriaeast belgiumcentral
bleufrancecentral bleufrancesouth brazilnortheast brazilsouth brazilsoutheast brazilus canadacentral canadaeast
centralindia centralus centraluseuap chilecentral chilenorthcentral chinaeast chinaeast2 chinaeast3 chinanorth
chinanorth10 chinanorth2 chinanorth3 deloscloudgermanycentral deloscloudgermanynorth denmarkeast eastasia easteurope
eastus eastus2 eastus2euap eastus3 eastusslv eastusstg finlandcentral francecentral francesouth germanycentral
germanynorth germanynortheast germanywestcentral indiasouthcentral indonesiacentral israelcentral israelnorthwest
italynorth japaneast japanwest jioindiacentral jioindiawest koreacentral koreasouth koreasouth2 malaysiasouth
malaysiawest mexicocentral newzealandnorth northcentralus northeastus5 northeurope northeurope2 northeurope3
norwayeast norwaywest ocave polandcentral qatarcentral saudiarabiaeast singaporecentral singaporegov singaporenorth
southafricanorth southafricawest southcentralus southcentralus2 southcentralusstg southeastasia southeastasia3
southeastus southeastus3 southeastus5 southindia southwestus spaincentral swedencentral swedensouth switzerlandnorth
switzerlandwest taiwannorth taiwannorthwest uaecentral uaenorth uknorth uksouth uksouth2 ukwest usdodcentral
usdodeast usdodsouthcentral usdodsouthwest usdodwestcentral usgovarizona usgoviowa usgovtexas usgovvirginia
usgovwyoming usnateast usnatnorth usnatwest usseccentral usseceast ussecwest ussecwestcentral westcentralus
westcentralusfre westeurope westindia westus westus2 westus3
"""
AZURE_REGIONS = frozenset(_AZURE_REGIONS.split())
"""Regions of Azure, sovereign and planned ones too. Source: azure-sdk-for-java, `RegionUtils.java` of Cosmos DB, which
says that it must equal its service's list, read 2026-11-27; `brazilus` from published output of `az account
list-locations`."""
