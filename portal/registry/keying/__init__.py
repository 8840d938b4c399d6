"""People of a list as digests, taken on two cores: packed rows, and the second process that makes some of them."""
