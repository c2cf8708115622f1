"""The checks, one module per letter family of the register. A check opens nothing and knows no severity."""
