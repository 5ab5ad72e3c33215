"""`dyadgraph store`: the graph as a whole, out of a store and into one."""

from __future__ import annotations

import click

from graphapi.commands import transfer


@click.group()
def store() -> None:
    """Look after the graph as a whole."""


for _command in (transfer.export, transfer.import_, transfer.bulk_export):
    store.add_command(_command)
