"""The one place that calls AWS (boto3). Reads return facts; effects are one call each.

tables    the tables themselves, their restores and backups, the pointer
settings  every setting of one table; lenient goes on where a part of it is forbidden
mentions  all that names a table elsewhere: alarms, schedules, streams, access (IAM), backups
surroundings  keys, restores under way, and permissions as IAM simulates them
probe     reads as an application makes them
hanging   what reads a table's changes, to be taken away
"""
