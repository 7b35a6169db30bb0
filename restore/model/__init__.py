"""What the runbook's other packages speak of. Pure, and below all of them."""
