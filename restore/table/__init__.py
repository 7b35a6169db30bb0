"""What a program declares. Nothing in here asks AWS or knows the runbook.

tags       whose a tag is: the table's own, the provider's, or someone else's
tagging    leaves the tags of others where they are, on all that belongs to a table
"""
