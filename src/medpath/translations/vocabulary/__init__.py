"""The words for the model's codes.

Each table maps codes to English texts, which are the keys of the catalogues. A code without an entry
is shown as it is: what a source adds later must not vanish.
"""
