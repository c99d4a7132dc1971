"""The rulebook held against what it promises: enumerated in full, and tried on scenarios."""
