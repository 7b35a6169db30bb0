"""What hangs on a table: declared for every active and standby label, so that it follows.

settings, mapping    the keys of the stack config
names       which resources they stand for, and what each is called. Pure.
rules       what AWS refuses in them. Pure.
scaling, alarms, streaming, insights, resource_policy    one file for each thing declared
"""
