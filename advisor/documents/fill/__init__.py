"""A plan with letters from the advice: on the screen, as JSON, and in a copy of the file it came in."""
