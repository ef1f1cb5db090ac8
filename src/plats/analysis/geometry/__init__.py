"""Points, borders and labels of areas, in metres (SWEREF 99 TM, EPSG:3006)."""
