"""SimulatePrincipalPolicy: what a user or a role may do, asked beforehand.

API reference, SimulatePrincipalPolicy: the principal's identity-based policies alone, each action
on each resource; a context key counts as absent unless the call brings it.
"""

from typing import Any

from moto.core.responses import ActionResult
from moto.iam.responses import IamResponse

from sandbox.emulator.access.policies import Question, Verdict, judge
from sandbox.emulator.access.principals import documents_of

DECISIONS = {
    Verdict.ALLOWED: "allowed",
    Verdict.DENIED: "explicitDeny",
    Verdict.SILENT: "implicitDeny",
}


def simulate(handler: IamResponse) -> ActionResult:
    get: Any = handler._get_param  # noqa: SLF001  # moto's handlers' own
    arn = str(get("PolicySourceArn"))
    documents = documents_of(handler.current_account, arn)
    context = {
        entry["ContextKeyName"].lower(): entry["ContextKeyValues"]
        for entry in get("ContextEntries") or []
    }
    results = [
        {
            "EvalActionName": action,
            "EvalResourceName": resource,
            "EvalDecision": DECISIONS[
                judge(documents, Question(action, resource, frozenset({arn}), context))
            ],
        }
        for action in get("ActionNames")
        for resource in get("ResourceArns") or ["*"]
    ]
    return ActionResult({"EvaluationResults": results, "IsTruncated": False})


def install() -> None:
    IamResponse.simulate_principal_policy = simulate  # type: ignore[attr-defined]
