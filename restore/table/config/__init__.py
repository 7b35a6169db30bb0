"""The stack config: its keys, its problems, its typed form. Pure."""
