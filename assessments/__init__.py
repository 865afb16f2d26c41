"""Who is being reviewed, who judged what, and where it is kept."""
