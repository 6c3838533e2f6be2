"""One file per signal: what it judges, its limits, its sentence and the step it suggests."""
