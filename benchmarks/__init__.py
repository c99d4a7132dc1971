"""Long runs that attack and measure the product; see README.md beside this file. Not part of the installed package."""
