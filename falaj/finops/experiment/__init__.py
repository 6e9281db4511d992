"""Two variants of one service: what each costs, whether the cheaper one may be taken, and what a replay foretells."""
