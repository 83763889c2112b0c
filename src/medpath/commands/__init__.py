"""The commands of `medpath`, one module per group. They only read and print; what they need is imported when called."""
