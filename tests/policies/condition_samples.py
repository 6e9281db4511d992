"""Values that fulfil, and values that break, the conditions of exposure and identity."""

from guardrails.exposure_aws import BELOW_ROOT, OPEN_ADDRESSES, TOKENS_REQUIRED
from guardrails.exposure_azure import NARROW_ADDRESSES, NOT_STATED_TRUE
from guardrails.exposure_origins import NAMED_ORIGINS
from guardrails.identity_aws import NARROW_POLICY
from guardrails.identity_azure import OWN_IDENTITY
from guardrails.transit_addresses import NOT_PLAIN

AWS_POLICIES = "arn:aws:iam::aws:policy"

SAMPLES: dict[int, tuple[list[object], list[object]]] = {
    id(TOKENS_REQUIRED): (
        [{"httpTokens": "required"}, {"httpEndpoint": "disabled"}, [{"httpTokens": "required"}]],
        [{"httpTokens": "optional"}, {"httpEndpoint": "enabled"}],
    ),
    id(BELOW_ROOT): (["/models"], ["/", ""]),
    id(OPEN_ADDRESSES): ([["0.0.0.0/0"]], [["203.0.113.0/24"]]),
    id(NARROW_ADDRESSES): (
        [["203.0.113.0/24"], ["203.0.113.0/24", "198.51.100.7"]],
        [
            [],
            ["0.0.0.0/0"],
            ["203.0.113.0/24", "0.0.0.0/1", "128.0.0.0/1"],
            ["0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/2"],
        ],
    ),
    id(NOT_STATED_TRUE): ([False], [True]),
    id(NAMED_ORIGINS): (
        [["https://pages.example.ae"], "https://a.example.ae,https://b.example.ae"],
        [["*"], "https://a.example.ae, *", ["https://a.example.ae", "https://*"]],
    ),
    id(NOT_PLAIN): (
        ["https://api.example.ae"],
        ["http://api.example.ae", "HTTP://api.example.ae", "ws://api.example.ae"],
    ),
    id(OWN_IDENTITY): (["SystemAssigned", "SystemAssigned, UserAssigned"], ["None"]),
    id(NARROW_POLICY): (
        [f"{AWS_POLICIES}/AmazonEKSWorkerNodePolicy", "arn:aws:iam::123456789012:policy/AdministratorAccessNot"],
        [f"{AWS_POLICIES}/AdministratorAccess", f"{AWS_POLICIES}/IAMFullAccess", [f"{AWS_POLICIES}/PowerUserAccess"]],
    ),
}
