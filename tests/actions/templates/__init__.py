"""Order templates, own fields, code lists and packs, through their actions."""
