"""Services as dated data: model, parsing, the edition in force on a day, readings."""
