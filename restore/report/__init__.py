"""What people and scripts are told."""
