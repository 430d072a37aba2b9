"""Finding among visits."""
