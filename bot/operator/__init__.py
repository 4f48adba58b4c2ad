"""For whoever runs the bot: setting it up, and finding out what is wrong."""
