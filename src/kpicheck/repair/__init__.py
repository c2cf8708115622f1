"""Safe repairs: what may be put right without a choice, and the proof that nothing else changes."""
