"""The generated parts of the documentation, and the script that writes them."""
