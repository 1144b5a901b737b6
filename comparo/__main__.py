"""What ``comparo`` and ``python -m comparo`` begin with."""


def main() -> None:
    """Run the command that was asked for."""
    try:
        from comparo.cli import main as run  # noqa: PLC0415 - to load it takes so long as to be stopped

        run()
    except KeyboardInterrupt:  # commands take it from there
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
