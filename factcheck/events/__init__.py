"""What happened, for others to react to: rows written with the action.

`emitting.emit` writes the event in the caller's transaction and enqueues the
job of every subscription. Lower floors emit; upper floors subscribe by name,
so no import points upwards.
"""
