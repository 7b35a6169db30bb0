"""What the program declares: the only code that imports pulumi_aws."""
