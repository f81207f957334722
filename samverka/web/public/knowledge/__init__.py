"""The knowledge bank for everybody: pages, their foot, feeds, former addresses."""
