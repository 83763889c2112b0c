"""The pages for people: complete from the server, in English and Chinese, without a script needed."""
