"""CodeBuild: a project's webhook needs access to the code host.

Sources (2026-11-26): AWS CodeBuild user guide, connections-github-app (permissions of the project's role for a
connection); hashicorp/terraform-provider-aws, website/docs/r/codebuild_webhook.html.markdown and pull request 2814
(the refusal without a credential).
"""

from __future__ import annotations

from falaj.sandbox.clouds.spec import InventoryItem, Operation, ResourceType
from falaj.sandbox.clouds.values import get_path, get_str

PROJECT, WEBHOOK = "aws:codebuild/project:Project", "aws:codebuild/webhook:Webhook"
CREDENTIAL = "aws:codebuild/sourceCredential:SourceCredential"
_ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy"
_ACTIONS = ("codeconnections:GetConnection", "codeconnections:GetConnectionToken")
_BY_CONNECTION = "CODECONNECTIONS"


def has_access(op: Operation) -> str | None:
    """Checks that the region has a credential for the code host of the webhook's project, which its role may use."""
    project = next((item for item in op.state.find(PROJECT) if item.name == get_str(op.inputs, "projectName")), None)
    if project is None:
        return None
    host = get_str(project.inputs, "source.type")
    found = [item for item in op.state.find(CREDENTIAL) if get_str(item.inputs, "serverType") == host]
    if not found and get_path(project.inputs, "source.auth") is None:
        return f"ResourceNotFoundException: Could not find access token for server type {host.lower()}"
    for credential in found:
        if get_str(credential.inputs, "authType") == _BY_CONNECTION and not _may_use(op, project, credential):
            return f"OAuthProviderException: Access denied to connection {get_str(credential.inputs, 'token')}"
    return None


def _may_use(op: Operation, project: InventoryItem, credential: InventoryItem) -> bool:
    role = get_str(project.inputs, "serviceRole").rpartition("/")[2]
    documents = [
        get_str(item.inputs, "policy") for item in op.state.find(_ROLE_POLICY) if get_str(item.inputs, "role") == role
    ]
    connection = get_str(credential.inputs, "token")
    return any(
        connection in document and all(f'"{action}"' in document for action in _ACTIONS) for document in documents
    )


RESOURCE_TYPES = (
    ResourceType(
        WEBHOOK,
        id="{projectName}",
        outputs={"url": "https://api.github.com/hooks/{hex8}"},
        replace_on_changes=("projectName", "region"),
        write_rules=(has_access,),
    ),
)
