"""A live table's settings in the words of the stack config. Pure: nothing in here asks AWS.

answers      what AWS said about one table
document     answers → one entry of `tables`; table, scaling, alarms, … are its parts
claims       what of it a stack cannot take over
page         the entry as YAML for the stack config
normal       the one form in which two entries can be compared
differences  two entries → where they differ
"""
