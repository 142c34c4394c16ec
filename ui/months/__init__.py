"""毎月の請求: the months, their bills, what is overdue, payments."""
