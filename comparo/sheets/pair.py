def pair_sheet(pair, site): yield from ()
