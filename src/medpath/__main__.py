"""`python -m medpath` is `medpath`."""

from medpath.cli import main

main()
