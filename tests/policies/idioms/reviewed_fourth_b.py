"""Good programs that rules written for the twenty-fourth set refused, found by a review on 2026-12-02."""

from ..attacks.after_twenty_fourth_azure import api
from ..attacks.after_twenty_fourth_kube import features, taint, token_for_triggers
from ..attacks.reviewed_fourth_b import HEADER, beneath, connected
from . import Idiom

LEARN = "learn.microsoft.com/azure"

IDIOMS: tuple[Idiom, ...] = (
    *(Idiom(f"{group}, which is for trials itself, is beneath {parent}", beneath(group, parent),
            f"{LEARN}/cloud-adoption-framework/ready/landing-zone/design-area/resource-org-management-groups")
      for group, parent in (("non-prod", "sandbox"), ("bank-corp-sandbox", "sandboxes"), ("pre-prod", "playground"))),
    Idiom("a template writes the token of the next page, and a header the key of a cache", api(
        '<set-body template="liquid">{"next": "{{body.nextPageToken}}", "key": "{{ item.key }}"}</set-body>'
        + HEADER.format("{{cache-partition-key}}")), f"{LEARN}/api-management/set-body-policy"),
    *(Idiom(f"a workflow starts what is deployed by a connector: {path[-30:]}", connected(method, path),
            f"{LEARN}/connectors/introduction") for method, path in (
                ("put", "rg/providers/Microsoft.Automation/automationAccounts/@{encodeURIComponent('aa')}/jobs"),
                ("post", "rg/providers/Microsoft.Compute/virtualMachines/@{encodeURIComponent('vm')}/deallocate"))),
    Idiom("nodes with an accelerator are for what tolerates it", (features(taint("NoSchedule"), matchFeatures=[
        {"feature": "pci.device", "matchExpressions": {"vendor": {"op": "In", "value": ["10de"]}}}]),),
        "kubernetes-sigs.github.io/node-feature-discovery/stable/usage/customization-guide"),
    *(Idiom(f"a trigger asks Prometheus with a token of an account for that: {account}", (
        token_for_triggers("TriggerAuthentication", account, "team-a"),),
        "keda.sh/docs/latest/authentication-providers/bound-service-account-token")
      for account in ("keda-prometheus-reader", "loan-manager")),
)  # fmt: skip
