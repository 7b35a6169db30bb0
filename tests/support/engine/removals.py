"""Each statement of the operator's document, and who misses it."""

from tests.support.engine.operators import CLEAN, RUN, Removal

REMOVALS = {
    "ReadTables": Removal("serving", RUN, "dynamodb:DescribeContinuousBackups"),
    "FurnishTables": Removal("adopted", RUN, "dynamodb:UpdateContinuousBackups"),
    "PointClients": Removal("serving", RUN, "ssm:GetParameter"),
    "GrantToClients": Removal("restored", RUN, "iam:GetPolicy"),
    "RestoreFrom": Removal("serving", RUN, "dynamodb:RestoreTableToPointInTime", 3),
    "RestoreInto": Removal("serving", RUN, "dynamodb:BatchWriteItem", 3),
    "RestoreDeleted": Removal("lost", RUN, "dynamodb:RestoreTableFromBackup", 3),
    "LookAround": Removal("restored", RUN, "dynamodb:ListBackups"),
    "LookAtAlarms": Removal("restored", ("verify",), "cloudwatch:DescribeAlarms"),
    "LookAtAwsKey": Removal("restored", ("verify",), "kms:DescribeKey"),
    "PlanAround": Removal("around", ("plan",), "iam:GetAccountAuthorizationDetails", 0),
    "PlanQuota": Removal("around", ("plan",), "dynamodb:DescribeTable", 0),
    "PlanBackups": Removal("around", ("plan",), "backup:ListBackupSelections", 0),
    "PlanPermissions": Removal("around", ("plan",), "iam:SimulatePrincipalPolicy", 0),
    "Freeze": Removal("serving", ("freeze",), "dynamodb:PutResourcePolicy"),
    "Clean": Removal("dropped", CLEAN, "dynamodb:DeleteTable"),
}
