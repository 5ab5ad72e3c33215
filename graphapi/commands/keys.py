"""`dyadgraph keys`: a new key for writing over HTTP."""

from __future__ import annotations

import click


@click.command()
def keys() -> None:
    """Make a key for writing over HTTP; only its hash goes into DYADGRAPH_API_KEYS."""
    from graphapi.access import make_key  # noqa: PLC0415

    key, hashed = make_key()
    click.echo(f"key   {key}\nhash  {hashed}")
    click.echo("Give the key to the client; add the hash to DYADGRAPH_API_KEYS (comma-separated).", err=True)
