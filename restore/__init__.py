"""The runbook: observe, decide, perform.

    facts      what there is to know, from AWS and the stack alone; phase is derived from them
    scope      how a command names the table that it is about
    observe    reads all of it
    settled    the same, once a state that the last update left wrong is fixed
    locked     a stack that another engine holds: waited for, or its lock broken
    decide/    facts → the next step, or why there is none. Pure.
    perform    one step, carried out
    audit      a line for each decision and each effect; never read back
    settings/  a live table's settings in the words of the stack config, and where two differ. Pure.
    losses/    what a restore will not bring back. Pure.
    verbs/     one module for each verb

boto3 lives in `aws/` alone, the Automation API in `stack` alone, git is asked in `git` alone.
"""

__version__ = "0.1.0"
