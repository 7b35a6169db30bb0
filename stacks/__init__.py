"""What a stack declares: typed settings, tables, pointer and grant. No boto3 in here.

config    the stack config, typed; every problem of it at once
past      what the engine's state says was declared before
decide    config × past → declarations, or the reasons why not
table, grant, pointer   one file for each thing that is declared
"""
