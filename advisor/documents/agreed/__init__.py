"""Documents on what people agree: the agenda where answers differ, the review of what was signed, what falls due."""
