"""What stands between a table and its restore: looked at beforehand, said all at once. Pure."""
