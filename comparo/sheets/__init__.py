"""The pages of ``comparo explain``: what they say, and what they are drawn with."""
