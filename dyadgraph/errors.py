"""Every error a caller of dyadgraph can catch.

DyadgraphError
├── ArticleError            an input cannot be read as an article
├── OntologyError           a vocabulary file contradicts itself
├── GazetteerError          an actor file contradicts itself
├── SettingsError           a setting has a value that cannot be used
├── QueryError              a question that makes no sense (bad date, unknown type, bad cursor)
│   └── UnanswerableError   each part of the question is right, together or here they have no answer
├── NotFoundError           an id that names nothing
├── LanguageModelError      the language pipeline cannot be loaded
└── StoreError              the store refused, is damaged or has another schema version
    └── StoreUnavailableError   the store does not answer now; trying again may help
"""


class DyadgraphError(Exception):
    """Base of all errors raised on purpose; its message names the thing, the place and the mend."""


class ArticleError(DyadgraphError):
    """Raised when an input cannot be read as an article."""


class OntologyError(DyadgraphError):
    """Raised when a file of the vocabulary is wrong."""


class GazetteerError(DyadgraphError):
    """Raised when a file of the gazetteer is wrong."""


class SettingsError(DyadgraphError):
    """Raised when a setting has a value that cannot be used."""


class QueryError(DyadgraphError):
    """Raised when a query has a parameter that cannot be understood."""


class UnanswerableError(QueryError):
    """Raised when the parts of a query are well formed but cannot be answered together, or here."""


class NotFoundError(DyadgraphError):
    """Raised when an id names nothing that we hold."""


class LanguageModelError(DyadgraphError):
    """Raised when the language pipeline cannot be loaded."""


class StoreError(DyadgraphError):
    """Raised when a store refuses an operation or its content has another schema version."""


class StoreUnavailableError(StoreError):
    """Raised when a store does not answer; the same call may succeed later."""
