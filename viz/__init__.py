"""Subgraph to page: colours, places, HTML."""
