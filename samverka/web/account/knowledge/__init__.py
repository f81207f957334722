"""What one has put aside."""
