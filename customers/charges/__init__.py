"""What a month's close finds about customers: visits, and files that are not complete."""
