"""What stands beside a contract or a customer, as widgets: notes, attachments, equipment."""
