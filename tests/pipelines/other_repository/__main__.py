import pulumi
import pulumi_aws as aws

there = aws.Provider(
    "there",
    region="me-central-1",
    default_tags={
        "tags": {
            "project": "bookings",
            "business-unit": "retail",
            "environment": "staging",
            "cost-centre": "cc-100",
            "owner": "bookings-team",
            "data-classification": "confidential",
        }
    },
)
token = pulumi.Config().require_secret("token")
cidr_block = pulumi.Config().require("cidr")
aws.ec2.Vpc("bookings", cidr_block=cidr_block, opts=pulumi.ResourceOptions(provider=there))
