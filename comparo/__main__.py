"""Let ``python -m comparo`` do what ``comparo`` does."""

from comparo.cli import main

main()
