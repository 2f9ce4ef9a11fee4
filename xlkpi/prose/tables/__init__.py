"""Tables of a draft: what their rows and columns hold, and the claims of their cells."""
