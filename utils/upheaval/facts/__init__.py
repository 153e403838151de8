"""The facts room: tables read by one schema, their rules, and their sources as citations."""
