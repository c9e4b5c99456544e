"""Which files make the operators' page? They hold no data: what the page shows comes from `operations`."""
