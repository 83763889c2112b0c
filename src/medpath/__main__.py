"""`python -m medpath` is `medpath`."""

from medpath.cli import main

if __name__ == "__main__":  # processes that it starts import this module too
    main()
