"""A network as code of the libraries that people use."""
