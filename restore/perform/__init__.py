"""One step, carried out: observe, rehearse, gate, confirm, apply, prove."""
