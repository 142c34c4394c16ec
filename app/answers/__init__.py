"""The JSON questions of the `answer` command, each turned into a call of the business."""
