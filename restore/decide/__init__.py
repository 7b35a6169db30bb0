"""Facts → what to do, or why nothing is done. Pure: nothing in here asks or changes anything.

transition       facts × step → the next update; forward, rollback, freeze are its kinds
update           that update, and the placement that the state holds
restore          facts × WHEN → the restore to start; restore_outcome, whether it was started
preflight        everything that blocks a restore, at once
placement        the transitions as changes to the stack config
permits          what each transition may change; gate judges a preview by them
acceptance       what `--accept` lets through; refused, the fix for what it does not
steps            the steps that a run has still before it; road, the phases on the way
next             what to type next; way_back, how to go back
hooks            which hooks a step has, what they are told, and what it means that one fails
leftovers        dependents of a table in AWS that the stack does not know and would collide with
probe, probed    what a client's reads mean for the switch and the drop
subject, verify  which label `verify` looks at, and what it says
grants           labels that a grant does not cover in AWS; stripped, policies that were removed
rivals           several restores of which one has to be named
elsewhere        whether boto3 looks where the stack's tables are
undeployed       what a `pulumi up` of the config on disk would change
unfinished       whether a parameter differs because of an update that failed
overrides        what a restore call says explicitly
"""
