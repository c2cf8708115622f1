"""Two versions of a plan beside each other, in every format."""
