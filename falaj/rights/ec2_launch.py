"""What EC2 authorizes when instances are launched from a launch template.

EKS checks `ec2:RunInstances` with the caller's permissions when a managed node group with a launch template is created
or gets another version of it (amazon-eks user guide, launch-templates; the refusal is in
scylladb/scylla-cluster-tests#12172 and aws-samples/terraform-eks-code#13). EC2 checks every resource of the launch, and
`ec2:CreateTags` for what the template's tag specifications name
(https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/permissions-for-launch-templates.html and
supported-iam-actions-tagging.html, read 2026-11-26).
"""

RUN_INSTANCES = "ec2:RunInstances"

LAUNCHED = (
    "ec2:image",
    "ec2:instance",
    "ec2:launch-template",
    "ec2:network-interface",
    "ec2:security-group",
    "ec2:subnet",
    "ec2:volume",
)
"""Kinds that a launch names: a template's block devices, or the image's, make volumes."""

TAGGED_AT_LAUNCH = ("ec2:instance", "ec2:network-interface", "ec2:volume")
"""Kinds that the tag specifications of the platform's launch templates name."""
