"""Attacks by a setting of another program that excuses one: another container, another item of a list (2026-11-29).

Sources stand beside the rows whose `unless` or `elsewhere` was met from afar.
"""

from ..blind import GROUP, RG, Props, aws, az, crd, k8s, meta, pod
from ..harness import Given
from . import Attack
from .second_reading_azura import enclave

SEEN, VENDOR, WORD, ROW = ("FJ-IDN-313",), ("FJ-RES-114",), ("FJ-RES-120",), ("FJ-ESC-115",)
DOMAINS = f"{GROUP}/providers/Microsoft.Cdn/profiles/edge/customDomains"
FRAMEWORK = """package policy

api_version := "0.1.0"
mount_device := data.framework.mount_device
mount_overlay := data.framework.mount_overlay
create_container := data.framework.create_container
"""


def _pair(one: Props, two: Props, *, before: bool = False) -> Given:
    """Returns a pod of two containers with variables of their own; `before`: the second prepares the first."""
    spec = pod({"env": [{"name": name, "value": value} for name, value in one.items()]})
    containers = spec["containers"]
    assert isinstance(containers, list)
    other = {**containers[0], "name": "other", "env": [{"name": name, "value": two[name]} for name in two]}
    more = {"initContainers": [other]} if before else {"containers": [*containers, other]}
    return k8s("core/v1:Pod", {"metadata": meta("pair"), "spec": {**spec, **more}}, "pair")


ATTACKS: tuple[Attack, ...] = (
    Attack("another container lists the members that a door of everybody does not ask for", SEEN, (_pair(
        {"OAUTH2_PROXY_EMAIL_DOMAINS": "*", "OAUTH2_PROXY_PROVIDER": "google"},
        {"OAUTH2_PROXY_GITHUB_ORG": "bank"}),), "critical", "everybody with an account is let in (oauth2-proxy)"),
    Attack("a container that prepares another has the host name that the other lacks", SEEN, (_pair(
        {"KC_HOSTNAME_STRICT": "false"}, {"KC_HOSTNAME": "login.bank.ae"}, before=True),),
        "major", "links with which passwords are set lead to a stranger (Keycloak, hostname)"),
    Attack("another container listens on its own pod only, and the one that believes a header does not", SEEN, (_pair(
        {"WEBUI_AUTH_TRUSTED_EMAIL_HEADER": "X-Mail"}, {"HOST": "127.0.0.1"}),),
        "critical", "whoever reaches the program is who he says (open-webui, env.py)"),
    Attack("another container has the address of our tracker", VENDOR, (_pair(
        {"WANDB_API_KEY": "$(KEY)"}, {"WANDB_BASE_URL": "https://tracker.ml.svc.cluster.local"}),),
        "critical", "runs, code and data of the training go to the vendor (Weights & Biases)"),
    Attack("another container is switched off, and the one with the key is not", VENDOR, (_pair(
        {"WANDB_API_KEY": "$(KEY)"}, {"WANDB_MODE": "offline"}),), "critical", "the same"),
    Attack("another container has the address of our server of traces", WORD, (_pair(
        {"LITELLM_CALLBACKS": "langfuse"}, {"LANGFUSE_HOST": "https://traces.ml.svc.cluster.local"}),),
        "critical", "prompts and answers go to the vendor (Langfuse)"),
    Attack("another analysis states how often it must succeed", ("FJ-IDN-313", "FJ-ESC-"), (crd(
        "argoproj.io/v1alpha1:AnalysisTemplate", {"metrics": [
            {"name": "errors", "failureLimit": -1, "provider": {"job": {"metadata": {}}}},
            {"name": "success", "consecutiveSuccessLimit": 4, "provider": {"job": {"metadata": {}}}}]}),),
        "major", "a release that fails is rolled out to all (Argo Rollouts, failureLimit)"),
    Attack("a constraint denies where nobody asks, and warns where objects are created", ROW, (k8s(
        "constraints.gatekeeper.sh/v1beta1:K8sPSPPrivilegedContainer", {"metadata": {"name": "closed"}, "spec": {
            "enforcementAction": "scoped", "scopedEnforcementActions": [
                {"action": "deny", "enforcementPoints": [{"name": "audit.gatekeeper.sh"}]},
                {"action": "warn", "enforcementPoints": [{"name": "*"}]}],
            "match": {"kinds": [{"apiGroups": [""], "kinds": ["Pod"]}]}}}),),
        "major", "privileged pods are created with a remark (Gatekeeper, scoped enforcement actions)"),
    Attack("a firewall guards all paths of one domain and one path of the other", ROW, (az("cdn:SecurityPolicy", {
        **RG, "profileName": "edge", "securityPolicyName": "guard", "parameters": {
            "type": "WebApplicationFirewall", "wafPolicy": {
                "id": f"{GROUP}/providers/Microsoft.Network/FrontDoorWebApplicationFirewallPolicies/bank"},
            "associations": [
                {"domains": [{"id": f"{DOMAINS}/old"}], "patternsToMatch": ["/*"]},
                {"domains": [{"id": f"{DOMAINS}/pay"}], "patternsToMatch": ["/status"]}]}}),),
        "major", "attacks on the second domain pass (azure-native:cdn:SecurityPolicy, associations)"),
    Attack("an enclave names a version of its interface that asks nobody for programs of the host", ROW, (
        az("containerinstance:ContainerGroup", enclave(FRAMEWORK)),),
        "critical", "the owner of the host runs programs in the enclave (microsoft/hcsshim, api.rego)"),
    Attack("an enclave lets the host mount its folders anywhere", ROW, (az("containerinstance:ContainerGroup", enclave(
        FRAMEWORK.replace("0.1.0", "0.10.0") + 'plan9_mount := {"allowed": true}\n')),),
        "critical", "files of the host replace those of the containers (microsoft/hcsshim, framework.rego)"),
    Attack("an enclave writes to disks that the host reads", ROW, (az("containerinstance:ContainerGroup", enclave(
        FRAMEWORK.replace("0.1.0", "0.10.0") + "allow_unencrypted_scratch := true\n")),),
        "critical", "the owner of the host reads what containers write (microsoft/hcsshim, framework.rego)"),
    Attack("a quota of machines is raised by ten thousand and a half", ROW, (aws("servicequotas/ServiceQuota", {
        "serviceCode": "ec2", "quotaCode": "L-417A185B", "value": 10000.5}),),
        "major", "the last brake on machines with eight GPUs is gone"),
)  # fmt: skip
