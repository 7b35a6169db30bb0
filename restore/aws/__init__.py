"""The one place that calls AWS (boto3). Reads return facts; effects are one call each.

tables    the tables themselves, their restores and backups, the pointer
"""
