"""Actions of AWS by which the caller decides what a program runs that has a role of its own.

None needs iam:PassRole: the machine, function, job or document keeps its role, and the caller brings the command, the
code or the definition. Rhino Security Labs, "AWS IAM Privilege Escalation" (2018 and later additions); AWS Batch
SubmitJob (containerOverrides), AWS Glue StartJobRun (--scriptLocation among the arguments) and RunStatement, Amazon EMR
AddJobFlowSteps, Step Functions UpdateStateMachine, CloudFormation ("AWS CloudFormation service role": a stack keeps its
role whoever updates it), EC2 ModifyInstanceAttribute (userData), SageMaker UpdateNotebookInstanceLifecycleConfig,
Systems Manager UpdateDocumentDefaultVersion and CreateAssociation (run a document as root), Amazon MWAA CreateCliToken
and Amazon Managed Service for Apache Flink UpdateApplication. Each is an operation of botocore 1.44.8; the services of
five whose prefixes differ by AWS's managed policies (iann0036/iam-dataset 2073fa52), read 2026-11-29; what they do by
botocore 1.44.8, read 2026-11-30. Tasks of a maintenance window run with a role of Systems Manager if none is passed, a
sandbox of CodeBuild is that of its project, and Athena runs the code of a calculation with the role of the workgroup.
A code interpreter of Bedrock runs what it is given with its own role (DataDog/pathfinding.cloud 84dd65c, bedrock-002),
and whoever resumes a session has the shell of who began it (botocore 1.44.8, ssm, ResumeSession); read 2026-12-01.
"""

PROGRAM_ACTIONS = (
    "airflow:CreateCliToken",
    "athena:StartCalculationExecution",
    "batch:SubmitJob",
    "bedrock-agentcore:InvokeCodeInterpreter",
    "cloudformation:ExecuteChangeSet",
    "cloudformation:UpdateStack",
    "codebuild:StartBuild",
    "codebuild:StartBuildBatch",
    "codebuild:StartCommandExecution",
    "codebuild:StartSandboxConnection",
    "codebuild:UpdateProject",
    "ec2:ModifyInstanceAttribute",
    "elasticmapreduce:AddJobFlowSteps",
    "glue:RunStatement",
    "glue:StartJobRun",
    "glue:UpdateDevEndpoint",
    "kinesisanalytics:UpdateApplication",
    "lambda:UpdateFunctionCode",
    "lambda:UpdateFunctionConfiguration",
    "sagemaker:UpdateNotebookInstanceLifecycleConfig",
    "ssm:CreateAssociation",
    "ssm:CreateAssociationBatch",
    "ssm:RegisterTaskWithMaintenanceWindow",
    "ssm:ResumeSession",
    "ssm:SendCommand",
    "ssm:StartSession",
    "ssm:UpdateAssociation",
    "ssm:UpdateDocument",
    "ssm:UpdateDocumentDefaultVersion",
    "ssm:UpdateMaintenanceWindowTask",
    "states:UpdateStateMachine",
)
"""Each is an operation in botocore's model of its service."""
