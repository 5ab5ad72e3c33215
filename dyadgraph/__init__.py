"""The graph: what it holds, what its words mean, and where it is kept."""

__version__ = "0.1.0"
