"""What hangs on a table: declared for every active and standby label, so that it follows.

settings    the keys of the stack config
names       which resources they stand for, and what each is called. Pure.
scaling, alarms, streaming, insights, mappings, resource_policy    one file for each thing declared
"""
