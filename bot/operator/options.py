"""Options that several commands of the command line have."""

from pathlib import Path
from typing import Annotated

import typer

CONFIG = Path("config.toml")
ConfigOption = Annotated[Path, typer.Option("--config", help="The settings file.")]
