"""Pages: health for operators, screens for halls."""
