"""Identity policies that change every resource, in spellings that IAM accepts."""

import json

from ...samples import COST_TAGS as TAGS
from ..harness import Given
from . import Attack


def writes(name: str, *actions: str) -> Attack:
    """Returns the attack of a policy that allows actions on every resource."""
    document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Resource": "*"}]}
    props = {"policy": json.dumps(document), "tags": TAGS}
    return Attack(name, ("FJ-IDN-109",), (Given("aws:iam/policy:Policy", props),))


ATTACKS: tuple[Attack, ...] = (
    writes("terminates every machine, in lower case", "ec2:terminateinstances"),
    writes("terminates every machine, in upper case", "EC2:TERMINATEINSTANCES"),
    writes("terminates every machine by the noun", "ec2:*Instances"),
    writes("terminates every machine by a part of the verb", "ec2:Term*"),
    writes("terminates every machine by one letter", "ec2:T*"),
    writes("deletes every file system by question marks", "elasticfilesystem:??????FileSystem"),
    writes("opens every security group by a pattern", "ec2:Auth*Ingress"),
)
