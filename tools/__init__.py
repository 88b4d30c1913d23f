"""What is run by hand when the app's face changes: its font, the picture of its links."""
