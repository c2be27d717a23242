"""History: `history` is the only writer, `verification` its proof."""
