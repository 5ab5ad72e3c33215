"""The ways in: HTTP, pages and the command line."""
