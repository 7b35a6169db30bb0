"""What a program declares. Nothing in here asks AWS or knows the runbook.

config/     the stack config: its keys, its problems, its typed form
past        what the program knows of its past; remembered reads it, history orders the labels
decide      config × past → declarations; rejections, held, existing, adoption: why not
resources/  the declarations, registered: the only code that imports pulumi_aws
engine      what the engine hands to the program
place       the region and the account of the tables
tags        whose a tag is: the table's own, the provider's, or someone else's
"""
