"""What stands around the app on the network: headers, the page that loads it, limits, faults."""
