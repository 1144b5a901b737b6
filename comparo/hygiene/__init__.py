"""What is sound and would yet trip a reader. Each rule gives findings and changes nothing."""
