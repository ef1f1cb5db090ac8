"""Where figures are high or low together with their neighbours': statistics of each place among those around it."""
