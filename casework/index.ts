// The door of this trade: what others may call.
