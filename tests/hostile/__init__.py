"""Files as strangers send them, built byte for byte the same each time, and what must become of each."""
