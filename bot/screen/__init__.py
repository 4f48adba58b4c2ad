"""Pages: health for operators."""
