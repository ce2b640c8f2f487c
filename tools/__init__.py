"""What `make` calls. Everything here runs on a bare Python, before anything is installed."""
