"""The lists about customers: files, visits, calls, projects, complaints, support."""
