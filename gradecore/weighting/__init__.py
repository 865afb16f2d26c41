"""Ways of weighting studies other than by inverse variance."""
