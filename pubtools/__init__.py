"""Publication lists out of profile pages: validated records, with a source and a line for every fact."""

__version__ = "0.1.0"
