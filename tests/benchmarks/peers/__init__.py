"""What wotui is measured against: a bare Textual app, and Taskwarrior with as many tasks."""
