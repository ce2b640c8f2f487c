"""Listings from CSV files: many rows at a time, each with an answer (docs/listings-csv.md).

`sheets` reads a file into rows of cells, `cells` and `columns` make values of them, `people` puts
the rows of one person together, `known` reads what the database holds of a batch, `planning`
decides, `writing` writes, and `running` does all of it from the first row to the last.
"""
