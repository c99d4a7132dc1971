"""The product in the browser of the user's own machine: `guard` keeps others out, `folder` keeps it to one folder."""
