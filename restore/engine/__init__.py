"""Everything that knows how Pulumi is driven, and what it reads and writes."""
