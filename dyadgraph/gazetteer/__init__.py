"""Who is who: countries, organisations, armed groups and persons, their names and offices by date."""

from dyadgraph.gazetteer.gazetteer import Gazetteer
from dyadgraph.gazetteer.loader import load_gazetteer
from dyadgraph.gazetteer.names import Name, NameKind, fold
from dyadgraph.gazetteer.people import Office, Term

__all__ = ["Gazetteer", "Name", "NameKind", "Office", "Term", "fold", "load_gazetteer"]
