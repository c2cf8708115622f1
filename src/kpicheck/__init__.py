"""kpicheck checks the official Excel milestone template for IZA transformation plans."""

__version__ = "0.1.0"
