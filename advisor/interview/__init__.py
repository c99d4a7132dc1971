"""The guided interview as pure functions: which question is next, how far we are, what was said, how it is stored."""
