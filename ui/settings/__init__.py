"""設定: sections at the left, one of them at the right; every change is checked and stored at once."""
