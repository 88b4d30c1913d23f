"""The page on which an instructor puts a quiz set together."""
