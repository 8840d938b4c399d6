"""What a check costs: some are free, then a proof of work or a wait. Nobody is ever shut out.

`gate` decides, `tariff` is the list of prices, `challenges` asks for proofs of work, `waiting` is the way without
JavaScript, `counters` counts for one worker, `stores` shares the counts among all. `services.alarm` tells the operator.
"""
