"""The moving parts: intake, delivery, clockwork, limits, locks. They know the port, never a network."""
