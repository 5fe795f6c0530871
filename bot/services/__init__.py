"""What the bot can do, without knowing who asks or how it is shown."""
