"""One module for each site or platform that needs more than a reader."""
