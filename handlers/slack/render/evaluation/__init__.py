"""How an evaluation looks: its form, the living overview, the client's side, and what people hear of it."""
