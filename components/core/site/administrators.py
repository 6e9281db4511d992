"""Identifiers of cluster administrators on each cloud."""

from typing import Annotated

from pydantic import StringConstraints

ROLE_ARN = r"arn:aws:iam::[0-9]{12}:role/[\w+=,.@/-]+"
ENTRA_GROUP = r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}"

RoleArn = Annotated[str, StringConstraints(pattern=f"^{ROLE_ARN}$")]
"""The ARN of an IAM role on AWS."""

EntraGroup = Annotated[str, StringConstraints(pattern=f"^{ENTRA_GROUP}$")]
"""The object ID of a Microsoft Entra group."""
