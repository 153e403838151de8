"""What all widgets stand on: base classes, storage, bundles, seals, and the wire as types."""
