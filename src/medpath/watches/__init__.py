"""Telling people and programs what changed of what they asked for: matching, messages, delivery."""
