"""The JSON API: the register as chapters 3 to 4 of the contract have it."""
