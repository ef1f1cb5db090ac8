"""Pages of efforts: what everyone reads, and writing."""
