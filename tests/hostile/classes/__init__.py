"""The hostile files, a module for each class of reliability."""
