"""Listings from CSV files: many rows at a time, each with an answer (docs/listings-csv.md).

`sheets` reads a file into rows of cells, `ordering` puts those of one person together, `rows` makes
values of them by their `columns`, `known` reads what the database holds of a batch, `planning` says
what is to become of it, `writing` writes, and `running` does all of it from the first row to the
last. `uploads` is what the admin has a worker do.
"""
