"""One module per output format; each turns reports into text."""
