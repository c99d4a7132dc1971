"""What the `advisor` command and `python -m advisor` run; Ctrl-C while the rest is being loaded ends it quietly."""

import sys


def main() -> None:
    """Load the command line and run it."""
    try:
        from advisor.cli import main as run

        run()
    except KeyboardInterrupt:
        if sys.stderr is not None:
            sys.stderr.write("interrupted\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
