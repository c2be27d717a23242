"""Training of the models that the pipeline ships; never imported at run time."""
