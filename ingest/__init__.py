"""Article to relations: readers, language, linking, rules, jobs."""
