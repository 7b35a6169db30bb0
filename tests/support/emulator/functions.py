"""A Lambda function for tests, with the role it needs. Nothing ever invokes it."""

import io
import json
import zipfile
from functools import cache
from typing import TYPE_CHECKING

from tests.support.emulator.process import Emulator

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient
    from mypy_boto3_lambda import LambdaClient


@cache
def _code() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("code.py", "def handle(event, context): pass\n")
    return file.getvalue()


def make_function(emulator: Emulator, name: str) -> str:
    """Make a role and a function of one name; return the function's ARN."""
    iam: IAMClient = emulator.client("iam")
    functions: LambdaClient = emulator.client("lambda")
    trust = {
        "Effect": "Allow",
        "Principal": {"Service": "lambda.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    role = iam.create_role(
        RoleName=name,
        AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
    )["Role"]
    return functions.create_function(
        FunctionName=name,
        Runtime="python3.12",
        Role=role["Arn"],
        Handler="code.handle",
        Code={"ZipFile": _code()},
    )["FunctionArn"]
