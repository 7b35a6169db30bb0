"""The runbook: observe, decide, perform.

    facts      what there is to know, from AWS and the stack alone; phase is derived from them
    observe    reads all of it
    decide/    facts → the next step, or why there is none. Pure.
    perform    one step, carried out
    audit      a line for each decision and each effect; never read back
    settings/  a live table's settings in the words of the stack config, and where two differ. Pure.
    losses/    what a restore will not bring back. Pure.
    verbs/     one module for each verb

boto3 lives in `aws/` alone, the Automation API in `stack` alone, git is asked in `git` alone.
"""
