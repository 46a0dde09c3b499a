"""Buttons, menus and dialogs. A button's state is an id in its custom_id, so it works after a restart."""
