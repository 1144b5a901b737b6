"""The pages that ``comparo explain`` shows in a terminal: the words, and what they are drawn with."""
