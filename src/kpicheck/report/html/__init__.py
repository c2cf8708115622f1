"""The report as a page: it stands on its own, without network, script or anything to install."""
