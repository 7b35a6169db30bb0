"""Facts → what to do, or why nothing is done. Pure: nothing in here asks or changes anything.

preflight   everything that stands against a restore, at once
starting    facts × WHEN → the restore to start; started, whether it was in spite of an error
trouble     what an error of AWS means
moves       facts × verb → the next update of the stack; forward and backward are its two ways
freeze      writes to a table denied and allowed again, as updates of the same kind
hooks       which hooks a step has, what they are told, and what it means that one fails
placement   the rows of the stack config, as changes to the one that is there
permits     what each row may change; gate judges a preview by them
leftover       what hangs on a table in AWS and is in the stack's way
committed   whether a pipeline would deploy the stack config as it is
unfinished  whether a parameter differs because of an update that failed
overrides   what a restore call says explicitly
ahead       the steps that a run has still before it; planned, between which two tables
rows        the updates of the stack among them, and what each of them may do
elsewhere   whether boto3 looks where the stack's tables are; versions, older and newer ones
needs       the AWS actions that a run calls, and on what: `restore/policy` for the tables at hand
findings    what is around a restore (surroundings), each thing judged as a finding
"""
