"""The check before every operation, in the place of moto's own."""

import json
from typing import Any
from uuid import uuid4
from xml.sax.saxutils import escape

from moto.core.exceptions import JsonRESTError, _RESTError
from moto.core.responses import BaseResponse
from moto.dynamodb.models import dynamodb_backends

from sandbox.emulator.access.keys import aliases
from sandbox.emulator.access.needs import (
    Need,
    dynamodb_needs,
    iam_needs,
    ssm_needs,
    sts_needs,
)
from sandbox.emulator.access.others import Found, other_needs
from sandbox.emulator.access.policies import Question, Verdict, judge
from sandbox.emulator.access.principals import Principal, principal_of, root_of


class AccessDeniedJsonError(JsonRESTError):
    """AWS's answer of a service that speaks JSON: status 400."""

    def __init__(self, message: str) -> None:
        name = "com.amazon.coral.service#AccessDeniedException"
        super().__init__(name, message)
        self.description = json.dumps({"__type": name, "Message": message})


class AccessDeniedRestError(AccessDeniedJsonError):
    """AWS's answer of a REST service that speaks JSON: status 403."""

    code = 403


class AccessDeniedXmlError(_RESTError):
    """AWS's answer of a service that speaks XML: one Error, where moto's own has a list."""

    code = 403

    def __init__(self, message: str) -> None:
        super().__init__("AccessDenied", message)
        self.description = (
            "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>"
            f"<Message>{escape(message)}</Message></Error>"
            f"<RequestId>{uuid4()}</RequestId></ErrorResponse>"
        )


#: Services that IAM calls otherwise than moto does.
SERVICE_PREFIXES = {"awslambda": "lambda"}
REST_JSON = frozenset({"awslambda", "backup"})


def authorize(handler: BaseResponse, _: str = "*") -> None:
    """Let a call pass or raise what AWS answers.

    Raises:
        AccessDeniedJsonError, AccessDeniedXmlError: its caller's policies do not allow it.
    """
    principal = principal_of(handler.access_key, handler.current_account, handler.headers)
    if principal is None:
        if not _may_deny_to_root(handler):
            return
        principal = root_of(handler.current_account)
    context: dict[str, str | list[str]] = {
        "aws:requestedregion": handler.region,
        "aws:principalaccount": handler.current_account,
        "aws:principalarn": principal.role_arn or principal.arn,
        "aws:securetransport": "true",
        "aws:sourceip": "127.0.0.1",
        "aws:viaawsservice": "false",
    }
    for action, resource in _needs(handler):
        more = _context(handler, action, resource)
        question = Question(action, resource, principal.names, context | more)
        if reason := _refusal(handler, principal, question):
            message = (
                f"User: {principal.arn} is not authorized to perform: {action} on resource:"
                f" {resource or '*'} {reason}"
            )
            raise _denial(handler)(message)


def _may_deny_to_root(handler: BaseResponse) -> bool:
    """Return whether a table's own policy may bind the root user, whom no other policy does."""
    if handler.service_name != "dynamodb":
        return False
    return bool(dynamodb_backends[handler.current_account][handler.region].resource_policies)


def _denial(handler: BaseResponse) -> type[AccessDeniedJsonError | AccessDeniedXmlError]:
    if "X-Amz-Target" in handler.headers:
        return AccessDeniedJsonError
    return AccessDeniedRestError if handler.service_name in REST_JSON else AccessDeniedXmlError


def _context(
    handler: BaseResponse, action: str, resource: str | None
) -> dict[str, str | list[str]]:
    """Return the condition keys that this need has beside those of every call."""
    get, service = handler._get_param, action.partition(":")[0]  # noqa: SLF001  # moto's own
    match service:
        case "kms" if resource:
            via = f"{handler.service_name}.{handler.region}.amazonaws.com"
            through = {} if handler.service_name == "kms" else {"kms:viaservice": via}
            return {"kms:resourcealiases": aliases(resource), **through}
        case "application-autoscaling" if namespace := get("ServiceNamespace"):
            return {f"{service}:service-namespace": namespace}
        case "lambda" if function := get("FunctionName"):
            head = f"arn:aws:lambda:{handler.region}:{handler.current_account}:function:"
            name = str(function).rpartition("function:")[2]
            return {"lambda:functionarn": f"{head}{name}"}
        case _:
            return {}


def _needs(handler: BaseResponse) -> list[Need] | list[Found]:
    """Return the call's needs; for a service not worked out here, the action and no resource."""
    action, get = handler._get_action(), handler._get_param  # noqa: SLF001  # moto's handlers' own
    region, account = handler.region, handler.current_account
    match handler.service_name:
        case "dynamodb":
            return dynamodb_needs(action, handler.body, region, account)
        case "ssm":
            return ssm_needs(action, get, region, account)
        case "iam":
            return iam_needs(action, get, account)
        case "sts":
            return sts_needs(action, get)
        case "dynamodbstreams":
            return [(f"dynamodb:{action}", get("StreamArn"))]
        case service:
            prefix = SERVICE_PREFIXES.get(str(service), str(service))
            return other_needs(prefix, action, get, region, account)


def _refusal(handler: BaseResponse, principal: Principal, question: Question) -> str | None:
    """Return why the call may not be made, None if it may.

    Within one account an Allow of either kind of policy is enough, and a Deny of either wins.
    """
    by_identity = judge(principal.documents, question)
    by_resource = judge(_resource_policies(handler, question.resource), question)
    for verdict, kind in ((by_identity, "an identity"), (by_resource, "a resource")):
        if verdict is Verdict.DENIED:
            return f"with an explicit deny in {kind}-based policy"
    if Verdict.ALLOWED in (by_identity, by_resource):
        return None
    return f"because no identity-based policy allows the {question.action} action"


def _resource_policies(handler: BaseResponse, resource: str | None) -> list[dict[str, Any]]:
    """Return the policy of the stream or the table that is, or that holds, the resource."""
    if not resource or ":dynamodb:" not in resource:
        return []
    owner = resource if "/stream/" in resource else "/".join(resource.split("/")[:2])
    backend = dynamodb_backends[handler.current_account][resource.split(":")[3]]
    policy = backend.resource_policies.get(owner)
    return [json.loads(policy.policy_doc)] if policy else []
