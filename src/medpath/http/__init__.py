"""What the pages and the JSON API share: the state of the application, answers, errors, the layers around both."""
