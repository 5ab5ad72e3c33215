"""Keeps the gazetteer in order: update the countries, look for contradictions, write the page of coverage."""
