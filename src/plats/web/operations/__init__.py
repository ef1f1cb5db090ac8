"""Running the installation: health, metrics, logs, backup and restore, doctor."""
