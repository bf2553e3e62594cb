"""What tests share: a real terminal, hostile texts, injected faults, small shops."""
