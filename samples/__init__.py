"""Sample plans: described in data/, built by build.py."""
