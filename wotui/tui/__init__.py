"""The terminal's face: screens, keys and colours over the same actions that the command line uses."""
