"""The runbook: observe, decide, perform.

    facts      what there is to know, from AWS and the stack alone
    observe    reads all of it
    phase      where a table stands, derived from the facts
    placement  the rows of the stack config, as changes to the one that is there
    moves      facts × verb → the next update (forward, backward), or why there is none
    starting   facts × WHEN → the restore to start
    preflight  all that stands against a restore, said at once
    planned    the steps that are ahead, between which two tables
    losses     what a restore will not bring back: mention, reach, selection, unset are its parts
    gate       the steps of a preview, judged
    perform    one step, carried out

boto3 lives in `aws` alone, the Automation API in `stack` alone.
"""
