"""Good programs near those of the twenty-third set on Azure that were refused wrongly (2026-12-01)."""

from dataclasses import replace

from ..attacks.after_twenty_third_azure import OURS, app, environment, exempt, loki, velero
from ..blind import TAGS, az
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .twelfth_azure_platform import OWN
from .twentieth_goodb_charts import merged

LEARN = "learn.microsoft.com/azure"
APPS = merged(OWN, unpriced("azure-native:app:ContainerApp::app", "azure-native:app:ManagedEnvironment::environment"))
ACCOUNT = {"residency": {"known": {"stloki.blob.core.windows.net": "our own account of storage, in uaenorth"}}}

IDIOMS: tuple[Idiom, ...] = (
    Idiom("an app is external in an internal environment, which the network alone reaches", (
        environment(internal=True), app(UNKNOWN, environmentId=("environment",))),
        f"{LEARN}/container-apps/ingress-overview, read 2026-12-01", APPS),
    Idiom("an app names its internal environment by its id", (
        environment(internal=True), app(f"{OURS}.App/managedEnvironments/cae-portal")),
        f"{LEARN}/container-apps/ingress-overview, read 2026-12-01", APPS),
    Idiom("Loki keeps its records in containers of the bank's account of storage", loki(
        type="azure", bucketNames={"chunks": "loki-chunks", "ruler": "loki-ruler"}, azure={
            "accountName": "stloki", "useFederatedToken": True}),
        "grafana.com/docs/loki/latest/setup/install/helm/deployment-guides/azure, as known", ACCOUNT),
    Idiom("Velero keeps its copies in a container of the bank's account of storage", velero(
        {"resourceGroup": "rg-platform", "storageAccount": "stloki", "useAAD": "true"}),
        "vmware-tanzu/velero-plugin-for-microsoft-azure README.md, as known", ACCOUNT),
    Idiom("a group is exempt from one policy until the end of a migration", (exempt(
        exemptionCategory="Waiver", policyDefinitionReferenceIds=["allowedLocations"]),),
        f"{LEARN}/governance/policy/concepts/exemption-structure, read 2026-12-01"),
    Idiom("a store of the stack is exempt from a policy for a quarter", (
        az("resources:ResourceGroup", {"resourceGroupName": "rg-store", "location": "uaenorth", "tags": TAGS}, "group"),
        replace(exempt(scope=UNKNOWN), links={"scope": ("group",)})),
        f"{LEARN}/governance/policy/concepts/exemption-structure, read 2026-12-01"),
)  # fmt: skip
