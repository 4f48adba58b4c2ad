"""`python -m bot` is `obrady`."""

from bot.cli import main

main()
