"""One module for each thing that the runbook can be asked to do."""
