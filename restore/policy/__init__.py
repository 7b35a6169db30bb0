"""What the operator must be allowed to do. Pure.

scope      which tables, parameters and policies are meant, as ARNs
keys       the KMS keys among them, by the names that the stack config has for them
duties     config × scope → every AWS action that the runbook and the program call, and on what
document   the duties of a stack as one IAM policy document
"""
