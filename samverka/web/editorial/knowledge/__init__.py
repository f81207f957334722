"""The desk of the knowledge bank: publications, articles, feedback."""
