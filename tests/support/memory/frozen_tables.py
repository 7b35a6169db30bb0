"""Where a table stands that was frozen before its restore, and the permit to freeze or thaw one."""

ADOPTED = "serving frozen adopted-frozen"
PREPARED = f"{ADOPTED} prepared-frozen"
SWITCHED = f"{PREPARED} switched-frozen"


def its_policy(label: str) -> str:
    resource = f"ResourcePolicy restore-demo.{label}.policy"
    return f"create/delete/update {resource} (policy, revisionId)"
