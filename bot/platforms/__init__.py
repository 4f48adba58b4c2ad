"""Networks. One module or folder each; its name is the name of its table in the config."""
