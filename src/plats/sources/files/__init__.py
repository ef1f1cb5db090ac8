"""Files in: CSV, workbooks, GeoJSON, GeoPackage and Parquet, read by a mapping file.

A mapping (YAML) says which column is what. Reading gives rows with line numbers, planning gives each row's
fate, loading commits one version of the store. A row that cannot be understood is never guessed at: it is
reported.
"""
