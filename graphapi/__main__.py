"""`python -m graphapi` is `dyadgraph`."""

from graphapi.cli import main

if __name__ == "__main__":
    main()
