"""How it is shown: tables become a plan of writes."""
