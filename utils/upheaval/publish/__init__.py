"""From notebooks to what instructors hand out: editions and pages."""
