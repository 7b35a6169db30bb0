"""Restores a DynamoDB table and keeps it under Pulumi.

From the ground up; a module imports from its own room and from lower ones:

    table/              what a program declares; nothing in it asks AWS or knows the runbook
    model/              facts, phases, steps, errors
    policy/             every AWS action that is called, as the operator's IAM document. Pure.
    git                 whether the stack config is committed
    settings/           a live table in the words of the stack config, and where two differ. Pure.
    engine/             the only caller of the Automation API
    decide/             facts → the next step, or why there is none. Pure.
    plan/               what a plan finds, and what a restore will not bring back. Pure.
    report/             what people and scripts are told, and the audit log
    aws/                the only caller of boto3
    perform/            one step, carried out
    verbs/, cli/        one file a verb; options, edge and exit codes
"""

__version__ = "0.1.0"
