"""Identifiers of cluster administrators on each cloud."""

from typing import Annotated

from falaj.components.core.validation.text_forms import TextForm

ROLE_ARN = r"arn:aws:iam::[0-9]{12}:role/[0-9A-Za-z_+=,.@/-]+"
ENTRA_GROUP = r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}"

RoleArn = Annotated[
    str, TextForm(f"^{ROLE_ARN}$", "the ARN of an IAM role", "arn:aws:iam::111122223333:role/platform-admins")
]
"""The ARN of an IAM role on AWS."""

EntraGroup = Annotated[
    str,
    TextForm(f"^{ENTRA_GROUP}$", "the object id of a group in Microsoft Entra", "11111111-2222-3333-4444-555555555555"),
]
"""The object ID of a Microsoft Entra group."""
