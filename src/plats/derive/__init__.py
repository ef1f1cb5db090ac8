"""Facts in, facts out: indicators by the catalog's definitions, and the readings and sentences made of them."""
