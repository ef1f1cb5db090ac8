"""What people can reach: how far it is to a service, how much there is within reach, and how many share it."""
