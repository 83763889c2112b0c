"""MedPath: an open, self-hostable register of medicines and their regulation."""

__all__ = ["__version__"]

__version__ = "0.1.0"
