"""The responsibility matrix in every format: its rows, its letters, its layout."""
